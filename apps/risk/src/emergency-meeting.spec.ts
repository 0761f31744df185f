import { instantOn } from '@concordat/clocks';
import * as fc from 'fast-check';
import { emergencyQuorum, wrongCall } from './emergency-meeting';

const PRACTICE = { noticeMinutes: 60, withinHours: 48 };
const codes = (heldOn: string, startsAt: string, now: string, reason = 'He is let out today') =>
  wrongCall({ heldOn, startsAt, reason }, PRACTICE, new Date(now)).map(({ code }) => code);

describe('an emergency meeting', () => {
  it('begins after the notice and within the hours of the pack, and says why', () => {
    expect(codes('2026-06-10', '11:00', '2026-06-10T09:00:00Z')).toEqual([]); // noon less one, in summer time
    expect(codes('2026-06-10', '10:59', '2026-06-10T09:00:00Z')).toEqual(['emergency.too-soon']);
    expect(codes('2026-06-12', '10:00', '2026-06-10T09:00:00Z')).toEqual([]);
    expect(codes('2026-06-12', '10:01', '2026-06-10T09:00:00Z')).toEqual(['emergency.too-late']);
    expect(codes('2026-06-10', '11:00', '2026-06-10T09:00:00Z', ' ')).toEqual(['required']);
  });

  it('counts hours that pass, also over the change of the clocks', () => {
    // 29 March 2026 has 23 hours: from Saturday noon, 48 hours are over on Monday at 13:00.
    expect(codes('2026-03-30', '13:00', '2026-03-28T12:00:00Z')).toEqual([]);
    expect(codes('2026-03-30', '13:01', '2026-03-28T12:00:00Z')).toEqual(['emergency.too-late']);
    // 25 October 2026 has 25: they are over at 11:00.
    expect(codes('2026-10-26', '11:00', '2026-10-24T11:00:00Z')).toEqual([]);
    expect(codes('2026-10-26', '11:01', '2026-10-24T11:00:00Z')).toEqual(['emergency.too-late']);
  });

  it('is never both too soon and too late, and any time between is neither', () => {
    fc.assert(
      fc.property(fc.integer({ min: -5_000, max: 5_000 }), (minutes) => {
        const begins = instantOn('2026-06-10', '12:00');
        const now = new Date(begins.getTime() - minutes * 60_000).toISOString();
        const expected = minutes < 60 ? ['emergency.too-soon'] : minutes > 2_880 ? ['emergency.too-late'] : [];
        expect(codes('2026-06-10', '12:00', now)).toEqual(expected);
      }),
    );
  });

  it('needs no more agencies than sit on the forum', () => {
    expect([emergencyQuorum({ quorum: 3 }, 2), emergencyQuorum({ quorum: 2 }, 6)]).toEqual([2, 2]);
  });
});
