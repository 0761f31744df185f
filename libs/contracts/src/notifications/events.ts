import { IsArray, IsIn, IsInt, IsISO8601, IsOptional, IsUUID } from 'class-validator';
import { EventType } from '../event';
import { deadlineKinds, rungRecipients, type DeadlineKind, type RungRecipient } from './api';

@EventType('notifications.deadline-fired.v1', 'The time of something that was due has passed with nothing done.')
export class DeadlineFired {
  @IsUUID() deadlineId!: string;
  @IsIn(deadlineKinds) kind!: DeadlineKind;
  /** The record that it is about, in its own context. */
  @IsUUID() recordId!: string;
  @IsOptional() @IsUUID() caseId?: string;
  /** The agency that is to act. */
  @IsUUID() orgId!: string;
  @IsISO8601() dueAt!: string;
}

@EventType(
  'notifications.deadline-escalated.v1',
  'Somebody’s attention was asked for something that is due: whoever owns it, then who leads them, then the board.',
)
export class DeadlineEscalated {
  @IsUUID() deadlineId!: string;
  @IsIn(deadlineKinds) kind!: DeadlineKind;
  @IsUUID() orgId!: string;
  @IsIn(rungRecipients) to!: RungRecipient;
  /** The place of the rung on its ladder, from 1. */
  @IsInt() rung!: number;
  @IsArray() @IsUUID('all', { each: true }) people!: string[];
}
