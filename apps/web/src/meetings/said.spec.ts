import { dueWords, lengthOf, standing, timesOf } from './said';

const meeting = {
  state: 'planned',
  cutOffOn: '2026-11-22',
  researchBy: '2026-11-28',
  minutesBy: '2026-12-03',
} as const;
const words = (more: object, today = '2026-11-20') => dueWords({ ...meeting, emergencyReason: null, ...more }, today);

describe('what a meeting says of its days', () => {
  it('says what is still to come, and nothing of what is over', () => {
    expect(words({})).toBe(
      'Referrals close on 22 November 2026, research is due by 28 November 2026, minutes are due by 3 December 2026.',
    );
    expect(words({ state: 'agenda-issued' })).toBe(
      'Research is due by 28 November 2026, minutes are due by 3 December 2026.',
    );
    expect(words({ state: 'in-session', minutesBy: null })).toBe('');
    expect(words({ state: 'minutes-draft' })).toBe('Minutes are due by 3 December 2026.');
    expect(words({ state: 'closed' })).toBe('');
    expect(words({ state: 'planned', emergencyReason: 'Tonight' })).not.toContain('Referrals');
  });

  it('does not call a meeting open for referrals that takes none any more', () => {
    expect([standing(meeting, '2026-11-22'), standing(meeting, '2026-11-23')]).toEqual([
      'Planned, open for referrals',
      'Planned',
    ]);
    expect(words({}, '2026-11-22')).toContain('Referrals close on');
    expect(words({}, '2026-11-23')).toBe(
      'Referrals closed on 22 November 2026: a case that is referred now waits for the next meeting. ' +
        'Research is due by 28 November 2026, minutes are due by 3 December 2026.',
    );
  });

  it('says how long an agenda takes against its time box', () => {
    expect(lengthOf(16, 15)).toBe('16 cases, 15 minutes for each: 4 hours.');
    expect(lengthOf(1, 15)).toBe('1 case, 15 minutes for each: 15 minutes.');
    expect(lengthOf(5, 15)).toBe('5 cases, 15 minutes for each: 1 hour 15 minutes.');
    expect(timesOf(4, '09:30', 15)).toEqual(['09:30', '09:45', '10:00', '10:15']);
    expect(timesOf(2, '23:50', 20)).toEqual(['23:50', '00:10']);
  });
});
