import type { ActRow, EffectRow, Evidence, OutboxRow, TopicRecord } from '../evidence/evidence';
import type { Ended, Kind, Line, Sent } from '../load/history';

/** Builds lines of a client ledger by hand. */
export class HandMade {
  readonly lines: Line[] = [];
  private n = 0;

  attempt(kind: Kind, key: string, at: number, end: Partial<Ended> & Pick<Ended, 'outcome'>): this {
    const sent: Sent = { what: 'sent', n: ++this.n, at, client: 0, kind, key, actor: 'hana', subject: 'r1' };
    this.lines.push(sent, { what: 'ended', n: this.n, at: at + 5, status: end.outcome === 'ok' ? 200 : 0, ...end });
    return this;
  }
}

const event = (version: number, corr: string): OutboxRow => ({
  context: 'referrals',
  seq: BigInt(version),
  eventId: `e${version}`,
  stream: 's1',
  version: BigInt(version),
  topic: 'referrals.events',
  partition: 3,
  published: true,
  type: 'referrals.referral-rated.v1',
  corr,
  cause: null,
  digest: `d${version}`,
});

const act = (n: number, corr: string, more: Partial<ActRow> = {}): ActRow => ({
  context: 'referrals',
  id: `a${n}`,
  seq: BigInt(n),
  published: true,
  action: 'referral.rate',
  outcome: 'done',
  actor: 'hana',
  corr,
  cause: null,
  objects: ['r1'],
  subjects: [],
  at: n,
  ...more,
});

const record = (version: number): TopicRecord => ({
  topic: 'referrals.events',
  partition: 3,
  offset: BigInt(version),
  eventId: `e${version}`,
  stream: 's1',
  version: BigInt(version),
  digest: `d${version}`,
});

const actRecord = (n: number): TopicRecord => ({
  ...record(n),
  topic: 'referrals.acts',
  eventId: `a${n}`,
  stream: 'acts',
  digest: '',
});

const effect = (seq: number): EffectRow => ({
  consumer: 'records',
  seq: BigInt(seq),
  source: 'referrals',
  stream: 's1',
  version: BigInt(seq),
  eventId: `e${seq}`,
});

const receipt = (version: number) => ({
  auditId: `a${version}`,
  streamId: 's1',
  version,
  digest: `d${version}`,
});

/** A small run in which every invariant holds: two commands done, one refused, one read; all of it applied and sealed. */
export function sound(): Evidence {
  const history = new HandMade()
    .attempt('submit', 'k1', 0, { outcome: 'unknown' })
    .attempt('submit', 'k1', 10, { outcome: 'ok', receipt: receipt(1) })
    .attempt('rate', 'k2', 20, { outcome: 'ok', receipt: receipt(2) })
    .attempt('rate', 'k3', 30, { outcome: 'fail', status: 409, code: 'referral.changed' })
    .attempt('read', 'k4', 40, { outcome: 'ok', auditEntry: 'a4', shown: ['r1'] });
  history.lines.push({ what: 'kept', at: 60, checkpoint: 'log\n2\nroot\n' });
  return {
    history: history.lines,
    streams: [{ context: 'referrals', stream: 's1', version: 2n }],
    outbox: [event(1, 'k1'), event(2, 'k2')],
    topics: [record(1), record(1), record(2), actRecord(1), actRecord(2), actRecord(3), actRecord(4)],
    acts: [
      act(1, 'k1'),
      act(2, 'k2'),
      act(3, 'k3', { outcome: 'failed' }),
      act(4, 'k4', { action: 'referral.view', objects: ['r1', 'r2'] }),
    ],
    cursors: [{ consumer: 'records', source: 'referrals', stream: 's1', last: 2n, parked: null }],
    effects: [effect(1), effect(2)],
    handled: [{ consumer: 'records', type: 'referrals.referral-rated.v1' }],
    waiting: [{ consumer: 'records', rows: 0 }],
    keys: [
      { context: 'referrals', actor: 'hana', key: 'k1' },
      { context: 'referrals', actor: 'hana', key: 'k2' },
    ],
    folds: [{ name: 'cases', expected: ['c1'], found: ['c1'] }],
    clocks: [
      { referral: 'r1', dueAt: 1_000, stoppedAt: null, firedAt: [9_000], firedStopped: 0 },
      { referral: 'r2', dueAt: 1_000, stoppedAt: 500, firedAt: [], firedStopped: 0 },
    ],
    register: [
      { id: 'd1', dueAt: 1_000, firedAt: 9_000, pending: false, firings: 1 },
      { id: 'd2', dueAt: 1_000, firedAt: null, pending: false, firings: 0 },
    ],
    outages: [],
    webhooks: {
      expected: ['msg_e2'],
      got: [
        { id: 'msg_e2', digest: 'b2', verified: true },
        { id: 'msg_e2', digest: 'b2', verified: true },
      ],
      taken: ['msg_e2'],
    },
    takenAt: 60_000,
    ledger: {
      verifier: { code: 0, says: '' },
      askedAt: 1_000,
      entries: ['a1', 'a2', 'a3', 'a4'],
      differing: [],
      lostCheckpoints: [],
    },
    searched: [{ place: 'logs', bytes: 10, found: [] }],
    canariesAtHome: 3,
    faults: [{ says: 'kill referrals', trouble: null }],
    restless: null,
  };
}
