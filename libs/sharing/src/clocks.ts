import { addDays } from '@concordat/clocks';
import { compareVersions, type Agreement, type Status } from './agreement';

/** What the clocks of agreements need to know of one version. Days are civil days in London, all inclusive. */
export interface Clocked {
  readonly id: string;
  readonly version: string;
  readonly status: Status;
  readonly effectiveFrom: string;
  readonly reviewBy: string;
  readonly expiresOn: string;
  /** Whether it was ever activated. */
  readonly activated: boolean;
  /** The civil day of its last review, or null. */
  readonly reviewedOn: string | null;
}

/** How many days before its day something is told of, the same for all agreements of a pack. */
export interface Leads {
  readonly review: readonly number[];
  readonly expiry: readonly number[];
  /** For how many days after its last day an agreement that nothing has taken over from is still shown as expired. */
  readonly showExpiredFor: number;
}

export const dueKinds = ['review', 'review-overdue', 'expiry'] as const;
/** What falls due: a review, a review whose day is past, or the last day. */
export type DueKind = (typeof dueKinds)[number];

/** Something that falls due on a day, and at which of the days before it that is told. */
export interface Due {
  readonly what: DueKind;
  readonly on: string;
  /** The lead that was reached; 0 for what is past its day. */
  readonly days: number;
}

const RUNNING: readonly Status[] = ['ACTIVE', 'SUSPENDED'];

/**
 * clockStep says which step the clock takes with a version on a day: `supersede` when an activated version has taken over,
 * `expire` when its last day is over, null when neither. Decisions do not wait for it: they go by the days themselves.
 */
export function clockStep(version: Clocked, others: readonly Clocked[], today: string): 'supersede' | 'expire' | null {
  if (!RUNNING.includes(version.status)) return null;
  if (succeededBy(version, others, today)) return 'supersede';
  return today > version.expiresOn ? 'expire' : null;
}

/**
 * dueNow lists what falls due for a version on a day, at the nearest lead that is reached: nothing for what does not run, has
 * not begun, or is taken over from without a gap. A review within the time of its reminders settles them; one that came too
 * late does not, because decisions go by `reviewBy` until a version with a later one takes over.
 */
export function dueNow(version: Clocked, others: readonly Clocked[], today: string, leads: Leads): readonly Due[] {
  const { status, effectiveFrom, reviewBy, expiresOn, reviewedOn } = version;
  if (!RUNNING.includes(status) || today < effectiveFrom || today > expiresOn) return [];
  const due: Due[] = [];
  const replacedAfter = (day: string): boolean => succeededBy(version, others, addDays(day, 1));
  if (!replacedAfter(reviewBy)) {
    const lead = reached(leads.review, reviewBy, today);
    const reviewed = reviewedOn !== null && reviewedOn >= addDays(reviewBy, -Math.max(0, ...leads.review));
    if (today > reviewBy) due.push({ what: 'review-overdue', on: reviewBy, days: 0 });
    else if (lead !== undefined && !reviewed) due.push({ what: 'review', on: reviewBy, days: lead });
  }
  const lead = reached(leads.expiry, expiresOn, today);
  if (lead !== undefined && !replacedAfter(expiresOn)) due.push({ what: 'expiry', on: expiresOn, days: lead });
  return due;
}

/** hasExpired tells whether a version is over, nothing has taken over from it, and that was no longer ago than is shown. */
export function hasExpired(version: Clocked, others: readonly Clocked[], today: string, leads: Leads): boolean {
  if (![...RUNNING, 'EXPIRED'].includes(version.status) || today <= version.expiresOn) return false;
  return !succeededBy(version, others, today) && today <= addDays(version.expiresOn, leads.showExpiredFor);
}

/** clockedOf takes from a version what its clocks need; `dayOf` gives the civil day in London of an instant. */
export function clockedOf(agreement: Agreement, dayOf: (at: Date) => string): Clocked {
  const { id, version, status, effectiveFrom, reviewBy, expiresOn, events } = agreement;
  const reviewed = events.findLast(({ type }) => type === 'REVIEWED');
  return {
    ...{ id, version, status, effectiveFrom, reviewBy, expiresOn },
    activated: events.some(({ type }) => type === 'ACTIVATED'),
    reviewedOn: reviewed ? dayOf(new Date(reviewed.at)) : null,
  };
}

/** Whether an activated version that begins after this one has begun by a day: it has taken over from it for good. */
const succeededBy = (version: Clocked, others: readonly Clocked[], day: string): boolean =>
  others.some(
    (other) => other.id === version.id && other.activated && other.effectiveFrom <= day && beginsAfter(other, version),
  );

const beginsAfter = (a: Clocked, b: Clocked): boolean =>
  a.effectiveFrom === b.effectiveFrom ? compareVersions(a.version, b.version) > 0 : a.effectiveFrom > b.effectiveFrom;

/** The nearest lead that a day has reached. */
const reached = (leads: readonly number[], on: string, today: string): number | undefined =>
  [...leads].sort((a, b) => a - b).find((days) => today >= addDays(on, -days));
