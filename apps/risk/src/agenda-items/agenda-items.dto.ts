import { researchAnswers, type ResearchAnswer } from '@concordat/contracts';
import { IsCivilDay, Text, Texts, Words } from '@concordat/platform';
import { IsBoolean, IsIn, IsString, IsUUID, MaxLength } from 'class-validator';

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

/** What the chair summed up: possible harm, what contributes to it, and what protects already. */
export class KeepNotesDto {
  @Text(10_000) harm?: string;
  @Text(10_000) contributory?: string;
  @Text(10_000) protective?: string;
}

export class HearItemDto {
  @IsString() @MaxLength(64) decision!: string;
  @Words(10_000) rationale!: string;
}

/** What, by which agency, and until when: an action that lacks one of them is none. */
export class ProposeActionDto {
  @Words(2_000) what!: string;
  @IsUUID() ownerOrg!: string;
  @IsCivilDay() dueOn!: string;
}
