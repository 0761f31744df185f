import { IsCivilDate, IsCivilDay, Text } from '@concordat/platform';
import { IsOptional, IsString, IsUUID, MaxLength, MinLength } from 'class-validator';

/** An order in force: what it is, against whom, from when until when. */
export class RecordOrderDto {
  @IsString() @MinLength(1) @MaxLength(64) order!: string;
  @Text(2_000) detail?: string;
  @IsOptional() @IsUUID() against?: string;
  @IsOptional() @IsCivilDate() from?: string;
  /** Nothing: until it is lifted. */
  @IsOptional() @IsCivilDay() until?: string;
}

/** What is to be done next, by which agency, by when. */
export class RecordStepDto {
  @IsString() @MinLength(1) @MaxLength(1_000) text!: string;
  @IsUUID() agency!: string;
  @IsOptional() @IsCivilDay() due?: string;
}

export class EndFactDto {
  @Text(2_000) why?: string;
}
