import { agreementStatuses, agreementSteps, type AgreementStatus, type AgreementStep } from '@concordat/contracts';
import { Type } from 'class-transformer';
import { IsCivilDate } from '@concordat/platform';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsUUID,
  IsIn,
  IsInt,
  IsISO8601,
  IsObject,
  IsOptional,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  MinLength,
} from 'class-validator';

/** A whole agreement as JSON, in the names of the published copy. What it says is read by the rules of agreements. */
export class DraftAgreementDto {
  @IsObject() document!: object;
}

/** A draft from a template of the pack: which, and what only its author can say. */
export class StartAgreementDto {
  @Matches(/^[a-z0-9.-]{1,64}$/, { message: 'Choose one of the templates' }) template!: string;
  /** The agreement's own id, for ever: `northbank-marac`. */
  @Matches(/^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$/, { message: 'Use letters, digits, dots and dashes' }) id!: string;
  @IsString() @MinLength(1) @MaxLength(200) title!: string;
  @IsString() @MinLength(1) @MaxLength(200) contact!: string;
  @IsCivilDate() effectiveFrom!: string;
  @IsCivilDate() reviewBy!: string;
  @IsCivilDate() expiresOn!: string;
  @IsArray()
  @ArrayMinSize(2, { message: 'Choose at least two organisations' })
  @ArrayMaxSize(100)
  @IsUUID('all', { each: true })
  parties!: string[];
}

/** A little less than the platform takes of JSON, because line breaks are longer there. */
const MOST_CHARACTERS = 800_000;

/** A SharingPolicy of Social Care Data, as the JSON that another system gave. */
export class BringInDto {
  @IsString()
  @MinLength(1, { message: 'Give the policy as JSON' })
  @MaxLength(MOST_CHARACTERS, { message: 'The policy must be smaller than 800 KB' })
  content!: string;
}

export class StepDto {
  @IsIn(agreementSteps) do!: AgreementStep;
  /** Why: needed for what takes something back. */
  @IsOptional() @IsString() @MinLength(1) @MaxLength(2_000) reason?: string;
}

export class SignDto {
  /** The hash of the terms that the signatory has read. */
  @Matches(/^[0-9a-f]{64}$/, { message: 'This must be the content hash of the terms' }) contentHash!: string;
  /** Where the organisation's own sign-off is on record. */
  @IsOptional() @IsString() @MinLength(1) @MaxLength(200) reference?: string;
}

export class LeaveDto {
  /** From when the organisation is no party any more; now when absent. */
  @IsOptional() @IsISO8601({ strict: true }) from?: string;
  @IsString() @MinLength(1) @MaxLength(2_000) reason!: string;
}

export class SucceedDto {
  @Matches(/^\d{1,6}\.\d{1,6}\.\d{1,6}$/, { message: 'Enter a version such as 2.0.0' }) number!: string;
}

export class ListAgreementsDto {
  @IsOptional() @IsIn(agreementStatuses) status?: AgreementStatus;
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(100) limit?: number;
  @IsOptional() @IsString() @MaxLength(400) cursor?: string;
}

export class CompareDto {
  /** The record of the other version, from which it is told what changed. */
  @IsUUID() from!: string;
}
