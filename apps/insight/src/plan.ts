import { deadlineKinds, type DeadlineKind } from '@concordat/contracts';
import { wordsOf } from './words';

/** What can be chosen of a subject beside the period. */
export const filters = ['area', 'agency', 'kind'] as const;
export type Filter = (typeof filters)[number];

/** By what a table parts a number: a dimension of the tally. */
export type Dimension = 'area' | 'kind' | 'agency' | 'code';

/** A number that tables part. */
export interface TotalPlan {
  readonly code: string;
  readonly title: string;
  readonly measure: string;
  /** Of everything that was ever told, and so without a period: a state of now. */
  readonly always?: boolean;
}
export interface TablePlan {
  readonly code: string;
  readonly title: string;
  /** The total that its rows add up to. */
  readonly of: string;
  readonly measure: string;
  readonly by: Dimension;
  /** Whose names its rows have, where they are ids. */
  readonly ref?: 'organisation' | 'area';
  /** Rows that are always there, in this order; others follow by number. */
  readonly order?: readonly string[];
  /** Only some of another table, by the same dimension as this one: those of these codes. `of` is then a total of its own. */
  readonly only?: { readonly within: string; readonly codes: readonly string[]; readonly table: string };
}

/** A subject: a page, a part of the pack, and one system of sums. */
export interface Plan {
  readonly subject: Subject;
  readonly title: string;
  readonly about: string;
  readonly filters: readonly Filter[];
  readonly totals: readonly TotalPlan[];
  readonly tables: readonly TablePlan[];
  /** Rows that stand beside the totals on the overview, and of which a share of the whole table is told, by table and code. */
  readonly headlines?: readonly {
    readonly title: string;
    readonly table: string;
    readonly code: string;
    readonly share?: string;
  }[];
  /** Of documents and not of people: shown as it is. */
  readonly exact?: boolean;
}

export const subjects = [
  ...(['referrals', 'triage', 'repeats', 'actions', 'forums', 'hand-overs'] as const),
  ...(['asb', 'agreements', 'deadlines'] as const),
] as const;
export type Subject = (typeof subjects)[number];

const received = { code: 'referrals', title: 'Referrals received', measure: 'referral' };
const LATE = ['late', 'overdue'];

