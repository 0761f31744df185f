import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, Matches, Max, MaxLength, Min } from 'class-validator';

const SAID = /\S/;
const MOST = 24 * 60;

export class BreakGlassDto {
  /** The reference or the id of the case, which the caller holds already: nothing here helps to find one. */
  @IsString() @Matches(SAID, { message: 'Enter the reference of the case' }) @MaxLength(60) case!: string;
  /** A ground of the pack in force: GET /api/records/break-glass/practice. */
  @IsString() @MaxLength(64) ground!: string;
  @IsString() @Matches(SAID, { message: 'Say why you must see this case now' }) @MaxLength(2_000) reason!: string;
  /** For how long; the pack's time unless said. */
  @IsOptional() @IsInt() @Min(1) @Max(MOST) minutes?: number;
}

export class ReviewGlassDto {
  @IsString() @MaxLength(64) outcome!: string;
  @IsString() @Matches(SAID, { message: 'Say what the review found' }) @MaxLength(2_000) note!: string;
}

export const glassStates = ['to-review', 'reviewed', 'refused'] as const;

export class ListGlassDto {
  @IsOptional() @IsIn(glassStates) state?: (typeof glassStates)[number];
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(100) limit?: number;
  @IsOptional() @IsString() @MaxLength(300) cursor?: string;
}
