import {
  centralSteps,
  recommendationLevels,
  recommendationResponses,
  recommendationSources,
  reviewActionStates,
  smartQuestions,
  type CentralStep,
  type RecommendationLevel,
  type RecommendationResponse,
  type RecommendationSource,
  type ReviewActionState,
  type SmartQuestion,
} from '@concordat/contracts';
import { IsCivilDay, Text, Texts, Words } from '@concordat/platform';
import { Type } from 'class-transformer';
import {
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  Max,
  MaxLength,
  Min,
} from 'class-validator';

/** What of the tracker may be asked for alone. `to-answer` is what the caller's agency is asked to answer and has not. */
const trackedOnly = ['overdue', 'mine', 'repeat', 'unanswered', 'to-answer'] as const;
const choose = { message: 'Choose one of the list' };

export class ProposeDto {
  @Words(4_000) text!: string;
  @IsIn(recommendationSources, choose) source!: RecommendationSource;
  @IsIn(recommendationLevels, choose) level!: RecommendationLevel;
  @IsOptional() @IsBoolean() multiAgency?: boolean;
  @Words(100) theme!: string;
  /** The agency that owns it; of a national one the department. */
  @IsOptional() @IsUUID(undefined, choose) ownerOrg?: string;
  @Text(200) department?: string;
  /** Which of the five questions are answered yes; the others are answered no. */
  @IsArray() @IsIn(smartQuestions, { each: true }) smart!: SmartQuestion[];
}

export class AskOwnerDto {
  @IsCivilDay() dueOn!: string;
}

export class AnswerDto {
  @IsIn(recommendationResponses, choose) response!: RecommendationResponse;
  @Text(2_000) reason?: string;
}

export class LinkRepeatDto {
  @IsUUID(undefined, { message: 'Choose an earlier recommendation' }) earlier!: string;
}

export class NoteCentralDto {
  @IsIn(centralSteps, choose) step!: CentralStep;
  @IsCivilDay() on!: string;
  @Text(4_000) text?: string;
}

export class AddActionDto {
  @Words(2_000) text!: string;
  @IsUUID(undefined, { message: 'Choose who leads it' }) leadId!: string;
  @IsCivilDay() due!: string;
  @Texts(20, 200) milestones?: string[];
}

export class RetargetDto {
  @IsCivilDay() due!: string;
  @Words(2_000) reason!: string;
  @Words(200) approver!: string;
}

export class ProgressDto {
  @IsIn(['accept', 'start', 'claim'], choose) move!: 'accept' | 'start' | 'claim';
  @Text(4_000) outcome?: string;
  @Text(4_000) evidence?: string;
}

export class CheckDto {
  @IsIn(['verify', 'return'], choose) move!: 'verify' | 'return';
  @Words(4_000) finding!: string;
}

export class EndActionDto {
  @IsIn(['close', 'not-pursue', 'supersede'], choose) move!: 'close' | 'not-pursue' | 'supersede';
  @Text(2_000) reason?: string;
  @Text(200) approver?: string;
  @IsOptional() @IsUUID(undefined, choose) supersededBy?: string;
}

/** What the tracker shows: everything, or what fits all of these. */
export class TrackDto {
  @IsOptional() @IsUUID() review?: string;
  @IsOptional() @Matches(/^[a-z0-9-]{1,64}$/) kind?: string;
  @IsOptional() @IsIn(recommendationLevels) level?: RecommendationLevel;
  @IsOptional() @IsIn(recommendationSources) source?: RecommendationSource;
  @IsOptional() @IsIn(reviewActionStates) state?: ReviewActionState;
  /** The agency that leads the action, or owns a recommendation without one. */
  @IsOptional() @IsUUID() agency?: string;
  @IsOptional() @IsString() @MaxLength(100) theme?: string;
  /** `overdue`: past the date that counts; `mine`: led by the caller; `repeat`: repeats an earlier one; `unanswered`. */
  @IsOptional() @IsIn(trackedOnly) only?: (typeof trackedOnly)[number];
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(100) limit?: number;
  @IsOptional() @IsString() @MaxLength(400) cursor?: string;
}
