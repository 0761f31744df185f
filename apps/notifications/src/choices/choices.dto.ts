import { messageKinds, messageRhythms, type MessageKind, type MessageRhythm } from '@concordat/contracts';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsArray, IsBoolean, IsIn, ValidateNested } from 'class-validator';

export class MessageChoiceDto {
  @IsIn(messageKinds) kind!: MessageKind;
  @IsIn(messageRhythms) rhythm!: MessageRhythm;
  @IsBoolean() byText!: boolean;
}

/** How soon one is told of each kind. A kind that is not named stays as it is. */
export class ChooseMessagesDto {
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(messageKinds.length)
  @ArrayUnique((choice: MessageChoiceDto) => choice.kind)
  @ValidateNested({ each: true })
  @Type(() => MessageChoiceDto)
  choices!: MessageChoiceDto[];
}
