import type { Received } from '@concordat/contracts';

/** What is counted: each is one record of another context. */
export const recordKinds = [
  ...(['referral', 'case', 'hand-over', 'forum-referral', 'meeting', 'conference-action'] as const),
  ...(['review-action', 'review', 'asb-application', 'agreement', 'deadline'] as const),
] as const;
export type RecordKind = (typeof recordKinds)[number];

/** What an event told of a record, as far as anything is counted by it: ids, codes and times, and nothing of anybody. */
export interface Told {
  /** The event's own id: told twice, it is the same. */
  readonly id: string;
  /** The fact, such as `referral-rated`. */
  readonly what: string;
  /** Its place in the stream of its record. */
  readonly v: number;
  /** When, ISO 8601. */
  readonly at: string;
  readonly data: Readonly<Record<string, string>>;
}

export interface Telling {
  readonly kind: RecordKind;
  readonly recordId: string;
  readonly told: Told;
}

type About = readonly [kind: RecordKind, id: string, ...kept: string[]];
const ABOUT: Readonly<Record<string, readonly About[]>> = {
  'referrals.referral-submitted.v1': [
    ['referral', 'referralId', 'pathway', 'areaId', 'referringOrg', 'receivingOrg', 'receivedAt'],
  ],
  'referrals.referral-rated.v1': [['referral', 'referralId', 'colour', 'dueAt']],
  'referrals.referral-accepted.v1': [['referral', 'referralId']],
  'referrals.referral-decided.v1': [['referral', 'referralId', 'outcome']],
  'referrals.referral-reopened.v1': [['referral', 'referralId']],
  'referrals.referral-withdrawn.v1': [['referral', 'referralId']],
  'referrals.triage-clock-passed.v1': [['referral', 'referralId']],
  'records.case-opened.v1': [['case', 'caseId', 'leadOrg', 'areaId']],
  'records.case-brought-in.v1': [['case', 'caseId', 'leadOrg', 'areaId']],
  'records.onward-referral-offered.v1': [['hand-over', 'onwardReferralId', 'toOrg', 'areaId']],
  'records.onward-referral-changed.v1': [['hand-over', 'onwardReferralId', 'state']],
  'risk.case-referred-to-forum.v1': [['forum-referral', 'referralId', 'caseId', 'kind', 'orgId', 'repeatOf']],
  'risk.forum-referral-changed.v1': [['forum-referral', 'referralId', 'standing']],
  'risk.case-heard.v1': [
    ['forum-referral', 'referralId', 'meetingId', 'heardAt'],
    ['meeting', 'meetingId', 'heardAt'],
  ],
  'risk.conference-action-changed.v1': [['conference-action', 'actionId', 'caseId', 'orgId', 'state', 'dueOn']],
  'reviews.review-changed.v1': [['review', 'reviewId', 'kind', 'state', 'ownerOrg', 'areaId']],
  'reviews.asb-application-changed.v1': [['asb-application', 'applicationId', 'ownerOrg', 'what', 'areaId']],
  'reviews.recommendation-changed.v1': [['review-action', 'actionId', 'reviewId', 'leadOrg', 'actionState', 'due']],
  'sharing.agreement-changed.v1': [['agreement', 'recordId', 'status', 'ownerOrg']],
  'sharing.agreement-fell-due.v1': [['agreement', 'recordId', 'what', 'on']],
  'notifications.deadline-fired.v1': [['deadline', 'deadlineId', 'kind', 'recordId', 'caseId', 'orgId', 'dueAt']],
};

/** Types of events by which anything is counted. */
export const countedTypes: readonly string[] = Object.keys(ABOUT);

/** tellingsOf reads what an event tells of records that are counted; most tell of one, many of none. Pure. */
export function tellingsOf({ id, type, version, time, data }: Received): Telling[] {
  const given = data as Readonly<Record<string, unknown>>;
  return (ABOUT[type] ?? []).flatMap(([kind, named, ...kept]) => {
    const recordId = given[named];
    if (typeof recordId !== 'string') return []; // a recommendation that was changed, and no action of it
    const said = kept.flatMap((key) => (typeof given[key] === 'string' ? [[key, given[key]] as const] : []));
    const what = type.replace(/^[a-z]+\.|\.v\d+$/g, '');
    return [
      {
        ...{ kind, recordId },
        told: { id, what, v: Number(version), at: time.toISOString(), data: Object.fromEntries(said) },
      },
    ];
  });
}

/** What the area of a record is that of: a case, or a review. */
export interface Home {
  readonly kind: 'case' | 'review';
  readonly id: string;
}

/** The case or the review that a telling is about, where its record has no area but that of it. Pure. */
export function homeOf({ kind, told: { data } }: Telling): Home | null {
  if (kind === 'forum-referral' || kind === 'conference-action')
    return data['caseId'] ? { kind: 'case', id: data['caseId'] } : null;
  if (kind === 'deadline') {
    if (data['caseId']) return { kind: 'case', id: data['caseId'] };
    return data['kind'] === 'review-clock' && data['recordId'] ? { kind: 'review', id: data['recordId'] } : null;
  }
  return kind === 'review-action' && data['reviewId'] ? { kind: 'review', id: data['reviewId'] } : null;
}

export const isHome = (kind: RecordKind): kind is Home['kind'] => kind === 'case' || kind === 'review';

/**
 * placing is what a telling of a case or a review says of the records that are about it: in which area they are. Before all that was
 * told of them, whichever came first; null of any other telling, and where no area was told. Pure.
 */
export function placing({ kind, recordId, told: { id, at, data } }: Telling): Told | null {
  const { areaId } = data;
  if (!isHome(kind) || !areaId) return null;
  // Every event of a review says it again: told once, by whichever.
  return { id: kind === 'review' ? recordId : id, at, what: `${kind}-placed`, v: 0, data: { areaId } };
}

export const isPlacing = ({ what }: Told): boolean => what === 'case-placed' || what === 'review-placed';

/**
 * together is all that was told of a record, each event once and in the order of its stream: in whichever order, and however
 * often, the parts of it came. Pure.
 */
export function together(known: readonly Told[], more: readonly Told[]): readonly Told[] {
  const byId = new Map([...known, ...more].map((told) => [told.id, told]));
  return [...byId.values()].sort((a, b) => a.v - b.v || (a.id < b.id ? -1 : 1));
}
