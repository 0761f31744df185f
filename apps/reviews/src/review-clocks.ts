import { dutyState, rangeOf, type DutyState, type KnownDate } from '@concordat/clocks';
import type { ReviewClock, ReviewKind } from '@concordat/packs';
import { resultOf } from './appeal-rules';
import { nextMeeting } from './panel-meeting';
import { dateOf, datesOf, type ReviewDocument } from './review';
import { scopingDue } from './scoping-rules';

/** A clock of a review as it stands on a day, with where its limit comes from beside it. */
export interface ClockView extends DutyState {
  readonly code: string;
  readonly title: string;
  /** The organisation whose own clock it is; null for one of the review. */
  readonly party: string | null;
  readonly force: ReviewClock['force'];
  readonly source: string;
  readonly unit: ReviewClock['unit'];
  readonly value: number | null;
  readonly mode: ReviewClock['mode'];
  /** Title of the date that it is counted from. */
  readonly from: string;
  /** A local time limit that this area has not set: nothing is computed. */
  readonly unset: boolean;
  readonly pauseEffect: ReviewClock['pauseEffect'];
  readonly approvers: readonly string[];
  readonly extensions: ReviewDocument['extensions'];
}

/**
 * clocksOf computes every clock of a review from its kind and its facts, as they stand on a civil day. `outcome` is of the decision
 * in force: clocks that arise only after certain ones do not after another. Pure.
 */
export function clocksOf(kind: ReviewKind, document: ReviewDocument, today: string, outcome?: string): ClockView[] {
  return kind.clocks.flatMap((clock) => {
    const arises = outcome === undefined || (clock.outcomes?.includes(outcome) ?? true);
    return (clock.perParty ? document.parties : [null]).map((party) =>
      clockView(kind, clock, document, party, today, arises),
    );
  });
}

function clockView(
  kind: ReviewKind,
  clock: ReviewClock,
  document: ReviewDocument,
  party: string | null,
  today: string,
  arises: boolean,
): ClockView {
  // An appeal's clock is the last appeal's: each has a time of its own.
  const appeal = kind.appeal?.clock === clock.code ? document.appeals?.at(-1) : undefined;
  const anchors = appeal ? [appeal.receivedOn] : datesOf(document, clock.anchor, party).map((f) => f.date);
  const doneOn = appeal
    ? resultOf(document, appeal.id)?.decidedOn
    : earliest(clock.meets.flatMap((code) => dateOf(document, code, party) ?? []));
  const extensions = document.extensions.filter(
    (e) => e.clock === clock.code && e.party === party && (!appeal || e.at >= appeal.at),
  );
  const unset = clock.unit !== 'asap' && clock.value === undefined;
  const applies = arises && !unset && !(clock.onlyIfAnchored && anchors.length === 0);
  const pauses = document.pauses.map(({ reason, from, to }) => ({ reason, from, ...(to ? { to } : {}) }));
  const state = dutyState(clock, { anchors, extensions, pauses, applies, ...(doneOn ? { doneOn } : {}) }, today);
  return {
    ...state,
    ...{ code: clock.code, title: clock.title, party, force: clock.force, source: clock.source, unset, extensions },
    ...{ unit: clock.unit, value: clock.value ?? null, mode: clock.mode, pauseEffect: clock.pauseEffect },
    from: kind.facts.find((f) => f.code === clock.anchor)?.title ?? clock.anchor,
    approvers: clock.approvers ?? [],
  };
}

/** The date by which the first of several things was certainly done. */
function earliest(dates: readonly KnownDate[]): KnownDate | undefined {
  return [...dates].sort((a, b) => (rangeOf(a).latest < rangeOf(b).latest ? -1 : 1))[0];
}

/**
 * toldOf is the clock of what is to be done first, and the last day for it, as other contexts are told: they show it as a deadline, and
 * so not what nobody has verified, nor what has no day. By which day agencies are to answer what they know is such a day too: whoever
 * coordinates it chases those that do not. Pure.
 */
export function toldOf(
  kind: ReviewKind,
  document: ReviewDocument,
  today: string,
  outcome?: string,
  state?: string,
): { clock?: string; dueOn?: string } {
  const clocks = clocksOf(kind, document, today, outcome).filter(({ force, due }) => force !== 'unverified' && due);
  const duty = nextDuty(clocks);
  const over = kind.states.find(({ code }) => code === state)?.final ?? false;
  const own = [
    ...(duty?.due ? [{ clock: duty.code, dueOn: duty.due.latest }] : []),
    ...(over ? [] : waitedFor(kind, document)),
  ];
  return own.sort((a, b) => (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : 0))[0] ?? {};
}

/** What is waited for by a day that no clock sets: that agencies answer, that the panel meets. */
function waitedFor(kind: ReviewKind, document: ReviewDocument): { clock: string; dueOn: string }[] {
  const answers = scopingDue(kind, document);
  const meeting = nextMeeting(document)?.on;
  return [
    ...(answers ? [{ clock: 'SCOPING', dueOn: answers }] : []),
    ...(meeting ? [{ clock: 'PANEL-MEETING', dueOn: meeting }] : []),
  ];
}

/** nextDuty is what to do first: what is overdue, then what is due soonest, then what is due as soon as possible. Pure. */
export function nextDuty(clocks: readonly ClockView[]): ClockView | undefined {
  const rank = ({ due }: ClockView): string => due?.latest ?? '9999';
  return clocks
    .filter(({ status }) => status === 'running' || status === 'overdue')
    .sort((a, b) => (rank(a) < rank(b) ? -1 : rank(a) > rank(b) ? 1 : 0))[0];
}
