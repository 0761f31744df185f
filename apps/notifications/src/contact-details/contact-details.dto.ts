import { messageChannels, type MessageChannel } from '@concordat/contracts';
import { IsIn, IsString, Matches, MaxLength } from 'class-validator';

export class GiveContactDetailsDto {
  @IsIn(messageChannels) channel!: MessageChannel;
  @IsString() @MaxLength(254) address!: string;
}

export class ConfirmContactDetailsDto {
  @IsString() @Matches(/^\s*\d{6}\s*$/) code!: string;
}
