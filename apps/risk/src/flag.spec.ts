import { addDays } from '@concordat/clocks';
import { flagSteps } from '@concordat/contracts';
import fc from 'fast-check';
import { flagState, flagStep, flagUntil, mustBeFlagStep } from './flag';
import { repeatOf } from './repeat';

const on = (today: string, confirmed = true, removed = false) =>
  flagState({ expiresOn: '2025-03-10', confirmed, removed }, today);

describe('a flag', () => {
  it('worked example 3: stands on the anniversary, and is to be taken off the day after', () => {
    expect(flagUntil('2024-03-10', 12)).toBe('2025-03-10');
    expect([on('2025-03-10'), on('2025-03-11')]).toEqual(['confirmed', 'to-remove']);
    expect([on('2025-03-10', false), on('2025-03-11', false)]).toEqual(['requested', 'lapsed']);
    expect([on('2025-03-10', true, true), on('2025-03-11', false, true)]).toEqual(['removed', 'removed']);
    expect([flagUntil('2024-02-29', 12), flagUntil('2023-02-28', 12)]).toEqual(['2025-02-28', '2024-02-28']);
  });

  it('is confirmed while it runs and removed when it is over, and nothing else', () => {
    const states = ['requested', 'confirmed', 'to-remove', 'lapsed', 'removed'] as const;
    expect(states.map(flagStep)).toEqual(['confirm', null, 'remove', 'remove', null]);
    for (const state of states)
      for (const step of flagSteps) {
        const taking = () => mustBeFlagStep(state, step);
        if (flagStep(state) === step) expect(taking).not.toThrow();
        else expect(taking).toThrow('not open');
      }
  });

  it('stands on exactly the days on which further abuse would be a repeat', () => {
    const anchors = fc
      .date({ min: new Date('2015-01-01'), max: new Date('2035-12-31'), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 10));
    fc.assert(
      fc.property(anchors, fc.integer({ min: 1, max: 400 }), (anchor, after) => {
        const day = addDays(anchor, after);
        const found = repeatOf(
          { victim: 'v', perpetrators: ['p'], kind: 'other-abuse', at: new Date(`${day}T12:00:00Z`) },
          [{ id: 'r', victim: 'v', perpetrators: ['p'], referredOn: anchor }],
          { definition: 'current', anchor: 'last-referral', months: 12 },
        );
        const state = flagState({ expiresOn: flagUntil(anchor, 12), confirmed: true, removed: false }, day);
        expect([day, state === 'confirmed']).toEqual([day, found.repeat]);
      }),
    );
  });
});
