import type { Evidence } from '../evidence/evidence';
import { check, isGreen } from './check';
import { HandMade, sound } from './sound.testing';

/** Ids of the invariants that do not hold after `change` was made to a sound run. */
function broken(change: (evidence: Evidence) => Partial<Evidence>): string[] {
  const evidence = sound();
  return check({ ...evidence, ...change(evidence) })
    .filter((f) => f.verdict === 'broken' || f.verdict === 'blind')
    .map((f) => f.id);
}

/** The history in which the rating was answered with a receipt of an act alone, or with none. */
const withReceipt = ({ history }: Evidence, auditId: string | undefined): Evidence['history'] =>
  history.map((l) => {
    if (l.what !== 'ended' || l.receipt?.version !== 2) return l;
    const { receipt: _, ...rest } = l;
    return auditId === undefined ? rest : { ...rest, receipt: { auditId } };
  });

describe('the checker', () => {
  it('takes a rating that changed nothing for what it is', () => {
    const evidence = sound();
    const { lines } = new HandMade().attempt('rate', 'k5', 50, { outcome: 'ok', receipt: { auditId: 'a2' } });
    const later = lines.map((l) => ('n' in l ? { ...l, n: l.n + 100 } : l));
    const findings = check({ ...evidence, history: [...evidence.history, ...later] });
    expect(findings.find((f) => f.id === 'I1')?.verdict).toBe('held');
  });

  it('finds nothing wrong with a sound run', () => {
    const findings = check(sound());
    expect(findings.map((f) => `${f.id} ${f.verdict}`)).toEqual([
      ...Array.from({ length: 13 }, (_, i) => `I${i + 1} held`),
      'L1 held',
      'L2 held',
      'L3 held',
    ]);
    expect(isGreen(findings)).toBe(true);
  });

  it.each<[string, string[], (e: Evidence) => Partial<Evidence>]>([
    ['an acknowledged event is gone', ['I1', 'I4', 'I5', 'I6'], (e) => ({ outbox: e.outbox.slice(0, 1) })],
    [
      'an acknowledged event has other bytes',
      ['I1', 'I5'],
      (e) => ({ outbox: e.outbox.map((r) => ({ ...r, digest: 'other' })) }),
    ],
    [
      'an acknowledged version is of another command',
      ['I1'],
      (e) => ({ outbox: e.outbox.map((r) => ({ ...r, corr: r.version === 2n ? 'k9' : r.corr })) }),
    ],
    ['an acknowledged command has no receipt', ['I1', 'I8'], (e) => ({ history: withReceipt(e, undefined) })],
    ['a receipt says that nothing changed, and an event does', ['I1'], (e) => ({ history: withReceipt(e, 'a2') })],
    [
      'a receipt says that nothing changed, and no act is on record',
      ['I1', 'I8'],
      (e) => ({ history: withReceipt(e, 'a9') }),
    ],
    [
      'a refused command published',
      ['I2'],
      (e) => ({
        outbox: e.outbox.map((r) => ({ ...r, corr: r.version === 2n ? 'k3' : r.corr })),
        history: e.history.filter((l) => l.what !== 'sent' || l.key !== 'k2'),
      }),
    ],
    [
      'a refused command has a reply under its key',
      ['I2'],
      (e) => ({ keys: [...e.keys, { context: 'referrals', actor: 'hana', key: 'k3' }] }),
    ],
    [
      'a key took effect twice',
      ['I3'],
      (e) => ({
        acts: e.acts.map((a) => (a.id === 'a4' ? { ...a, corr: 'k2' } : a)),
        history: e.history.filter((l) => l.what !== 'sent' || l.key !== 'k4'),
      }),
    ],
    ['a version is missing', ['I1', 'I4', 'I5', 'I6'], (e) => ({ outbox: e.outbox.slice(1) })],
    [
      'an act has no number',
      ['I4'],
      (e) => ({ acts: e.acts.map((a) => ({ ...a, seq: a.seq === 2n ? null : a.seq })) }),
    ],
    ['a row was never sent', ['I5'], (e) => ({ outbox: e.outbox.map((r) => ({ ...r, published: r.version !== 2n })) })],
    ['a row is not on the topic', ['I5'], (e) => ({ topics: e.topics!.filter((t) => t.eventId !== 'e2') })],
    [
      'a topic has it out of order',
      ['I5'],
      (e) => ({ topics: [e.topics![2]!, ...e.topics!.filter((_, i) => i !== 2)] }),
    ],
    [
      'a topic has what no outbox has',
      ['I5'],
      (e) => ({ topics: [...e.topics!, { ...e.topics![2]!, eventId: 'e9', version: 3n }] }),
    ],
    ['an event was applied twice', ['I6'], (e) => ({ effects: [...e.effects, { ...e.effects[1]!, seq: 3n }] })],
    ['an event was not applied', ['I6'], (e) => ({ effects: e.effects.slice(0, 1) })],
    [
      'events were applied out of order',
      ['I6'],
      (e) => ({ effects: e.effects.map((x) => ({ ...x, seq: 10n - x.seq })) }),
    ],
    ['a cursor is behind', ['I6'], (e) => ({ cursors: e.cursors.map((c) => ({ ...c, last: 1n })) })],
    ['a stream is parked', ['I6'], (e) => ({ cursors: e.cursors.map((c) => ({ ...c, parked: 'handler.failed' })) })],
    ['events wait in an inbox', ['I6'], () => ({ waiting: [{ consumer: 'records', rows: 1 }] })],
    ['a copy lacks something', ['I6'], () => ({ folds: [{ name: 'cases', expected: ['c1'], found: [] }] })],
    ['a copy has too much', ['I6'], () => ({ folds: [{ name: 'cases', expected: ['c1'], found: ['c1', 'c1'] }] })],
    [
      'the ledger does not verify',
      ['I7'],
      (e) => ({ ledger: { ...e.ledger!, verifier: { code: 1, says: 'NOT_INCLUDED' } } }),
    ],
    ['an entry says something else', ['I7'], (e) => ({ ledger: { ...e.ledger!, differing: ['a2'] } })],
    [
      'the last entries are cut off',
      ['I7', 'I8'],
      (e) => ({ ledger: { ...e.ledger!, entries: e.ledger!.entries.slice(0, 3) } }),
    ],
    [
      'a checkpoint held elsewhere is not contained',
      ['I8'],
      (e) => ({ ledger: { ...e.ledger!, lostCheckpoints: ['INCONSISTENT'] } }),
    ],
    ['no checkpoint was kept', ['I8'], (e) => ({ history: e.history.filter((l) => l.what !== 'kept') })],
    ['there is no ledger', ['I7', 'I8'], () => ({ ledger: null })],
    [
      'a deadline fired twice',
      ['I9'],
      () => ({ clocks: [{ referral: 'r1', dueAt: 0, stoppedAt: null, firedAt: [1, 2], firedStopped: 0 }] }),
    ],
    [
      'a deadline fired early',
      ['I9'],
      () => ({ clocks: [{ referral: 'r1', dueAt: 10, stoppedAt: null, firedAt: [9], firedStopped: 0 }] }),
    ],
    [
      'a deadline fired late',
      ['I9'],
      () => ({ clocks: [{ referral: 'r1', dueAt: 10, stoppedAt: null, firedAt: [20_000], firedStopped: 0 }] }),
    ],
    [
      'a deadline never fired',
      ['I9'],
      () => ({ clocks: [{ referral: 'r1', dueAt: 10, stoppedAt: null, firedAt: [], firedStopped: 0 }] }),
    ],
    [
      'a deadline fired after it was stopped',
      ['I9'],
      () => ({ clocks: [{ referral: 'r1', dueAt: 10, stoppedAt: 12, firedAt: [13], firedStopped: 1 }] }),
    ],
    ['no deadline was due', ['I9'], () => ({ clocks: [], register: [] })],
    ...(
      [
        ['never fired', { firedAt: null, pending: true, firings: 0 }],
        ['fired twice', { firedAt: 9, pending: false, firings: 2 }],
        ['fired without an event', { firedAt: 9, pending: false, firings: 0 }],
        ['fired early', { firedAt: 4, pending: false, firings: 1 }],
      ] as const
    ).map(([what, row]): [string, string[], () => Partial<Evidence>] => [
      `a deadline of the register ${what}`,
      ['I9'],
      () => ({ register: [{ id: 'd', dueAt: 5, ...row }] }),
    ]),
    ['a webhook was never taken', ['I11'], (e) => ({ webhooks: { ...e.webhooks, taken: [] } })],
    [
      'a webhook came twice with different bodies',
      ['I11'],
      (e) => ({ webhooks: { ...e.webhooks, got: e.webhooks.got.map((g, i) => ({ ...g, digest: `b${i}` })) } }),
    ],
    [
      'an event came under two ids',
      ['I11'],
      (e) => ({
        webhooks: { ...e.webhooks, got: [...e.webhooks.got, { id: 'msg_e3', digest: 'b2', verified: true }] },
      }),
    ],
    [
      'a webhook is signed by another key',
      ['I11'],
      (e) => ({ webhooks: { ...e.webhooks, got: e.webhooks.got.map((g) => ({ ...g, verified: false })) } }),
    ],
    ['there was nothing to tell by webhook', ['I11'], (e) => ({ webhooks: { ...e.webhooks, expected: [] } })],
    [
      'a read left no act',
      ['I10'],
      (e) => ({ acts: e.acts.map((a) => (a.id === 'a4' ? { ...a, corr: 'other' } : a)) }),
    ],
    [
      'a read showed what its act does not name',
      ['I10'],
      (e) => ({ acts: e.acts.map((a) => ({ ...a, objects: ['r2'] })) }),
    ],
    [
      'a refusal left no act',
      ['I10'],
      (e) => ({ acts: e.acts.map((a) => ({ ...a, corr: a.corr === 'k3' ? 'x' : a.corr })) }),
    ],
    ['a canary is in a log', ['I12'], () => ({ searched: [{ place: 'logs', bytes: 10, found: ['name 3'] }] })],
    ['the canaries are nowhere at all', ['I12'], () => ({ canariesAtHome: 0 })],
    [
      'a later command has the lower version',
      ['I13'],
      (e) => ({ history: e.history.map((l) => (l.what === 'sent' && l.key === 'k1' ? { ...l, at: 27 } : l)) }),
    ],
    [
      'a command was never settled',
      ['L1'],
      (e) => ({
        history: [
          ...e.history,
          ...new HandMade().attempt('note', 'k5', 50, { outcome: 'unknown' }).lines.map((l) => ({ ...l, n: 99 })),
        ],
      }),
    ],
    ['nobody knows what a consumer handles', ['I6'], () => ({ handled: [] })],
    ['nothing was searched', ['I12'], () => ({ searched: [] })],
    ['no fault was inflicted', ['L3'], () => ({ faults: [] })],
    [
      'faults came to nothing',
      ['L3'],
      () => ({ faults: [{ says: 'kill redis', trouble: 'it could not be started' }] }),
    ],
    ['something never came to rest', ['L2'], () => ({ restless: 'the relay of referrals' })],
  ])('%s: %s', (_, expected, change) => {
    expect(broken(change)).toEqual(expected);
  });

  it('counts an outage against a deadline once, however many overlap', () => {
    const late = (outages: Evidence['outages']) =>
      broken(() => ({
        clocks: [{ referral: 'r1', dueAt: 0, stoppedAt: null, firedAt: [21_000], firedStopped: 0 }],
        outages,
      }));
    expect(late([{ what: 'postgres', from: 0, to: 7_000 }])).toEqual([]);
    expect(late([{ what: 'postgres', from: 0, to: 5_000 }])).toEqual(['I9']);
    expect(
      late([
        { what: 'postgres', from: 0, to: 4_000 },
        { what: 'referrals', from: 0, to: 4_000 },
      ]),
    ).toEqual(['I9']);
  });
});