export const plans: Readonly<Record<Subject, Plan>> = {
  referrals: {
    ...{ subject: 'referrals', title: 'Referrals', filters: ['area', 'agency', 'kind'], totals: [received] },
    about: 'Referrals by the month in which they were received, and what has become of them by now.',
    tables: [
      { code: 'pathway', title: 'By pathway', of: 'referrals', measure: 'referral', by: 'kind' },
      {
        code: 'source',
        title: 'By who referred',
        of: 'referrals',
        measure: 'referral.source',
        by: 'code',
        ref: 'organisation',
      },
      { code: 'area', title: 'By area', of: 'referrals', measure: 'referral', by: 'area', ref: 'area' },
      { code: 'colour', title: 'By colour', of: 'referrals', measure: 'referral.colour', by: 'code' },
      { code: 'outcome', title: 'By outcome', of: 'referrals', measure: 'referral.outcome', by: 'code' },
    ],
  },
  triage: {
    ...{ subject: 'triage', title: 'Time to triage', filters: ['area', 'agency', 'kind'], totals: [received] },
    headlines: [
      { title: 'Decided late, or past the clock', table: 'clock', code: 'late', share: 'Late, of all received' },
    ],
    about:
      'How long the first decision on a referral took, from when it was received, and whether it was in time by the clock of its colour.',
    tables: [
      {
        ...{ code: 'clock', title: 'Against the clock', of: 'referrals', measure: 'referral.clock', by: 'code' },
        order: ['in-time', 'late', 'waiting'],
      },
      {
        ...{ code: 'wait', title: 'How long it took', of: 'referrals', measure: 'referral.wait', by: 'code' },
        order: ['1-day', '3-days', '5-days', '10-days', 'longer', 'waiting'],
      },
      {
        ...{ code: 'again', title: 'Opened again', of: 'referrals', measure: 'referral.again', by: 'code' },
        order: ['not-reopened', 'reopened'],
      },
    ],
  },
  repeats: {
    ...{ subject: 'repeats', title: 'Repeats', filters: ['area', 'agency', 'kind'] },
    headlines: [{ title: 'Repeats', table: 'repeat', code: 'repeat', share: 'Repeat rate' }],
    about: 'Referrals to forums, and how many of them repeat an earlier one within the window of their forum.',
    totals: [{ code: 'referred', title: 'Referrals to forums', measure: 'forum.referred' }],
    tables: [
      {
        ...{ code: 'repeat', title: 'First or repeat', of: 'referred', measure: 'forum.referred', by: 'code' },
        order: ['first', 'repeat'],
      },
      { code: 'kind', title: 'By kind of forum', of: 'referred', measure: 'forum.referred', by: 'kind' },
      {
        code: 'area',
        title: 'By area of the case',
        of: 'referred',
        measure: 'forum.referred',
        by: 'area',
        ref: 'area',
      },
      {
        ...{ code: 'repeats-by-kind', title: 'Repeats by kind of forum', of: 'repeats', measure: 'forum.referred' },
        ...{ by: 'kind', only: { within: 'kind', codes: ['repeat'], table: 'repeat' } },
      },
    ],
  },
  actions: {
    ...{ subject: 'actions', title: 'Actions', filters: ['area', 'agency', 'kind'] },
    about:
      'Actions of meetings and of reviews that were due in the period, by the agency that was to do them, and how late. Those of reviews are in the area of their review, where that was said.',
    headlines: [
      { title: 'Done late', table: 'lateness', code: 'late', share: 'Done late, of all due' },
      { title: 'Overdue now', table: 'lateness', code: 'overdue' },
    ],
    totals: [{ code: 'actions', title: 'Actions due', measure: 'action' }],
    tables: [
      {
        ...{ code: 'lateness', title: 'In time or late', of: 'actions', measure: 'action', by: 'code' },
        order: ['in-time', 'late', 'overdue', 'open', 'ended'],
      },
      { code: 'agency', title: 'By agency', of: 'actions', measure: 'action', by: 'agency', ref: 'organisation' },
      { code: 'area', title: 'By area', of: 'actions', measure: 'action', by: 'area', ref: 'area' },
      {
        ...{ code: 'late-by-agency', title: 'Late or overdue by agency', of: 'late', measure: 'action', by: 'agency' },
        ...{ ref: 'organisation', only: { within: 'agency', codes: LATE, table: 'lateness' } },
      },
    ],
  },
  forums: {
    ...{ subject: 'forums', title: 'Load of forums', filters: ['area', 'agency', 'kind'] },
    about: 'Cases heard at meetings, each as often as it was heard, and how referrals to forums stand.',
    totals: [
      { code: 'heard', title: 'Cases heard', measure: 'forum.heard' },
      { code: 'referred', title: 'Referrals to forums', measure: 'forum.referred' },
    ],
    tables: [
      { code: 'heard-by-kind', title: 'Cases heard by kind of forum', of: 'heard', measure: 'forum.heard', by: 'kind' },
      {
        ...{ code: 'heard-by-agency', title: 'Cases heard by who referred', of: 'heard', measure: 'forum.heard' },
        ...{ by: 'agency', ref: 'organisation' },
      },
      {
        ...{ code: 'heard-by-area', title: 'Cases heard by area', of: 'heard', measure: 'forum.heard', by: 'area' },
        ref: 'area',
      },
      { code: 'standing', title: 'How referrals stand', of: 'referred', measure: 'forum.standing', by: 'code' },
    ],
  },
  'hand-overs': {
    ...{ subject: 'hand-overs', title: 'Between agencies', filters: ['area', 'agency'] },
    about: 'Referrals of open cases from one agency to another, by who was to answer and what came of them.',
    totals: [{ code: 'offered', title: 'Offered', measure: 'hand-over' }],
    tables: [
      { code: 'state', title: 'What came of them', of: 'offered', measure: 'hand-over', by: 'code' },
      {
        code: 'agency',
        title: 'By who was to answer',
        of: 'offered',
        measure: 'hand-over',
        by: 'agency',
        ref: 'organisation',
      },
    ],
  },
  asb: {
    ...{ subject: 'asb', title: 'ASB case reviews', filters: ['area', 'agency'] },
    about:
      'Applications for reviews of anti-social behaviour, and the reviews that were registered. The figures that the law has published are on a page of their own. An area is known of what was registered with one; what waits, or was set aside, has none.',
    totals: [
      { code: 'applications', title: 'Applications received', measure: 'asb-application' },
      { code: 'reviews', title: 'Reviews registered', measure: 'asb-review' },
    ],
    tables: [
      {
        ...{ code: 'settled', title: 'What became of applications', of: 'applications', measure: 'asb-application' },
        ...{ by: 'code', order: ['received', 'registered', 'set-aside'] },
      },
      {
        ...{
          code: 'body',
          title: 'Applications by body',
          of: 'applications',
          measure: 'asb-application',
          by: 'agency',
        },
        ref: 'organisation',
      },
      { code: 'area', title: 'Reviews by area', of: 'reviews', measure: 'asb-review', by: 'area', ref: 'area' },
      { code: 'state', title: 'Where reviews stand', of: 'reviews', measure: 'asb-review', by: 'code' },
    ],
  },
  agreements: {
    ...{ subject: 'agreements', title: 'Agreements', filters: ['agency'], exact: true },
    about:
      'Information-sharing agreements as they stand now, and what of those in force falls due. They are documents, so no number is hidden, and they are between agencies: no area is theirs.',
    totals: [
      { code: 'all', title: 'Versions on the register', measure: 'agreement', always: true },
      { code: 'due', title: 'Falling due', measure: 'agreement.due', always: true },
    ],
    tables: [
      {
        ...{ code: 'due', title: 'Falling due', of: 'due', measure: 'agreement.due', by: 'code' },
        order: ['review-overdue', 'review', 'expiry'],
      },
      {
        code: 'owner',
        title: 'Falling due by owner',
        of: 'due',
        measure: 'agreement.due',
        by: 'agency',
        ref: 'organisation',
      },
      { code: 'status', title: 'By status', of: 'all', measure: 'agreement', by: 'code' },
    ],
  },
  deadlines: {
    ...{ subject: 'deadlines', title: 'Deadlines', filters: ['area', 'agency', 'kind'] },
    about:
      'Everything in the register of deadlines whose time passed with nothing done, by the day on which it was due. Each counts as often as that happened, whatever was done afterwards: one that was moved to a later day in time, or ended before, does not count. What belongs to a case or a statutory review is in the area of that; other deadlines have no area.',
    totals: [{ code: 'passed', title: 'Passed with nothing done', measure: 'deadline' }],
    tables: [
      {
        ...{ code: 'deadline', title: 'By kind of deadline', of: 'passed', measure: 'deadline', by: 'kind' },
        order: deadlineKinds,
      },
      { code: 'agency', title: 'By agency', of: 'passed', measure: 'deadline', by: 'agency', ref: 'organisation' },
      { code: 'area', title: 'By area', of: 'passed', measure: 'deadline', by: 'area', ref: 'area' },
    ],
  },
};

