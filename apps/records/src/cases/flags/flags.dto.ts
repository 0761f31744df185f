import { IsString, MaxLength } from 'class-validator';

export class FlagCaseDto {
  @IsString() @MaxLength(100) flag!: string;
}
