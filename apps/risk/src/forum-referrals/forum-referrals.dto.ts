import {
  abuseKinds,
  characteristicAnswers,
  referralSteps,
  type AbuseKind,
  type CharacteristicAnswer,
  type ReferralStep,
} from '@concordat/contracts';
import { IsCivilDay, PartOf, PartsOf, Text, Words } from '@concordat/platform';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsOptional,
  IsString,
  IsUUID,
  MaxLength,
} from 'class-validator';

class ForumCriterionDto {
  @IsString() @MaxLength(64) code!: string;
  /** What it rests on. */
  @Text(4_000) evidence?: string;
}
class IncidentDto {
  @IsIn(abuseKinds) kind!: AbuseKind;
  /** The day on which it happened, not that on which it was told. */
  @IsCivilDay() on!: string;
}
class ForumConsentDto {
  @IsIn(['given', 'refused', 'not-asked']) answer!: 'given' | 'refused' | 'not-asked';
  @Text(64) ground?: string;
  @Text(4_000) reason?: string;
}

/** What is counted of a case, apart from what is told of it. */
class CharacteristicDto {
  @IsString() @MaxLength(64) code!: string;
  @IsIn(characteristicAnswers) answer!: CharacteristicAnswer;
}

/** Whether it is a case that another kind of forum is for; if so, why it is referred here nevertheless. */
export class DivertDto {
  @IsString() @MaxLength(64) code!: string;
  @IsBoolean() applies!: boolean;
  @Text(4_000) reason?: string;
}

/** A case for a forum: about whom, by which criteria, and what each rests on. */
export class ReferToForumDto {
  @IsUUID() forumId!: string;
  @IsUUID() subjectId!: string;
  @IsArray() @ArrayMaxSize(20) @ArrayUnique() @IsUUID('all', { each: true }) otherIds!: string[];
  @IsOptional() @IsArray() @ArrayMaxSize(30) @ArrayUnique() @IsUUID('all', { each: true }) childIds?: string[];
  @PartsOf(10, () => ForumCriterionDto) criteria?: ForumCriterionDto[];
  @PartOf(() => IncidentDto) incident?: IncidentDto;
  @PartOf(() => ForumConsentDto) consent?: ForumConsentDto;
  @PartsOf(20, () => CharacteristicDto) characteristics?: CharacteristicDto[];
  @PartsOf(10, () => DivertDto) diverts?: DivertDto[];
  /** The agency for the area where the person lives, where this kind of forum asks for it. */
  @IsOptional() @IsUUID() homeOrg?: string;
}

/** That a stage of a case at the forum began or, of one that runs beside others, ended: one of the two days. */
export class KeepStageDto {
  @IsString() @MaxLength(64) stage!: string;
  @IsOptional() @IsCivilDay() beganOn?: string;
  @IsOptional() @IsCivilDay() endedOn?: string;
}

/** What becomes of a referral, and why: nothing is returned or refused in silence. */
export class StepReferralDto {
  @IsIn(referralSteps, { message: 'Choose what becomes of it' }) do!: ReferralStep;
  @Words(4_000) words!: string;
  /** Of one that is not accepted: what to do instead. */
  @Text(4_000) advice?: string;
  /** Of one that is merged: the referral about the same matter that stays. */
  @IsOptional() @IsUUID() into?: string;
}
