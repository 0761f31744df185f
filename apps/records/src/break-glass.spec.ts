import type { Calendar } from '@concordat/clocks';
import { askedProblems, endOf, mustBeReviewable, reviewBy, waitAfter } from './break-glass';

const rules = {
  minutes: 60,
  atMostMinutes: 240,
  attemptsPerHour: 3,
  reviewWithinWorkingDays: 1,
  grounds: [{ code: 'life-at-risk' }],
  outcomes: [{ code: 'justified' }],
};

describe('an emergency opening', () => {
  it('has a ground of the pack, and lasts no longer than it allows', () => {
    expect(askedProblems({ ground: 'life-at-risk' }, rules)).toEqual([]);
    expect(askedProblems({ ground: 'life-at-risk', minutes: 240 }, rules)).toEqual([]);
    expect(askedProblems({ ground: 'curiosity', minutes: 241 }, rules).map((p) => `${p.field} ${p.code}`)).toEqual([
      'ground not-in-list',
      'minutes too-large',
    ]);
  });

  it('ends after the time asked for, or the pack’s', () => {
    const now = new Date('2026-11-28T10:00:00.000Z');
    expect(endOf({ ground: 'x' }, rules, now)).toEqual(new Date('2026-11-28T11:00:00.000Z'));
    expect(endOf({ ground: 'x', minutes: 15 }, rules, now)).toEqual(new Date('2026-11-28T10:15:00.000Z'));
  });

  it('is reviewed within a working day, which no weekend and no bank holiday is', () => {
    const hours = { monday: [['09:00', '17:00']], friday: [['09:00', '17:00']] } as unknown as Calendar['hours'];
    const calendar: Calendar = { id: 'office', bankHolidays: 'england-and-wales', hours };
    const by = (now: string): string => reviewBy(rules, calendar, new Date(now)).toISOString();
    expect(by('2026-11-27T21:40:00.000Z')).toBe('2026-11-30T23:59:59.999Z');
    expect(by('2027-04-30T10:00:00.000Z')).toBe('2027-05-04T22:59:59.999Z');
  });

  it('is tried no more often within an hour than the pack allows', () => {
    expect(waitAfter({ count: 3, oldestSecondsAgo: 0 }, rules)).toBeNull();
    expect(waitAfter({ count: 4, oldestSecondsAgo: 3_000.2 }, rules)).toBe(600);
    expect(waitAfter({ count: 4, oldestSecondsAgo: 3_600 }, rules)).toBe(1);
  });

  it('is reviewed once, by somebody else', () => {
    expect(() => mustBeReviewable({ userId: 'tomas', reviewedAt: null }, 'kit')).not.toThrow();
    expect(() => mustBeReviewable({ userId: 'kit', reviewedAt: null }, 'kit')).toThrow('Somebody else');
    expect(() => mustBeReviewable({ userId: 'tomas', reviewedAt: new Date() }, 'kit')).toThrow('already');
  });
});
