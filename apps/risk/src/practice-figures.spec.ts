import { actionsOf, clocksOf, staffOf, type PracticeCounts } from './practice-figures';

const COUNTS: PracticeCounts = {
  ...{ minutesMet: 7, minutesMissed: 5, minutesRunning: 1, researchMet: 7, researchMissed: 3 },
  ...{ contactMet: 0, contactMissed: 0, actionsDone: 2, actionsNotPossible: 1, actionsNotDone: 1, actionsOpen: 2 },
};

describe('how a forum keeps to what it set', () => {
  it('counts what is met of what is over, and what still runs apart', () => {
    expect(clocksOf(COUNTS)).toEqual([
      { code: 'minutes', met: 7, missed: 5, running: 1, compliance: 58.3 },
      { code: 'research', met: 7, missed: 3, running: 0, compliance: 70 },
      { code: 'contact', met: 0, missed: 0, running: 0, compliance: null },
    ]);
  });

  it('measures actions that are done against all, and against those that were possible', () => {
    expect(actionsOf(COUNTS)).toEqual({ done: 2, notPossible: 1, notDone: 1, open: 2, ofAll: 33.3, ofPossible: 40 });
    const none = { ...COUNTS, actionsDone: 0, actionsNotDone: 0, actionsOpen: 0 };
    expect(actionsOf(none)).toMatchObject({ ofAll: 0, ofPossible: null });
  });

  it('says how many staff so many cases need, rounded once', () => {
    const staffing = [
      { code: 'idva', title: 'Advisers', casesPerYear: 100 },
      { code: 'coordinator', title: 'Coordinators', casesPerYear: 400 },
    ];
    const measure = { series: 'females', per: 10_000, recommended: 40 };
    // 71,250 people make 285 recommended cases: 2.85 advisers, which is 2.9, and 0.7125 coordinators.
    expect(staffOf({ staffing, measure }, 300, 71_250)).toEqual([
      { code: 'idva', title: 'Advisers', actual: 3, recommended: 2.9 },
      { code: 'coordinator', title: 'Coordinators', actual: 0.8, recommended: 0.7 },
    ]);
    expect(staffOf({ staffing, measure }, null, null).map(({ actual, recommended }) => [actual, recommended])).toEqual([
      [null, null],
      [null, null],
    ]);
    expect(staffOf({ measure }, 300, 71_250)).toEqual([]);
  });
});
