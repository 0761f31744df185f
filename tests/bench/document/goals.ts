import type { Result } from '../result';

/** What a benchmark must reach: one figure of its result, and its bound. */
export interface Goal {
  readonly what: string;
  readonly bench: string;
  readonly part: keyof Omit<Result, 'name'>;
  readonly key: string;
  readonly bound: { readonly atLeast: number } | { readonly atMost: number };
  readonly unit?: string;
}

const goal = (
  [bench, part, key]: readonly [string, Goal['part'], string],
  what: string,
  bound: Goal['bound'],
  unit?: string,
): Goal => ({ what, bench, part, key, bound, ...(unit ? { unit } : {}) });

const LARGEST = 300_000;
const onLargest = (name: string, what: string): Goal =>
  goal(
    ['scale', 'metrics', `${LARGEST} ${name} p95`],
    `${what} among 300,000 cases, 50 things a second, p95`,
    { atMost: 100 },
    'ms',
  );

/** Ours as a multiple of another's figure in the same run, or as a share of what the machine could do. */
const toPeers = (key: string, what: string, bound: Goal['bound']): Goal => goal(['peers', 'ratio', key], what, bound);

/** Every goal that was set, whether there is a run that it can be judged by or not. */
export const goals: readonly Goal[] = [
  goal(
    ['intake', 'ratio', 'ofPgbench'],
    'referrals accepted over full HTTP, as a share of pgbench doing the same three inserts',
    { atLeast: 0.1 },
  ),
  goal(['intake-slow-disk', 'ratio', 'ofPgbench'], 'the same with a flush of one millisecond', { atLeast: 0.3 }),
  goal(['intake', 'metrics', 'idleMb'], 'memory of the one process, idle', { atMost: 180 }, 'MB'),
  goal(['intake', 'metrics', 'peakMb'], 'memory of the one process, at the peak of intake', { atMost: 330 }, 'MB'),
  goal(
    ['events', 'metrics', 'appliedP99ms'],
    'commit in one context to commit in the next, one process, 200 events a second, p99',
    { atMost: 25 },
    'ms',
  ),
  goal(['events-kafka', 'metrics', 'appliedP99ms'], 'the same between services over Kafka, p99', { atMost: 100 }, 'ms'),
  goal(['decisions', 'metrics', 'perSecond'], 'decisions a second of one core among 500 agreements, with reasons', {
    atLeast: 200_000,
  }),
  goal(['decisions', 'metrics', 'p99us'], 'one decision, p99', { atMost: 20 }, 'µs'),
  goal(['decisions', 'ratio', 'toCedar'], 'decisions a second, times Cedar on the same agreements and requests', {
    atLeast: 5,
  }),
  goal(['candidates', 'metrics', 'p95ms'], 'who may be the same person among a million, p95', { atMost: 50 }, 'ms'),
  goal(
    ['search', 'metrics', `${LARGEST} cases p95`],
    'the one search of records: 300,000 cases, 1,000,000 people, 3,000,000 entries, p95',
    { atMost: 100 },
    'ms',
  ),
  goal(
    ['trail', 'metrics', 'slowestP95ms'],
    'the trail of 10,000,000 acts, p95 of the slowest kind of question',
    { atMost: 500 },
    'ms',
  ),
  goal(['ledger', 'ratio', 'withAudit'], 'referrals accepted with audit, as a share of the same without', {
    atLeast: 0.75,
  }),
  goal(['ledger', 'metrics', 'leavesPerSecond'], 'leaves a second hashed and built into the tree, one core', {
    atLeast: 100_000,
  }),
  goal(['ledger', 'ratio', 'proofs'], 'proofs a second among a million leaves, as a share of 79,000', { atLeast: 0.5 }),
  goal(
    ['ledger', 'metrics', 'checkpointP95ms'],
    'from an act’s arrival to a signed checkpoint that covers it, at 3,000 a second, p95',
    { atMost: 1_200 },
    'ms',
  ),
  goal(['matching', 'metrics', 'set3F1'], 'people matched in FEBRL 3: names, birth date, address; F1', {
    atLeast: 0.985,
  }),
  goal(['matching', 'metrics', 'set3ThreeF1'], 'the same by names, birth date and postcode; F1', { atLeast: 0.97 }),
  toPeers('create to directus', 'a referral made, times Directus', { atLeast: 8 }),
  toPeers('create to parse', 'a referral made, times Parse Server', { atLeast: 4 }),
  toPeers('create p99 to directus', 'p99 of a referral made, against that of Directus', { atMost: 0.25 }),
  toPeers('create of pgbench', 'a referral made, as a share of pgbench doing three inserts', { atLeast: 0.1 }),
  toPeers('read to directus', 'a logged read, times Directus (which logs none)', { atLeast: 8 }),
  toPeers('read to parse', 'a logged read, times Parse Server', { atLeast: 2 }),
  toPeers('read of pgbench', 'a logged read, as a share of pgbench doing one', { atLeast: 0.15 }),
  toPeers('list to directus', 'an access-filtered, logged list, times Directus (which logs none)', { atLeast: 8 }),
  toPeers('list of pgbench', 'an access-filtered, logged list, as a share of pgbench doing one', { atLeast: 0.12 }),
  toPeers('search to directus', 'an access-filtered search, times Directus', { atLeast: 25 }),
  toPeers('search of pg', 'an access-filtered search, as a share of full text by pg', { atLeast: 0.4 }),
  toPeers('startMs to directus', 'warm start, against that of Directus', { atMost: 0.75 }),
  toPeers('idleMb to directus', 'memory idle, against that of Directus', { atMost: 0.75 }),
  toPeers('peakMb to directus', 'memory at the peak, against that of Directus', { atMost: 0.5 }),
  onLargest('worklist', 'worklist'),
  onLargest('case', 'a case read'),
  onLargest('search', 'a search'),
  onLargest('trail-case', 'the trail of a case'),
  onLargest('trail-person', 'the trail of a person'),
  onLargest('trail-user', 'the trail of a user'),
  goal(
    ['forum-year', 'metrics', 'sessionP95Ms'],
    'the screen of a case in session, of a forum with 300 cases and 1,800 actions a year, two note-takers, p95',
    { atMost: 150 },
    'ms',
  ),
  goal(['forum-year', 'metrics', 'statisticsP95Ms'], 'the statistics of that forum, p95', { atMost: 1_000 }, 'ms'),
  goal(
    ['forum-year', 'metrics', 'paperMs'],
    'minutes of sixteen cases as a PDF, from asking to having them',
    { atMost: 5_000 },
    'ms',
  ),
  goal(
    ['pages', 'metrics', `${LARGEST} slowest p95`],
    'each page of what is due, messages, figures and administration among 300,000 cases, one asker, p95 of the slowest',
    { atMost: 300 },
    'ms',
  ),
  goal(['scale', 'ratio', 'referral'], 'cost of one referral at the largest size against the smallest', {
    atMost: 1.2,
  }),
];

/** Whether a run meets a goal; null when it did not measure it. */
export function isMet({ part, key, bound }: Goal, run: Result): boolean | null {
  const value = run[part][key];
  if (value === undefined) return null;
  return 'atLeast' in bound ? value >= bound.atLeast : value <= bound.atMost;
}
