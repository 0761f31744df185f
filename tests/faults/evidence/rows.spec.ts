import { clocksIn } from './rows';

const at = (second: number): string => new Date(second * 1000).toISOString();
const rated = (second: number, due: number | null) => ({
  what: 'rated',
  at: at(second),
  dueAt: due === null ? null : at(due),
});
const passed = (second: number, due: number) => ({ what: 'clock-passed', at: at(second), dueAt: at(due) });

describe('clocksIn', () => {
  it('gives each rating with a limit a clock, which the next step of triage stops', () => {
    const entries = [rated(1, 10), { what: 'noted', at: at(2) }, rated(3, 20), { what: 'decided', at: at(4) }];
    expect(clocksIn('r', entries)).toEqual([
      { referral: 'r', dueAt: 10_000, stoppedAt: 3_000, firedAt: [], firedStopped: 0 },
      { referral: 'r', dueAt: 20_000, stoppedAt: 4_000, firedAt: [], firedStopped: 0 },
    ]);
    expect(clocksIn('r', [rated(1, null)])).toEqual([]);
  });

  it('counts each firing to the clock that it names, also when that was stopped', () => {
    const entries = [rated(1, 10), passed(11, 10), passed(12, 10), rated(13, 20), passed(14, 10)];
    expect(clocksIn('r', entries)).toEqual([
      { referral: 'r', dueAt: 10_000, stoppedAt: 13_000, firedAt: [11_000, 12_000, 14_000], firedStopped: 1 },
      { referral: 'r', dueAt: 20_000, stoppedAt: null, firedAt: [], firedStopped: 0 },
    ]);
  });

  it('knows a firing before the step that stopped the clock by their order, though that step began earlier', () => {
    const entries = [rated(1, 10), passed(12, 10), { what: 'decided', at: at(11) }];
    expect(clocksIn('r', entries)).toEqual([
      { referral: 'r', dueAt: 10_000, stoppedAt: 11_000, firedAt: [12_000], firedStopped: 0 },
    ]);
  });

  it('counts a firing to the clock that runs when an earlier one was due in the same millisecond', () => {
    const entries = [rated(1, 10), rated(2, 30), rated(3, 10), passed(11, 10)];
    expect(clocksIn('r', entries).map((c) => c.firedAt)).toEqual([[], [], [11_000]]);
    expect(clocksIn('r', [...entries, passed(12, 10)]).at(-1)!.firedAt).toEqual([11_000, 12_000]);
  });
});