const passed = (code: DeadlineKind) => ({
  title: wordsOf('deadline', code),
  ...{ subject: 'deadlines' as const, table: 'deadline', code },
});

/** What there is never an area of. */
const PLACELESS: readonly DeadlineKind[] = [
  ...(['meeting-minutes', 'agreement-expiry', 'partnership-duty'] as const),
  ...(['glass-review', 'emergency-review', 'breach-assessment'] as const),
];

/**
 * Deadlines that were missed, of every kind in the register: each is a number of a subject, and is shown as it is shown there. What a
 * subject of its own tells more of is told as it tells it; every other kind as the register of deadlines does.
 */
export const missed: readonly {
  readonly title: string;
  readonly subject: Subject;
  readonly table: string;
  readonly code: string;
  /** Whether there is never an area that it is in: of an area it is not told at all, and not as none. */
  readonly placeless?: boolean;
}[] = [
  { title: 'Referrals decided late, or past their clock', subject: 'triage', table: 'clock', code: 'late' },
  { title: 'Actions done late', subject: 'actions', table: 'lateness', code: 'late' },
  { title: 'Actions overdue now', subject: 'actions', table: 'lateness', code: 'overdue' },
  {
    title: 'Referrals between agencies that nobody answered in time',
    subject: 'hand-overs',
    table: 'state',
    code: 'expired',
  },
  { title: 'Reviews of agreements overdue now', subject: 'agreements', table: 'due', code: 'review-overdue' },
  ...(['meeting-research', 'forum-flag', 'review-clock'] as const).map(passed),
  ...PLACELESS.map((code) => ({ ...passed(code), placeless: true })),
];
