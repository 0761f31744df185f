import { IsOptional, IsString, MaxLength } from 'class-validator';

export class MessagesDto {
  @IsOptional() @IsString() @MaxLength(500) cursor?: string;
}
