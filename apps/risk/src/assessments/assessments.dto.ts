import { askedOf, type AskedOf } from '@concordat/contracts';
import { PartOf, Text, Words } from '@concordat/platform';
import { ArrayUnique, IsIn, IsObject, IsOptional, IsString, IsUUID, Matches } from 'class-validator';

const CODE = /^[a-z0-9]+(?:[-.][a-z0-9]+)*$/;

/** Whom to assess, and with what. */
export class StartAssessmentDto {
  @IsString() @Matches(CODE, { message: 'Choose one of the instruments' }) instrument!: string;
  @IsUUID() subjectId!: string;
  /** The forum that it is made for, if any: its thresholds are followed where it has its own. */
  @IsOptional() @IsUUID() forumId?: string;
}

export class JudgementDto {
  @Text(64) band?: string;
  @Text(10_000) reasons?: string;
}

/** Everything that a draft says, as far as it has been filled in. What is left out is not answered. */
export class SaveAssessmentDto {
  @IsOptional() @ArrayUnique() @IsIn(askedOf, { each: true }) asked?: AskedOf[];
  @Text(1_000) askedWords?: string;
  /** By topic: `{ value }`, `{ parts: { … } }`, and `words`. */
  @IsObject() answers!: object;
  @PartOf(() => JudgementDto) judgement?: JudgementDto;
}

export class CorrectAssessmentDto {
  /** Why what was assessed is not right. */
  @Words() reason!: string;
}

export class CompareAssessmentsDto {
  @IsString() @Matches(CODE) instrument!: string;
  @IsUUID() subjectId!: string;
}
