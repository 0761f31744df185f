import { IsCivilDay } from '@concordat/platform';
import { ArrayMaxSize, IsArray, IsString, IsUUID, Matches, MaxLength } from 'class-validator';

const SAID = /\S/;

/** Whom a restriction names, when it is looked at again, and why. */
export class ChangeRestrictionDto {
  @IsArray() @ArrayMaxSize(100) @IsUUID('all', { each: true }) named!: string[];
  @IsCivilDay() reviewOn!: string;
  @IsString() @Matches(SAID, { message: 'Say why' }) @MaxLength(2_000) reason!: string;
}

export class RestrictDto extends ChangeRestrictionDto {
  /** A kind of the pack in force: GET /api/records/restrictions/kinds. */
  @IsString() @MaxLength(64) kind!: string;
}

export class LiftRestrictionDto {
  @IsString() @Matches(SAID, { message: 'Say why' }) @MaxLength(2_000) reason!: string;
}
