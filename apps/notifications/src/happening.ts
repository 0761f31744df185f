import {
  AdvocateContactChanged,
  AgendaIssued,
  CaseErased,
  CaseOwnerChanged,
  ConferenceActionChanged,
  EmergencyMeetingCalled,
  InformationRequested,
  InformationReturned,
  MeetingCancelled,
  MeetingRearranged,
  MinutesIssued,
  QuestionChanged,
  RecommendationChanged,
  ReferralAccepted,
  ReferralAssigned,
  ReferralDecided,
  ReferralWithdrawn,
  typeOf,
  type EventClass,
  type HappeningKind,
} from '@concordat/contracts';
import { lastOf } from './deadline';

/** Whom a happening reaches. */
export type Reach =
  /** All who are named, as far as they work for one of these agencies. */
  | { readonly people: readonly string[]; readonly orgs: readonly string[] }
  /**
   * Whoever is named; else whoever owns the record for the agency; else, where `orRoles`, those of the agency with a role that the
   * pack names. In the place of somebody who is away, who stands in for them.
   */
  | { readonly orgId: string; readonly named: string | null; readonly orRoles: boolean };

/** Something that happened and wants somebody, though no deadline is made of it. */
export interface Happening {
  readonly kind: HappeningKind;
  /** The record that it is about, in its own context. Somebody has one message about it: what happened to it last. */
  readonly recordId: string;
  readonly caseId: string | null;
  /** The time that goes with it: when a meeting begins, or an action is to be done. */
  readonly at: Date | null;
  readonly reach: Reach;
  /** Who did it: nobody is told of what they did themselves. */
  readonly byId: string | null;
}

/** What an event makes of what people are told. */
export type Telling =
  | ({ readonly do: 'tell' } & Happening)
  /** What was told of these kinds wants nobody any more, but for `except`. */
  | {
      readonly do: 'settle';
      readonly recordId: string;
      readonly kinds: readonly HappeningKind[];
      readonly except: string | null;
    }
  | { readonly do: 'erase'; readonly records: readonly string[] };

type Teller<T> = (data: T) => readonly Telling[];
const tellers = new Map<string, Teller<never>>();
function tells<T extends object>(type: EventClass<T>, teller: Teller<T>): void {
  tellers.set(typeOf(type), teller);
}

/** tellingsOf says what an event makes of what people are told; nothing for most. Pure. Days end at midnight in London. */
export const tellingsOf = (event: { readonly type: string; readonly data: unknown }): readonly Telling[] =>
  tellers.get(event.type)?.(event.data as never) ?? [];

/** A telling with the time of the event that it is of. */
export type TimedTelling = Telling & { readonly time: Date };

/** What may be done together: one after another, and each of them to as many records as there are. */
export interface Round {
  readonly settle: readonly Extract<TimedTelling, { do: 'settle' }>[];
  readonly tell: readonly Extract<TimedTelling, { do: 'tell' }>[];
  readonly erase: readonly Extract<TimedTelling, { do: 'erase' }>[];
}

/**
 * roundsOf puts tellings together that are of different records, so that each record has its own in their order, and no more than one
 * in a round. What is erased is of a whole case, and so nothing goes past it. Pure.
 */
export function roundsOf(tellings: readonly TimedTelling[]): Round[] {
  const rounds: {
    settle: Round['settle'][number][];
    tell: Round['tell'][number][];
    erase: Round['erase'][number][];
  }[] = [];
  const last = new Map<string, number>();
  let first = 0;
  for (const telling of tellings) {
    const at = telling.do === 'erase' ? rounds.length : Math.max(first, (last.get(telling.recordId) ?? -1) + 1);
    const round = (rounds[at] ??= { settle: [], tell: [], erase: [] });
    if (telling.do === 'erase') {
      round.erase.push(telling);
      first = at + 1;
    } else {
      if (telling.do === 'settle') round.settle.push(telling);
      else round.tell.push(telling);
      last.set(telling.recordId, at);
    }
  }
  return rounds;
}

const settle = (recordId: string, kinds: readonly HappeningKind[], except: string | null = null): Telling => ({
  do: 'settle',
  ...{ recordId, kinds, except },
});

function tell(
  kind: HappeningKind,
  recordId: string,
  reach: Reach,
  more: Partial<Pick<Happening, 'caseId' | 'at' | 'byId'>> = {},
): Telling {
  return { do: 'tell', kind, recordId, reach, ...{ caseId: null, at: null, byId: null }, ...more };
}

const OF_TRIAGE: readonly HappeningKind[] = ['referral-assigned', 'information-requested', 'information-returned'];

