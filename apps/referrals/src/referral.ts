import {
  IllegalTransition,
  Invalid,
  openStatuses,
  decidedStatuses,
  type ReferralStatus,
  type TriageDecision,
} from '@concordat/contracts';
import {
  last,
  thisRound,
  type Assigned,
  type ClockPassed,
  type Decided,
  type Entry,
  type FedBack,
  type Happened,
  type InformationAsked,
  type InformationGiven,
  type Noted,
  type Rated,
  type Reopened,
  type Withdrawn,
} from './history';

/** A referral: who made it to whom, and everything that happened since. Its status is computed from that, never set. */
export interface Referral {
  readonly id: string;
  readonly version: number;
  readonly referredBy: string;
  readonly referringOrg: string;
  /** Null until it is received. */
  readonly receivedAt: Date | null;
  readonly discardedAt: Date | null;
  readonly entries: readonly Entry[];
}

export type Step =
  | 'save'
  | 'discard'
  | 'submit'
  | 'rate'
  | 'assign'
  | 'note'
  | 'request-information'
  | 'return-information'
  | 'decide'
  | 'give-feedback'
  | 'reopen'
  | 'withdraw';

const settled = decidedStatuses.filter((s) => s !== 'accepted');

/** In which states each step is open. An accepted referral is not reopened: its case has taken over. */
export const OPEN_IN: Readonly<Record<Step, readonly ReferralStatus[]>> = {
  save: ['draft'],
  discard: ['draft'],
  submit: ['draft'],
  rate: openStatuses,
  assign: openStatuses,
  note: [...openStatuses, ...decidedStatuses],
  'request-information': ['rated', 'returned'],
  'return-information': ['information-requested'],
  decide: ['rated', 'returned'],
  'give-feedback': decidedStatuses,
  reopen: settled,
  withdraw: openStatuses,
};

const STATUS_OF: Readonly<Record<TriageDecision, ReferralStatus>> = {
  accept: 'accepted',
  redirect: 'redirected',
  'step-up': 'stepped-up',
  'step-down': 'stepped-down',
  signpost: 'signposted',
  'no-further-action': 'no-further-action',
};

/** The status, computed from the facts; the first match wins (acceptance.md §10). */
export function statusOf({
  receivedAt,
  discardedAt,
  entries,
}: Pick<Referral, 'receivedAt' | 'discardedAt' | 'entries'>): ReferralStatus {
  if (discardedAt) return 'discarded';
  if (!receivedAt) return 'draft';
  if (last(entries, 'withdrawn')) return 'withdrawn';
  const round = thisRound(entries);
  const decided = last(round, 'decided');
  if (decided) return STATUS_OF[decided.outcome];
  const asked = round.findLastIndex((e) => e.what === 'information-requested');
  const answered = round.findLastIndex((e) => e.what === 'information-returned');
  const rated = round.findLastIndex((e) => e.what === 'rated');
  if (asked > answered) return 'information-requested';
  if (answered > rated) return 'returned';
  if (rated >= 0) return 'rated';
  return round.length < entries.length ? 'reopened' : 'received';
}

export const isOpen = (referral: Referral): boolean => (openStatuses as readonly string[]).includes(statusOf(referral));

export const mayTake = (referral: Referral, step: Step): boolean => OPEN_IN[step].includes(statusOf(referral));

/** demandOpen throws IllegalTransition with the present state unless the step is open in it. */
export function demandOpen(referral: Referral, step: Step): void {
  const status = statusOf(referral);
  if (!OPEN_IN[step].includes(status))
    throw new IllegalTransition('referral.step-not-open', 'This cannot be done in the present state', status);
}

/** Who acts, and when. Time is an argument (house.md §3, rule 1). */
export interface Doing {
  readonly by: string;
  readonly at: Date;
}

