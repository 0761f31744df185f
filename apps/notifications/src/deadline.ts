import { endOfDay } from '@concordat/clocks';
import {
  AgreementChanged,
  AgreementFellDue,
  BreachChanged,
  CaseErased,
  CaseOwnerChanged,
  ConferenceActionChanged,
  GlassBroken,
  GlassReviewed,
  ForumFlagChanged,
  MinutesDueChanged,
  OnwardReferralChanged,
  OnwardReferralOffered,
  PartnershipDutyDone,
  QuestionChanged,
  RecommendationChanged,
  ReferralAccepted,
  ReferralAssigned,
  ReferralDecided,
  ReferralRated,
  ReferralWithdrawn,
  ResearchCallChanged,
  ReviewChanged,
  typeOf,
  type DeadlineKind,
  type DeadlineStatus,
  type EventClass,
  type Role,
} from '@concordat/contracts';

/** Something that is due: of which kind, about which record, of which agency. */
export interface Duty {
  readonly kind: DeadlineKind;
  /** The record that it is about, in its own context. There is one duty of a kind for each. */
  readonly recordId: string;
  readonly caseId: string | null;
  /** The agency that is to act. */
  readonly orgId: string;
  readonly dueAt: Date;
}

/** What an event makes of what is due. */
export type Making =
  | ({ readonly do: 'keep' } & Duty)
  /** Nothing of these kinds is due any more: it was done, or is not wanted. */
  | {
      readonly do: 'end';
      readonly kinds: readonly DeadlineKind[];
      readonly recordId: string;
      readonly as: 'met' | 'cancelled';
    }
  /** Somebody of an agency owns a record now; nobody in particular when `userId` is null. */
  | { readonly do: 'own'; readonly recordId: string; readonly orgId: string; readonly userId: string | null }
  | { readonly do: 'erase'; readonly caseId: string };

/** Who may see what is due of a record that is no case: those of the agency with one of these roles. Null: all of its staff. */
export const FOR_ROLES: Readonly<Record<DeadlineKind, readonly Role[] | null>> = {
  triage: ['safeguarding-lead', 'practitioner'],
  'onward-referral': null,
  'conference-action': null,
  'meeting-research': null,
  'meeting-minutes': ['panel-chair', 'panel-coordinator'],
  'forum-flag': null,
  'review-action': ['review-coordinator', 'safeguarding-lead'],
  'review-clock': ['review-coordinator'],
  'agreement-review': ['information-governance-lead', 'auditor'],
  'agreement-expiry': ['information-governance-lead', 'auditor'],
  'partnership-duty': ['review-coordinator', 'auditor'],
  'glass-review': ['information-governance-lead', 'safeguarding-lead', 'auditor'],
  'emergency-review': ['information-governance-lead'],
  'breach-assessment': ['information-governance-lead', 'auditor'],
};

/** Whether it is still to be done. What has fired is late, and is met when it is done after all. */
export const isOpen = (status: DeadlineStatus): boolean => status === 'pending' || status === 'fired';

type Maker<T> = (data: T) => readonly Making[];
const makers = new Map<string, Maker<never>>();
function made<T extends object>(type: EventClass<T>, maker: Maker<T>): void {
  makers.set(typeOf(type), maker);
}

/** makingsOf says what an event makes of the register; nothing for most. Pure. Days end at midnight in London. */
export const makingsOf = (event: { readonly type: string; readonly data: unknown }): readonly Making[] =>
  makers.get(event.type)?.(event.data as never) ?? [];

const end = (kind: DeadlineKind, recordId: string, as: 'met' | 'cancelled'): Making => ({
  do: 'end',
  kinds: [kind],
  recordId,
  as,
});

