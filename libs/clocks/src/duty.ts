import { type Calendar } from './calendar';
import { type CivilDay, civilDay, dayNumber } from './civil';
import {
  type DayRange,
  dueRange,
  ENGLAND_AND_WALES,
  type KnownDate,
  moved,
  rangeOf,
  type Stopped,
  type TimeLimit,
} from './time-limit';

/** Where a time limit comes from. They are never mixed: what is unverified is not shown as a legal deadline. */
export type Force = 'law' | 'guidance' | 'local' | 'unverified';
/** Why work is held up (§3.2). `capacity` pauses nothing; it may support an extension. */
export type PauseReason = 'criminal' | 'coroner' | 'family' | 'capacity';

/** One duty with a time limit: a clock of a review kind (domain/statutory-reviews.md §1). */
export type Duty = TimeLimit & {
  readonly force: Force;
  readonly pausable: readonly PauseReason[];
  readonly pauseEffect: 'none' | 'stop' | 'needsExtension';
  /** Whose agreement an extension needs, all of them. */
  readonly approvers?: readonly string[];
};

/** A pause: `from` is the first day that does not count; `to` the day of resuming, which does. Without `to` it still runs. */
export type Pause = { readonly reason: PauseReason; readonly from: CivilDay; readonly to?: CivilDay };

/** A new date that was agreed. Extensions are only ever added to (§3.1 rule 6). */
export type Extension = {
  readonly old: CivilDay;
  readonly new: CivilDay;
  readonly reason: string;
  readonly approvers: readonly string[];
  readonly agreedOn: CivilDay;
};

/** What is known of one duty of one review (and, where the duty is each party's own, of one party). */
export type DutyFacts = {
  /** Every date that was given for the anchor, the one now believed last; none when it is not known. */
  readonly anchors: readonly KnownDate[];
  /** The day on which the duty was done. */
  readonly doneOn?: KnownDate;
  readonly extensions?: readonly Extension[];
  readonly pauses?: readonly Pause[];
  /** False when the duty does not arise here. */
  readonly applies?: boolean;
};

export type DutyStatus = 'running' | 'met' | 'metLate' | 'overdue' | 'unanchored' | 'notApplicable';

/** How a duty stands on a day. */
export type DutyState = {
  readonly status: DutyStatus;
  /** A pause that this duty heeds is running: what is due may still move, or needs an extension to. */
  readonly paused: boolean;
  /** As the limit gives it from the anchor, without pauses and extensions. */
  readonly original: DayRange | null;
  /** The latest date: pauses counted, or the last that was agreed. */
  readonly due: DayRange | null;
  /** The original date and every date agreed since; of a date known by the month, the latest day. */
  readonly dates: readonly CivilDay[];
  readonly lateAgreed: boolean;
  /** Days after a date had passed and before a new one was agreed: they stay overdue. */
  readonly gaps: readonly { readonly from: CivilDay; readonly to: CivilDay; readonly days: number }[];
  /** Past the earliest day that it may be due and not past the latest: the anchor is not known to the day. */
  readonly mayBeLate: boolean;
  /** Days from the anchor until it was done or until today, and of how many in the original limit; null if not counted. */
  readonly daysUsed: number | null;
  readonly daysAllowed: number | null;
  /** Days past the original date, 0 in time. */
  readonly daysOverOriginal: number | null;
  /** Due dates from anchors that were corrected since: both are kept (§3.1 rule 7). */
  readonly formerly: readonly { readonly anchor: KnownDate; readonly original: DayRange | null }[];
};

/**
 * mergedPauses puts pauses that a duty heeds in order, overlapping and touching ones together. A pause that still runs is
 * taken to last through `today`, so that what follows is the earliest it can be. A resume day counts again.
 */
export function mergedPauses(duty: Duty, pauses: readonly Pause[], today: CivilDay): Stopped[] {
  const stretches = pauses
    .filter(({ reason }) => duty.pausable.includes(reason))
    .map(({ from, to }) => ({ from: dayNumber(from), until: to === undefined ? dayNumber(today) + 1 : dayNumber(to) }))
    .filter(({ from, until }) => until > from)
    .sort((a, b) => a.from - b.from);
  const merged: { from: number; until: number }[] = [];
  for (const { from, until } of stretches) {
    const last = merged.at(-1);
    if (last && from <= last.until) last.until = Math.max(last.until, until);
    else merged.push({ from, until });
  }
  return merged;
}

