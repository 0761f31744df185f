import { IsCivilDay } from '@concordat/platform';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, IsUUID, Max, MaxLength, Min } from 'class-validator';

/** Which looks at a case: all given conditions hold together; days are days in London, and both are included. */
export class AccessLogDto {
  /** This member of staff's alone. */
  @IsOptional() @IsUUID() user?: string;
  /** Looks at this document of the case alone: who opened it. */
  @IsOptional() @IsUUID() document?: string;
  @IsOptional() @IsCivilDay() from?: string;
  @IsOptional() @IsCivilDay() to?: string;
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(100) limit?: number;
  @IsOptional() @IsString() @MaxLength(200) cursor?: string;
}