made(ReferralRated, (r) => {
  if (!r.dueAt) return [end('triage', r.referralId, 'cancelled')];
  return [
    {
      ...{ do: 'keep', kind: 'triage', recordId: r.referralId, caseId: null, orgId: r.receivingOrg },
      dueAt: new Date(r.dueAt),
    },
  ];
});
made(ReferralAssigned, (r) => [
  { do: 'own', recordId: r.referralId, orgId: r.receivingOrg, userId: r.assignedTo ?? null },
]);
made(ReferralAccepted, (r) => [end('triage', r.referralId, 'met')]);
made(ReferralDecided, (r) => [end('triage', r.referralId, 'met')]);
made(ReferralWithdrawn, (r) => [end('triage', r.referralId, 'cancelled')]);

made(CaseOwnerChanged, (c) => [
  ...(c.previousOrg === c.orgId
    ? []
    : [{ do: 'own', recordId: c.caseId, orgId: c.previousOrg, userId: null } as const]),
  { do: 'own', recordId: c.caseId, orgId: c.orgId, userId: c.ownerId },
]);
/** Emergency openings are of no case in the register, so they are named: with the case their review is wanted no more. */
made(CaseErased, (c) => [
  { do: 'erase', caseId: c.caseId },
  ...(c.unreviewedUses ?? []).map((use) => end('glass-review', use, 'cancelled')),
]);

made(OnwardReferralOffered, (o) => {
  if (!o.toOrg || !o.respondBy) return [];
  const recordId = o.onwardReferralId;
  return [
    { do: 'keep', kind: 'onward-referral', recordId, caseId: o.caseId, orgId: o.toOrg, dueAt: new Date(o.respondBy) },
    ...(o.toId ? [{ do: 'own', recordId, orgId: o.toOrg, userId: o.toId } as const] : []),
  ];
});
made(OnwardReferralChanged, (o) => {
  const answered = ['accepted', 'completed', 'declined'].includes(o.state);
  return o.state === 'offered' ? [] : [end('onward-referral', o.onwardReferralId, answered ? 'met' : 'cancelled')];
});

/** States of a conference action in which nothing more is to be done: `escalated` is the forum's own matter. */
const ACTION_DONE: Readonly<Record<string, 'met' | 'cancelled'>> = {
  done: 'met',
  'not-possible': 'cancelled',
  escalated: 'cancelled',
};
made(ConferenceActionChanged, (a) => {
  const done = ACTION_DONE[a.state];
  if (done) return [end('conference-action', a.actionId, done)];
  const { actionId: recordId, caseId, orgId } = a;
  return [{ do: 'keep', kind: 'conference-action', recordId, caseId, orgId, dueAt: lastOf(a.dueOn) }];
});

/** What is owed before a meeting, of each case by each agency: by whoever is named first for it, as nobody else can return it. */
made(ResearchCallChanged, ({ callId: recordId, caseId, orgId, personId = null, state, dueOn }) => {
  if (state !== 'asked') return [end('meeting-research', recordId, state === 'returned' ? 'met' : 'cancelled')];
  return [
    { do: 'keep', kind: 'meeting-research', recordId, caseId, orgId, dueAt: lastOf(dueOn) },
    ...(personId ? [{ do: 'own', recordId, orgId, userId: personId } as const] : []),
  ];
});

/** Of no case: that a meeting was held is known to whoever coordinates it. */
made(MinutesDueChanged, ({ meetingId: recordId, orgId, state, dueOn }) => [
  state === 'due'
    ? { do: 'keep', kind: 'meeting-minutes', recordId, caseId: null, orgId, dueAt: lastOf(dueOn) }
    : end('meeting-minutes', recordId, state === 'issued' ? 'met' : 'cancelled'),
]);

/** A file is unmarked once further abuse makes no repeat any more. */
made(ForumFlagChanged, (f) => {
  if (f.state === 'removed') return [end('forum-flag', f.flagId, 'met')];
  if (f.state === 'lapsed') return [end('forum-flag', f.flagId, 'cancelled')];
  if (f.state === 'requested') return [];
  const { flagId: recordId, caseId, orgId } = f;
  return [{ do: 'keep', kind: 'forum-flag', recordId, caseId, orgId, dueAt: lastOf(f.expiresOn) }];
});

