import { askedProblems, endOf, mustBeReviewable, waitAfter } from './break-glass';

const rules = {
  minutes: 60,
  atMostMinutes: 240,
  attemptsPerHour: 3,
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