/** evolve gives the referral after something happened. A passed clock is no change that anybody made: no new version. */
export function evolve(referral: Referral, entry: Entry): Referral {
  return { ...referral, version: entry.version, entries: [...referral.entries, entry] };
}

const happened = <W extends string>(referral: Referral, what: W, { by, at }: Doing): Happened<W> => ({
  what,
  version: referral.version + 1,
  at: at.toISOString(),
  by,
});

/** The time limit of a colour, as the pack in force gives it. */
export type RatingStamp = Pick<Rated, 'dueAt' | 'scheme' | 'rule' | 'pack'>;

/**
 * rate gives the referral a colour. The same colour again, within a round of triage, changes nothing: null.
 * Throws Invalid when the colour changes without a rationale (TRI-16).
 */
export function rate(
  referral: Referral,
  asked: { colour: string; rationale?: string },
  stamp: RatingStamp,
  doing: Doing,
): Rated | null {
  const previous = last(referral.entries, 'rated')?.colour;
  if (previous !== undefined && previous !== asked.colour && !asked.rationale)
    throw new Invalid([{ field: 'rationale', code: 'required', message: 'Say why the colour changes' }]);
  demandOpen(referral, 'rate');
  if (last(thisRound(referral.entries), 'rated')?.colour === asked.colour) return null;
  return {
    ...happened(referral, 'rated', doing),
    colour: asked.colour,
    ...(previous === undefined ? {} : { previous }),
    ...(asked.rationale === undefined ? {} : { rationale: asked.rationale }),
    ...stamp,
  };
}

/** assign gives the referral to a member of staff, or to nobody. Null when it is theirs already. */
export function assign(referral: Referral, to: string | null, doing: Doing): Assigned | null {
  demandOpen(referral, 'assign');
  const from = last(referral.entries, 'assigned')?.to ?? null;
  return from === to ? null : { ...happened(referral, 'assigned', doing), from, to };
}

export function note(referral: Referral, given: { id: string; text: string }, doing: Doing): Noted {
  demandOpen(referral, 'note');
  return { ...happened(referral, 'noted', doing), ...given };
}

export function requestInformation(
  referral: Referral,
  asked: { question: string; reason?: string },
  doing: Doing,
): InformationAsked {
  demandOpen(referral, 'request-information');
  return { ...happened(referral, 'information-requested', doing), ...asked };
}

export function returnInformation(referral: Referral, answer: string, doing: Doing): InformationGiven {
  demandOpen(referral, 'return-information');
  return { ...happened(referral, 'information-returned', doing), answer };
}

/** decide ends triage. That its codes fit the pathway is checked by whoever knows the pack. */
export function decide(referral: Referral, decision: Omit<Decided, keyof Happened<'decided'>>, doing: Doing): Decided {
  demandOpen(referral, 'decide');
  return { ...happened(referral, 'decided', doing), ...decision };
}

export function giveFeedback(referral: Referral, text: string, doing: Doing): FedBack {
  demandOpen(referral, 'give-feedback');
  return { ...happened(referral, 'feedback-given', doing), text };
}

/** reopen starts another round of triage: it is to be rated again, within the time that `dueAt` says. */
export function reopen(
  referral: Referral,
  asked: Pick<Reopened, 'reason' | 'rationale' | 'dueAt'>,
  doing: Doing,
): Reopened {
  demandOpen(referral, 'reopen');
  return { ...happened(referral, 'reopened', doing), ...asked };
}

export function withdraw(referral: Referral, asked: { reason: string; rationale?: string }, doing: Doing): Withdrawn {
  demandOpen(referral, 'withdraw');
  return { ...happened(referral, 'withdrawn', doing), ...asked };
}

/** passClock notes that the time for a decision ran out. The version stays: nobody changed anything. */
export function passClock(referral: Referral, clock: { colour: string; dueAt: string }, doing: Doing): ClockPassed {
  return { ...happened(referral, 'clock-passed', doing), version: referral.version, ...clock };
}