/** dutyState is how a duty stands on a civil day in London. Pure: asked again years later it answers the same. */
export function dutyState(
  duty: Duty,
  facts: DutyFacts,
  today: CivilDay,
  calendar: Calendar = ENGLAND_AND_WALES,
): DutyState {
  const { anchors, doneOn, extensions = [], pauses = [], applies = true } = facts;
  const originalOf = (anchor: KnownDate): DayRange | null => dueRange(duty, anchor, [], calendar);
  const anchor = anchors.at(-1);
  const formerly = anchors
    .slice(0, -1)
    .filter((a) => a !== anchor)
    .map((a) => ({ anchor: a, original: originalOf(a) }));
  if (!applies || anchor === undefined)
    return { ...NOTHING, status: applies ? 'unanchored' : 'notApplicable', formerly };

  const original = originalOf(anchor);
  const until = doneOn === undefined ? today : rangeOf(doneOn).latest;
  const due = original && latestDue(duty, { anchor, original, extensions, pauses }, until, calendar);
  const done = doneOn !== undefined;
  const paused = !done && isPaused(duty, pauses, today);
  const late = due !== null && until > due.latest;
  // A period that begins with its anchor has that day as its first.
  const since = dayNumber(rangeOf(anchor).earliest) - (duty.mode === 'beginningWith' ? 1 : 0);
  return {
    status: done ? (late ? 'metLate' : 'met') : late ? 'overdue' : 'running',
    paused,
    original,
    due,
    dates: original ? [original.latest, ...extensions.map((e) => e.new)] : [],
    lateAgreed: extensions.some(isLateAgreed),
    gaps: extensions.filter(isLateAgreed).map(gapOf),
    mayBeLate: due !== null && !late && until > due.earliest,
    daysUsed: Math.max(0, dayNumber(until) - since),
    daysAllowed: original && dayNumber(original.earliest) - since,
    daysOverOriginal: original && Math.max(0, dayNumber(until) - dayNumber(original.latest)),
    formerly,
  };
}

/** What a duty is before anything is known. */
const NOTHING = {
  paused: false,
  original: null,
  due: null,
  dates: [],
  lateAgreed: false,
  gaps: [],
  mayBeLate: false,
  daysUsed: null,
  daysAllowed: null,
  daysOverOriginal: null,
} as const;

type Known = Required<Pick<DutyFacts, 'extensions' | 'pauses'>> & { anchor: KnownDate; original: DayRange };

/**
 * The latest agreed date takes in every pause up to the day on which it was agreed; later pauses move it on where they
 * stop the clock. A corrected anchor never brings an agreed date forward, and counts when what follows from it is later.
 */
function latestDue(
  duty: Duty,
  { anchor, original, extensions, pauses }: Known,
  today: CivilDay,
  calendar: Calendar,
): DayRange {
  const stopped = duty.pauseEffect === 'stop' ? mergedPauses(duty, pauses, today) : [];
  const computed = stopped.length > 0 ? dueRange(duty, anchor, stopped, calendar)! : original;
  const last = extensions.at(-1);
  if (!last) return computed;
  const since = dayNumber(last.agreedOn) + 1;
  const agreed = civilDay(moved(dayNumber(last.new), since, stopped));
  const later = (day: CivilDay): CivilDay => (day > agreed ? day : agreed);
  return { earliest: later(computed.earliest), latest: later(computed.latest) };
}

function isPaused(duty: Duty, pauses: readonly Pause[], today: CivilDay): boolean {
  return (
    duty.pauseEffect !== 'none' &&
    pauses.some(
      ({ reason, from, to }) => duty.pausable.includes(reason) && from <= today && (to === undefined || today < to),
    )
  );
}

const isLateAgreed = ({ old, agreedOn }: Extension): boolean => agreedOn > old;

function gapOf({ old, agreedOn }: Extension): DutyState['gaps'][number] {
  const [from, to] = [dayNumber(old) + 1, dayNumber(agreedOn)];
  return { from: civilDay(from), to: civilDay(to), days: to - from + 1 };
}

/** Why a duty may not be extended so; see mayNotExtend. */
export type NotExtendable =
  | 'law'
  | 'no-date'
  | 'done'
  | 'not-from-the-latest-date'
  | 'not-later'
  | 'agreed-in-future'
  | 'approvers-missing'
  | 'before-agreed';

/**
 * mayNotExtend says why a new date may not be agreed, or null when it may (§3.1 rule 6). A limit set by law is never
 * extended; the new date is later than the latest one; everybody whose agreement is needed has agreed, today or before.
 */
export function mayNotExtend(
  duty: Duty,
  state: DutyState,
  extension: Extension,
  today: CivilDay,
): NotExtendable | null {
  if (duty.force === 'law') return 'law';
  if (state.status === 'met' || state.status === 'metLate') return 'done';
  if (!state.due) return 'no-date';
  if (extension.old !== state.due.latest) return 'not-from-the-latest-date';
  if (extension.new <= extension.old) return 'not-later';
  if (extension.agreedOn > today) return 'agreed-in-future';
  if (extension.new < extension.agreedOn) return 'before-agreed';
  const missing = (duty.approvers ?? []).some((needed) => !extension.approvers.includes(needed));
  return missing || extension.approvers.length === 0 ? 'approvers-missing' : null;
}

/**
 * dutyStates is dutyState for each party of a duty that each has for itself (Police, Crime, Sentencing and Courts Act 2022
 * s.27(8): the month begins with the day on which that partner became aware).
 */
export function dutyStates(
  duty: Duty,
  parties: Readonly<Record<string, DutyFacts>>,
  today: CivilDay,
  calendar: Calendar = ENGLAND_AND_WALES,
): Record<string, DutyState> {
  return Object.fromEntries(
    Object.entries(parties).map(([party, facts]) => [party, dutyState(duty, facts, today, calendar)]),
  );
}
