import { IsCivilDay } from '@concordat/platform';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, IsUUID, Max, MaxLength, Min } from 'class-validator';

/** Of which case or person, and on which day in London. */
export class LookBackDto {
  /** The reference or the id of a case. */
  @IsOptional() @IsString() @MaxLength(60) case?: string;
  @IsOptional() @IsUUID() person?: string;
  /** Of everybody, this member of staff alone. */
  @IsOptional() @IsUUID() user?: string;
  @IsCivilDay() on!: string;
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(10_000) page?: number;
}
