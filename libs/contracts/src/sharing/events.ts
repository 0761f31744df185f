import { IsArray, IsIn, IsInt, IsISO8601, IsOptional, IsUUID, Matches } from 'class-validator';
import { EventType } from '../event';
import {
  agreementDues,
  agreementStatuses,
  authorisations,
  breachStates,
  questionStates,
  type AgreementDue,
  type AgreementStatus,
  type Authorisation,
  type BreachState,
  type QuestionState,
} from './api';

@EventType(
  'sharing.agreement-changed.v1',
  'A version of an information-sharing agreement was drafted, changed or taken a step further.',
)
export class AgreementChanged {
  /** The record of this version. */
  @IsUUID() recordId!: string;
  /** The agreement's own id and its version: `northbank-marac`, `2.1.0`. */
  @Matches(/^[A-Za-z0-9][A-Za-z0-9._:/-]{0,79}$/) agreement!: string;
  @Matches(/^\d{1,6}\.\d{1,6}\.\d{1,6}$/) number!: string;
  @IsIn(agreementStatuses) status!: AgreementStatus;
  @IsUUID() ownerOrg!: string;
  @IsArray() @IsUUID('all', { each: true }) parties!: string[];
  /** The civil days in London by which it is to be reviewed, and on which it ends. */
  @IsOptional() @Matches(/^\d{4}-\d{2}-\d{2}$/) reviewBy?: string;
  @IsOptional() @Matches(/^\d{4}-\d{2}-\d{2}$/) expiresOn?: string;
}

@EventType(
  'sharing.agreement-fell-due.v1',
  'The review or the last day of an agreement in force has come near, or its review is overdue. Told once for each lead.',
)
export class AgreementFellDue {
  @IsUUID() recordId!: string;
  @Matches(/^[A-Za-z0-9][A-Za-z0-9._:/-]{0,79}$/) agreement!: string;
  @Matches(/^\d{1,6}\.\d{1,6}\.\d{1,6}$/) number!: string;
  @IsIn(agreementDues) what!: AgreementDue;
  /** The civil day in London on which it is due. */
  @Matches(/^\d{4}-\d{2}-\d{2}$/) on!: string;
  /** How many days before that it is told at the latest; 0 when the day is past. */
  @IsInt() lead!: number;
  @IsUUID() ownerOrg!: string;
  @IsArray() @IsUUID('all', { each: true }) parties!: string[];
}

@EventType(
  'sharing.drop-received.v1',
  'A file of a depersonalised set (section 17A) was checked and accepted, or refused.',
)
export class DropReceived {
  @IsUUID() dropId!: string;
  @Matches(/^[a-z0-9.-]{1,64}$/) set!: string;
  /** The first day of the quarter that it is about. */
  @Matches(/^\d{4}-\d{2}-\d{2}$/) quarter!: string;
  @IsUUID() senderOrg!: string;
  @IsIn(['accepted', 'refused']) verdict!: 'accepted' | 'refused';
}

@EventType(
  'sharing.question-changed.v1',
  'What the rules leave to a person was put to governance, or answered: the answer is a decision of its own.',
)
export class QuestionChanged {
  /** The record of the question. */
  @IsUUID() recordId!: string;
  @IsIn(questionStates) state!: QuestionState;
  /** The decision that left it to a person. */
  @IsUUID() decisionId!: string;
  @IsUUID() senderOrg!: string;
  @IsUUID() askedBy!: string;
  /** The agency for which they asked. */
  @IsOptional() @IsUUID() askedOrg?: string;
  /** The decision that settles it, and who made that. */
  @IsOptional() @IsUUID() settledId?: string;
  @IsOptional() @IsUUID() settledBy?: string;
  /** Of the review of what was shared in an emergency: by when it is due, and who is said to have authorised it. */
  @IsOptional() @IsISO8601() reviewBy?: string;
  @IsOptional() @IsUUID() authoriser?: string;
  /** What they said of it. */
  @IsOptional() @IsIn(authorisations) authorised?: Authorisation;
}

@EventType(
  'sharing.breach-changed.v1',
  'A breach of personal data is to be assessed, was assessed, or the Commissioner was told of it.',
)
export class BreachChanged {
  @IsUUID() breachId!: string;
  @IsIn(breachStates) state!: BreachState;
  /** The agency whose breach it may be: its governance assesses it. */
  @IsUUID() orgId!: string;
  /** By when the Commissioner is told, unless nobody is likely to be harmed. */
  @IsISO8601() notifyBy!: string;
  /** The review that found an emergency not justified. Absent where it came to light otherwise. */
  @IsOptional() @IsUUID() emergencyId?: string;
}
