import { instantOn } from '@concordat/clocks';
import type { FieldProblem } from '@concordat/contracts';
import type { ForumKind } from '@concordat/packs';

type Practice = NonNullable<ForumKind['emergency']>;

/** When an emergency meeting is to begin, in London time, and why it cannot wait. */
export interface EmergencyCall {
  readonly heldOn: string;
  readonly startsAt: string;
  readonly reason: string;
}

const MINUTE = 60_000;

/**
 * Everything wrong with a call (domain/risk-conferences.md §8.1): members have some notice, and what is not urgent waits for an
 * ordinary meeting. Both are elapsed time, whatever the clocks do. Pure.
 */
export function wrongCall(
  { heldOn, startsAt, reason }: EmergencyCall,
  { noticeMinutes, withinHours }: Pick<Practice, 'noticeMinutes' | 'withinHours'>,
  now: Date,
): FieldProblem[] {
  const minutes = (instantOn(heldOn, startsAt).getTime() - now.getTime()) / MINUTE;
  const problems: FieldProblem[] = [];
  if (minutes < noticeMinutes)
    problems.push({
      ...{ field: 'heldOn', code: 'emergency.too-soon' },
      message: `Give members ${noticeMinutes} minutes notice at least`,
    });
  if (minutes > withinHours * 60)
    problems.push({
      ...{ field: 'heldOn', code: 'emergency.too-late' },
      message: `An emergency meeting begins within ${withinHours} hours. Plan an ordinary meeting, or choose an earlier time`,
    });
  if (reason.trim() === '')
    problems.push({ field: 'reason', code: 'required', message: 'Say why it cannot wait for the next meeting' });
  return problems;
}

/** How many agencies must have signed: what the pack says, unless fewer sit on the forum. Pure. */
export const emergencyQuorum = ({ quorum }: Pick<Practice, 'quorum'>, members: number): number =>
  Math.min(quorum, members);
