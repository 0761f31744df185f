import {
  consentGivers,
  researchAnswers,
  voteChoices,
  type ConsentGiver,
  type ResearchAnswer,
  type VoteChoice,
} from '@concordat/contracts';
import { IsCivilDay, Text, Texts, Words } from '@concordat/platform';
import { IsBoolean, IsIn, IsOptional, IsString, IsUUID, MaxLength } from 'class-validator';

export class DeferItemDto {
  @Words(2_000) reason!: string;
}

/** What an agency found about the people of a case, and of what it tells. */
export class ReturnResearchDto {
  @IsIn(researchAnswers, { message: 'Choose what your agency found' }) answer!: ResearchAnswer;
  @Text(10_000) words?: string;
  @Texts(20, 40) informs?: string[];
}

export class KeepPresenceDto {
  @IsUUID() userId!: string;
  @IsBoolean() present!: boolean;
}

/** Whether a chair lets an observer in while a case is discussed. */
export class AdmitObserverDto {
  @IsUUID() userId!: string;
  @IsBoolean() present!: boolean;
}

/** What the chair summed up: possible harm, what contributes to it, and what protects already. */
export class KeepNotesDto {
  @Text(10_000) harm?: string;
  @Text(10_000) contributory?: string;
  @Text(10_000) protective?: string;
}

export class HearItemDto {
  @IsString() @MaxLength(64) decision!: string;
  @Words(10_000) rationale!: string;
  /** What has to be put on record with some decisions. */
  @Text(10_000) recorded?: string;
  /** Who has consented to what is done for the person. */
  @IsOptional() @IsIn(consentGivers, { message: 'Say who has consented' }) consentBy?: ConsentGiver;
  /** Where the case comes back: the day before which it is not looked at again. Without it what the kind of forum says holds. */
  @IsOptional() @IsCivilDay() againFrom?: string;
}

export class PutToVoteDto {
  @IsString() @MaxLength(64) decision!: string;
}

/** A vote on what is put: of the caller's agency, unless whoever leads writes down that of another. */
export class VoteDto {
  /** What was voted on: something else may have been put meanwhile. */
  @IsUUID() ballot!: string;
  @IsIn(voteChoices, { message: 'Choose how you vote' }) choice!: VoteChoice;
  @IsOptional() @IsUUID() orgId?: string;
}

export class NameHomeAgencyDto {
  @IsUUID() orgId!: string;
}

/** What, by which agency, and until when: an action that lacks one of them is none. */
export class ProposeActionDto {
  @Words(2_000) what!: string;
  @IsUUID() ownerOrg!: string;
  @IsCivilDay() dueOn!: string;
}
