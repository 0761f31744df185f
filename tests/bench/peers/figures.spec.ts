import { figuresOf, type Round } from './figures';

const rounds = (...perSecond: number[]): Round[] =>
  perSecond.map((n) => ({
    ...{ perSecond: n, p50: 1, p95: 2, p99: 10 / n, max: 4, done: 5, refused: 0, nodeMs: 1, postgresMs: 2 },
  }));
const every = (...perSecond: number[]) => ({
  ...{ create: rounds(...perSecond), read: rounds(...perSecond) },
  ...{ list: rounds(...perSecond), search: rounds(...perSecond) },
});

it('the others are a baseline, and ours is told as a multiple of each and a share of each limit', () => {
  const { metrics, baseline, ratio } = figuresOf(
    [{ name: 'ours' }, { name: 'parse' }],
    {
      by: { ours: every(50, 400, 100), parse: every(20, 10, 30) },
      limits: { 'pgbench read': [900, 1_000, 1_100], 'fastify http': [5_000] },
      ...{ startMs: { ours: 300, parse: 600 }, idleMb: { ours: 90, parse: 100 }, peakMb: { ours: 200, parse: 100 } },
    },
    { rows: 7 },
  );
  expect(metrics).toMatchObject({ rows: 7, 'read perSecond': 100, 'read nodeMs': 1, 'read postgresMs': 2 });
  expect(baseline).toMatchObject({ 'parse read perSecond': 20, 'pgbench read': 1_000, 'fastify http': 5_000 });
  expect(ratio).toMatchObject({ 'read to parse': 5, 'read of pgbench': 0.1, 'create p99 to parse': 0.2 });
  expect(ratio).toMatchObject({ 'startMs to parse': 0.5, 'idleMb to parse': 0.9, 'peakMb to parse': 2 });
  expect(Object.keys(ratio).filter((key) => key.includes('http'))).toEqual([]);
});
