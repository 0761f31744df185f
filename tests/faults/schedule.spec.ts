import { failpoints } from '@concordat/platform';
import { describeFault, type Planned } from './fault';
import { schedule } from './schedule';

const plan = { seed: 7, seconds: 90, brokers: 1 as const };
const pointsIn = (planned: readonly Planned[]): string[] =>
  [...new Set(planned.flatMap(({ fault }) => (fault.kind === 'failpoint' ? [fault.point] : [])))].sort();

describe('schedule', () => {
  it('is replayed by its seed', () => {
    for (const mode of ['embedded', 'services'] as const) {
      expect(schedule({ ...plan, mode })).toEqual(schedule({ ...plan, mode }));
      expect(schedule({ ...plan, mode })).not.toEqual(schedule({ ...plan, mode, seed: 8 }));
    }
  });

  it('reaches, in 90 s, every failpoint that the mode has', () => {
    for (const seed of [1, 2, 3, 4, 5]) {
      const embedded = pointsIn(schedule({ ...plan, seed, mode: 'embedded' }));
      const services = pointsIn(schedule({ ...plan, seed, mode: 'services' }));
      expect(embedded).toEqual(failpoints.filter((p) => p !== 'before-offset-commit').sort());
      expect(services).toEqual(failpoints.filter((p) => p !== 'between-inboxes').sort());
    }
  });

  it('stays within the run, in order, with a little peace at both ends', () => {
    for (const mode of ['embedded', 'services'] as const) {
      for (const seconds of [10, 20, 90, 2_700]) {
        const times = schedule({ ...plan, seconds, mode }).map((p) => p.atMs);
        expect(times).toEqual([...times].sort((a, b) => a - b));
        expect(times[0]).toBeGreaterThanOrEqual(2_500);
        expect(times.at(-1)).toBeLessThan(seconds * 1000 - 500);
      }
    }
  });

  it('has more faults in a longer run, of every kind there is in the mode', () => {
    const long = schedule({ ...plan, seconds: 1_800, mode: 'services' });
    expect(long.length).toBeGreaterThan(300);
    expect([...new Set(long.map((p) => p.fault.kind))].sort()).toEqual([
      'failpoint',
      'flush-redis',
      'forget-offsets',
      'kill',
      'kill-backend',
      'network',
      'pause',
      'republish',
      'terminate',
      'usurp',
    ]);
    for (const { fault } of long) expect(describeFault(fault)).not.toContain('undefined');
  });
});
