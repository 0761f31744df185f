import type { Edge } from './fault';
import type { Line } from './load/history';
import { costs, outagesOf } from './outages';
import type { Inflicted } from './platform/inflict';

const inflicted = (from: number, to: number, target: 'referrals' | 'redis' = 'referrals'): Inflicted => ({
  fault: { kind: 'kill', target, downMs: 0 },
  says: `kill ${target}`,
  from,
  to,
  trouble: null,
});
const done = (at: number): Line => ({
  what: 'ended',
  n: at,
  at,
  outcome: 'ok',
  status: 200,
  receipt: { auditId: 'a' },
});

describe('costs', () => {
  it('is the longest time around a fault in which nothing got done', () => {
    // The harness's clock stood at 1,000 when the load began, which was at 50,000 of the system's.
    const lines = [1_000, 1_100, 1_200, 4_200, 4_300].map(done);
    const [cost] = costs(lines, [inflicted(50_300, 51_000)], 50_000, 1_000);
    expect(cost).toEqual({ says: 'kill referrals', atSecond: 0.3, outageMs: 3_000 });
  });

  it('is nothing where the clients only thought', () => {
    const lines = [0, 100, 200, 300, 400].map(done);
    expect(costs(lines, [inflicted(100, 300)], 0, 0)[0]?.outageMs).toBe(0);
  });
});

describe('outagesOf', () => {
  it('names what keeps a clock from being passed, and leaves out what does not', () => {
    const cut = (edge: Edge): Inflicted => ({
      ...inflicted(5, 6),
      fault: { kind: 'network', edge, does: { effect: 'reset' }, forMs: 1 },
    });
    const others = [
      inflicted(3, 4, 'redis'),
      cut('referrals->kafka'),
      cut('client->referrals'),
      cut('records->postgres'),
    ];
    const outages = outagesOf([inflicted(1, 2), ...others]);
    expect(outages).toEqual([{ what: 'kill referrals', from: 1, to: 5_002 }]);
  });
});