/** Done is due again, later: there is one deadline for each duty, which moves. */
made(PartnershipDutyDone, (d) => [
  {
    ...{ do: 'keep', kind: 'partnership-duty', recordId: d.dutyId, caseId: null, orgId: d.ownerOrg },
    dueAt: lastOf(d.dueOn),
  },
]);

const TO_DO: readonly string[] = ['PROPOSED', 'ACCEPTED', 'IN_PROGRESS', 'RETURNED'];
made(RecommendationChanged, (r) => {
  if (!r.actionId || !r.actionState) return [];
  const { actionId: recordId, actionState: state } = r;
  if (TO_DO.includes(state))
    return r.leadOrg && r.due
      ? [{ do: 'keep', kind: 'review-action', recordId, caseId: null, orgId: r.leadOrg, dueAt: lastOf(r.due) }]
      : [];
  const over = state === 'SUPERSEDED' || state === 'NOT_PURSUED';
  return [end('review-action', recordId, over ? 'cancelled' : 'met')];
});

/** What a review has to do first: one deadline for each, which moves as that is done. */
made(ReviewChanged, (r) => [
  r.dueOn
    ? {
        ...{ do: 'keep', kind: 'review-clock', recordId: r.reviewId, caseId: null, orgId: r.ownerOrg },
        dueAt: lastOf(r.dueOn),
      }
    : end('review-clock', r.reviewId, r.what === 'pause' ? 'cancelled' : 'met'),
]);

made(AgreementChanged, (a) => {
  const both: readonly DeadlineKind[] = ['agreement-review', 'agreement-expiry'];
  if (a.status !== 'ACTIVE' && a.status !== 'SUSPENDED')
    return [{ do: 'end', kinds: both, recordId: a.recordId, as: a.status === 'SUPERSEDED' ? 'met' : 'cancelled' }];
  const of = { recordId: a.recordId, caseId: null, orgId: a.ownerOrg };
  return [
    ...(a.reviewBy ? [{ do: 'keep', kind: 'agreement-review', ...of, dueAt: lastOf(a.reviewBy) } as const] : []),
    ...(a.expiresOn ? [{ do: 'keep', kind: 'agreement-expiry', ...of, dueAt: lastOf(a.expiresOn) } as const] : []),
  ];
});
/** Of agreements whose last change told no days yet: it was made before that event did. */
made(AgreementFellDue, (a) => [
  {
    ...{ do: 'keep', kind: a.what === 'expiry' ? 'agreement-expiry' : 'agreement-review', recordId: a.recordId },
    ...{ caseId: null, orgId: a.ownerOrg, dueAt: lastOf(a.on) },
  },
]);

/**
 * Somebody opened a case in an emergency, and somebody else is to say whether that was right. Of no case here: who reviews it
 * hears of it whether or not they may read the case.
 */
made(GlassBroken, (g) =>
  g.reviewBy
    ? [
        {
          ...{ do: 'keep', kind: 'glass-review', recordId: g.useId, caseId: null, orgId: g.leadOrg },
          dueAt: new Date(g.reviewBy),
        },
      ]
    : [],
);
made(GlassReviewed, (g) => [end('glass-review', g.useId, 'met')]);

/** Something was shared in an emergency, and governance of where it came from is to say whether that was right. */
made(QuestionChanged, (q) => {
  if (q.state !== 'open') return [end('emergency-review', q.recordId, 'met')];
  return q.reviewBy
    ? [
        {
          ...{ do: 'keep', kind: 'emergency-review', recordId: q.recordId, caseId: null, orgId: q.senderOrg },
          dueAt: new Date(q.reviewBy),
        },
      ]
    : [];
});
/** Due until it is assessed and, where the Commissioner is to be told, until that is done as well. */
made(BreachChanged, (b) =>
  b.state === 'closed'
    ? [end('breach-assessment', b.breachId, 'met')]
    : [
        {
          ...{ do: 'keep', kind: 'breach-assessment', recordId: b.breachId, caseId: null, orgId: b.orgId },
          dueAt: new Date(b.notifyBy),
        },
      ],
);

/** The last moment of the civil day with which something begins. */
export const lastOf = (day: string): Date => endOfDay(day.slice(0, 10));
