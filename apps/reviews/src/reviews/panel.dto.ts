import {
  panelRoles,
  reviewRelations,
  scopingAnswers,
  scopingMoves,
  type PanelRole,
  type ReviewRelation,
  type ScopingAnswer,
  type ScopingMove,
} from '@concordat/contracts';
import { IsCivilDay, Text, Texts, Words } from '@concordat/platform';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsUUID,
  Matches,
  Max,
  MaxLength,
  Min,
} from 'class-validator';

const choose = { message: 'Choose one of the list' };

export class AppointDto {
  @IsIn(panelRoles, choose) role!: PanelRole;
  @Words(100) seat!: string;
  @IsOptional() @IsUUID(undefined, choose) userId?: string;
  /** Of somebody without an account, and the agency that they sit for if they sit for one. */
  @Text(200) name?: string;
  @IsOptional() @IsUUID(undefined, choose) orgId?: string;
}

export class DeclareDto {
  @Words(2_000) statement!: string;
  @IsBoolean() conflict!: boolean;
}

export class EndAppointmentDto {
  @IsCivilDay() on!: string;
  @Words(2_000) reason!: string;
}

export class KeepMeetingDto {
  @IsCivilDay() on!: string;
  @IsArray() @ArrayMaxSize(60) @IsUUID('all', { each: true }) present!: string[];
  /** Codes of what it agreed: guards that a quorate meeting meets. */
  @IsArray() @ArrayMaxSize(20) @Matches(/^[a-z0-9-]{1,64}$/, { each: true }) agreed!: string[];
  @Words(10_000) minute!: string;
  /** The planned meeting that it was. */
  @IsOptional() @IsUUID(undefined, choose) planned?: string;
  /** Members who could not come, beside those who said so before. */
  @IsOptional() @IsArray() @ArrayMaxSize(60) @IsUUID('all', { each: true }) apologies?: string[];
  /** What it decided, one by one. */
  @Texts(40, 1_000) decisions?: string[];
}

export class PlanPanelMeetingDto {
  @IsCivilDay() on!: string;
  @Matches(/^([01]\d|2[0-3]):[0-5]\d$/, { message: 'Enter a time, like 14:30' }) time!: string;
  @Words(200) place!: string;
  @IsArray()
  @ArrayMinSize(1, { message: 'Enter what the meeting is to talk of' })
  @ArrayMaxSize(40)
  @MaxLength(300, { each: true })
  @Matches(/\S/, { each: true })
  agenda!: string[];
}

export class CallOffMeetingDto {
  @Words(2_000) reason!: string;
}

export class ApologyDto {
  @IsUUID(undefined, choose) memberId!: string;
  /** Who comes in their place. */
  @Text(200) instead?: string;
}

export class DraftTermsDto {
  @Words(20_000) text!: string;
}

export class AskAgenciesDto {
  @IsArray()
  @ArrayMinSize(1, { message: 'Choose the agencies to ask' })
  @ArrayMaxSize(60)
  @IsUUID('all', { each: true })
  agencies!: string[];
  @IsCivilDay() dueOn!: string;
}

export class MoveKindDto {
  /** The version that is meant: the one in force, as it was shown. */
  @IsInt() @Min(1) @Max(9_999) version!: number;
  @Words(200) approver!: string;
  @IsCivilDay() approvedOn!: string;
  @Words(2_000) reason!: string;
}

export class LinkReviewDto {
  @IsIn(reviewRelations, choose) relation!: ReviewRelation;
  /** Of a review that is kept here. */
  @Text(40) reference?: string;
  /** What a review elsewhere is called, and who keeps it. */
  @Text(200) outside?: string;
  @Words(2_000) note!: string;
}

export class ChaseDto {
  @IsIn(scopingMoves, choose) move!: ScopingMove;
  /** Who was reminded or asked, by their post; of going on without an answer, who decided it. */
  @Words(200) who!: string;
  /** How; of going on without an answer, why. */
  @Words(2_000) text!: string;
}

export class ReturnDto {
  @IsIn(scopingAnswers, choose) answer!: ScopingAnswer;
  @Text(10_000) text?: string;
}