tells(ReferralAssigned, ({ referralId, receivingOrg, assignedTo = null, byId = null }) => [
  settle(referralId, ['referral-assigned'], assignedTo),
  ...(assignedTo
    ? [tell('referral-assigned', referralId, { orgId: receivingOrg, named: assignedTo, orRoles: false }, { byId })]
    : []),
]);
tells(InformationRequested, ({ referralId, referringOrg, referredBy = null }) => [
  settle(referralId, ['information-returned']),
  tell('information-requested', referralId, { orgId: referringOrg, named: referredBy, orRoles: true }),
]);
tells(InformationReturned, ({ referralId, receivingOrg, byId = null }) => [
  settle(referralId, ['information-requested']),
  tell('information-returned', referralId, { orgId: receivingOrg, named: null, orRoles: true }, { byId }),
]);
for (const ended of [ReferralAccepted, ReferralDecided, ReferralWithdrawn])
  tells<{ referralId: string }>(ended, ({ referralId }) => [settle(referralId, OF_TRIAGE)]);

/** Of a case that opens nobody is told by this: whoever accepted it owns it, and knows. */
tells(CaseOwnerChanged, ({ caseId, ownerId, orgId, byId }) => [
  settle(caseId, ['case-assigned'], ownerId),
  tell('case-assigned', caseId, { orgId, named: ownerId, orRoles: false }, { caseId, byId }),
]);
tells(CaseErased, ({ caseId, referralId }) => [
  { do: 'erase', records: [caseId, ...(referralId ? [referralId] : [])] },
]);

tells(ConferenceActionChanged, ({ actionId, caseId, orgId, state, dueOn }) => {
  const reach: Reach = { orgId, named: null, orRoles: true };
  const over = settle(actionId, ['action-proposed', 'action-escalated']);
  if (state === 'proposed') return [tell('action-proposed', actionId, reach, { caseId, at: lastOf(dueOn) })];
  return state === 'escalated' ? [over, tell('action-escalated', actionId, reach, { caseId })] : [over];
});

tells(RecommendationChanged, ({ actionId, leadOrg, actionState, due }) => {
  if (!actionId || !leadOrg || !actionState) return [];
  const reach: Reach = { orgId: leadOrg, named: null, orRoles: true };
  const at = due ? lastOf(due) : null;
  if (actionState === 'PROPOSED') return [tell('review-action-proposed', actionId, reach, { at })];
  const over = settle(actionId, ['review-action-proposed', 'review-action-returned']);
  return actionState === 'RETURNED' ? [over, tell('review-action-returned', actionId, reach, { at })] : [over];
});

tells(QuestionChanged, ({ recordId, state, senderOrg, askedBy, askedOrg, settledBy = null, ...emergency }) => {
  // A review has a deadline, which governance is told of; here it is whoever is said to have authorised it.
  if (state === 'open' && emergency.reviewBy) {
    if (!emergency.authoriser || !askedOrg) return [];
    if (emergency.authorised) return [settle(recordId, ['authority-claimed'])];
    const reach: Reach = { orgId: askedOrg, named: emergency.authoriser, orRoles: false };
    return [tell('authority-claimed', recordId, reach, { byId: askedBy })];
  }
  if (state === 'open')
    return [tell('question-asked', recordId, { orgId: senderOrg, named: null, orRoles: true }, { byId: askedBy })];
  const over = settle(recordId, ['question-asked', 'authority-claimed']);
  // Events of before do not say for which agency somebody asked.
  if (!askedOrg) return [over];
  const reach: Reach = { orgId: askedOrg, named: askedBy, orRoles: false };
  return [over, tell('question-answered', recordId, reach, { byId: settledBy })];
});

/** The agency of an advocate hears that it is to speak with somebody before a meeting, until it has tried. */
tells(AdvocateContactChanged, ({ contactId, caseId, orgId, state }) =>
  state === 'asked'
    ? [tell('contact-asked', contactId, { orgId, named: null, orRoles: true }, { caseId })]
    : [settle(contactId, ['contact-asked'])],
);

/** Whoever is named for a meeting hears that its agenda or minutes are issued, and that it is called, moved or not held. */
for (const [type, kind] of [
  [MeetingCancelled, 'meeting-cancelled'],
  [MeetingRearranged, 'meeting-rearranged'],
  [EmergencyMeetingCalled, 'meeting-called'],
  [AgendaIssued, 'agenda-issued'],
  [MinutesIssued, 'minutes-issued'],
] as const)
  tells<MeetingCancelled | EmergencyMeetingCalled>(type, ({ meetingId, startsAt, people = [], orgs = [] }) => [
    tell(kind, meetingId, { people, orgs }, { at: new Date(startsAt) }),
  ]);
