import { addDays, civilDate, instantOn, isWorkingDay, type Calendar } from '@concordat/clocks';
import type { MessageRhythm, NoticeFailure } from '@concordat/contracts';
import type { MessagePractice } from '@concordat/packs';

/** What goes out to somebody: of what is told at once, of a day, of a week; or a code. */
export type NoticeKind = Exclude<MessageRhythm, 'none'> | 'code';

/** What a carrier made of a letter. `later`: not now, for a reason that may pass. */
export type Carried =
  | { readonly outcome: 'taken' }
  | { readonly outcome: 'refused'; readonly which: 'recipient' | 'message' }
  | { readonly outcome: 'later' };

/** What a notice is after an attempt. `waitMs`: how long until the next. */
export type After =
  | { readonly state: 'sent' }
  | { readonly state: 'failed'; readonly failure: NoticeFailure }
  | { readonly state: 'sending'; readonly waitMs: number };

const FIRST_WAIT_MS = 30_000;
const LONGEST_WAIT_MS = 4 * 3_600_000;
/** With the waits between them about a day. */
const MOST_ATTEMPTS = 14;

/**
 * afterAttempt says what becomes of a notice once its `n`-th attempt (from 1) has ended, `random` in [0, 1): what was refused is
 * not tried again, and what was not taken is, with waits that double, half to one and a half times as long. Pure.
 */
export function afterAttempt(n: number, carried: Carried, random: number): After {
  if (carried.outcome === 'taken') return { state: 'sent' };
  if (carried.outcome === 'refused') return { state: 'failed', failure: `${carried.which}-refused` };
  if (n >= MOST_ATTEMPTS) return { state: 'failed', failure: 'not-taken' };
  const doubled = Math.min(FIRST_WAIT_MS * 2 ** (n - 1), LONGEST_WAIT_MS);
  return { state: 'sending', waitMs: Math.round(doubled * (0.5 + random)) };
}

/** So many in a row that did not arrive say as much of an address as one that was refused. */
const MOST_IN_A_ROW = 3;

/**
 * lostAfter says after how many failures in a row, this one among them, nothing more is sent to an address until its owner has shown
 * that it is theirs: at once when it was refused, after some that may have passed; null of one that says nothing of the address. Pure.
 */
export function lostAfter(failure: NoticeFailure): number | null {
  if (failure === 'recipient-refused') return 1;
  return failure === 'temporary' || failure === 'not-taken' ? MOST_IN_A_ROW : null;
}

/** What the receipt of a carrier says of a notice that it took before; undefined for what is still on its way. Pure. */
export function afterReceipt(status: string): { delivered: true } | { failure: NoticeFailure } | undefined {
  const said: Readonly<Record<string, { delivered: true } | { failure: NoticeFailure }>> = {
    delivered: { delivered: true },
    'permanent-failure': { failure: 'recipient-refused' },
    'temporary-failure': { failure: 'temporary' },
    'technical-failure': { failure: 'technical' },
  };
  return Object.hasOwn(said, status) ? said[status] : undefined;
}

const WEEK = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const;

/**
 * goesAt is when something told at `now` goes out, by its rhythm: after a while in which more may gather, or at the next time of
 * day that the pack names, by London's clock. The day of a week that is no working day gives way to the next that is one. Pure.
 */
export function goesAt(
  rhythm: Exclude<MessageRhythm, 'none'>,
  now: Date,
  practice: MessagePractice,
  calendar: Calendar,
) {
  if (rhythm === 'now') return new Date(now.getTime() + practice.gatherSeconds * 1000);
  const { at } = practice[rhythm];
  // A week's day may have given way to a later one, so what began up to a week ago counts as well.
  for (let day = addDays(civilDate(now), rhythm === 'weekly' ? -7 : 0); ; day = addDays(day, 1)) {
    if (rhythm === 'weekly' && WEEK[new Date(`${day}T12:00:00Z`).getUTCDay()] !== practice.weekly.on) continue;
    let working = day;
    while (!isWorkingDay(working, calendar)) working = addDays(working, 1);
    const instant = instantOn(working, at);
    if (instant > now) return instant;
  }
}

/** Of one incident somebody hears at most once that it is coming, and once that it is late, each time that it begins anew. */
export const stageOf = (deadline: { readonly version: number; readonly dueAt: Date }, now: Date): string =>
  `${deadline.version}/${deadline.dueAt <= now ? 'late' : 'coming'}`;
