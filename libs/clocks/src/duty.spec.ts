import { type Duty, dutyState, dutyStates, type Extension, mayNotExtend } from './duty';
import { dueDay, dueRange, rangeOf, type TimeLimit } from './time-limit';

const duty = (limit: TimeLimit, more: Partial<Duty> = {}): Duty => ({
  ...{ force: 'guidance', pausable: [], pauseEffect: 'none' },
  ...limit,
  ...more,
});
const months = (value: number, mode: TimeLimit['mode'] = 'after'): TimeLimit => ({ unit: 'month', value, mode });
const working = (value: number): TimeLimit => ({ unit: 'workingDay', value, mode: 'after' });

const DHR_1 = duty(months(1), { force: 'unverified' });
const DHR_2 = duty(months(6), {
  force: 'unverified',
  pausable: ['criminal', 'coroner'],
  pauseEffect: 'needsExtension',
  approvers: ['panel', 'csp'],
});
const OWHR_1 = duty(months(1, 'beginningWith'), { force: 'law' });
const OWHR_2 = duty({ unit: 'asap', mode: 'after' }, { force: 'law' });
const ASB_L = duty(working(10), { force: 'local', pausable: ['family'], pauseEffect: 'stop' });

describe('domain/statutory-reviews.md §13', () => {
  it('1. DHR: a criminal pause does not move the date; a late extension does, and its gap stays overdue', () => {
    expect(dueDay(DHR_1, '2025-01-31')).toBe('2025-02-28');
    const pauses = [{ reason: 'criminal', from: '2025-08-01', to: '2025-11-20' }] as const;
    const facts = { anchors: ['2025-06-02'], pauses };
    const viewed = dutyState(DHR_2, facts, '2025-12-03');
    expect(viewed).toMatchObject({ status: 'overdue', due: { latest: '2025-12-02' }, daysOverOriginal: 1 });
    expect(dutyState(DHR_2, facts, '2025-12-02').status).toBe('running');
    expect(dutyState(DHR_2, facts, '2025-08-01').paused).toBe(true);
    expect(dutyState(DHR_2, facts, '2025-11-20').paused).toBe(false);

    const agreed: Extension = {
      ...{ old: '2025-12-02', new: '2026-03-31', reason: 'The trial', approvers: ['panel', 'csp'] },
      agreedOn: '2025-12-05',
    };
    expect(mayNotExtend(DHR_2, dutyState(DHR_2, facts, '2025-12-05'), agreed, '2025-12-05')).toBeNull();
    const after = dutyState(DHR_2, { ...facts, extensions: [agreed] }, '2025-12-05');
    expect(after).toMatchObject({ status: 'running', dates: ['2025-12-02', '2026-03-31'], lateAgreed: true });
    expect(after.gaps).toEqual([{ from: '2025-12-03', to: '2025-12-05', days: 3 }]);
    expect(dutyState(DHR_2, { ...facts, extensions: [agreed], doneOn: '2026-03-31' }, '2026-06-01')).toMatchObject({
      ...{ status: 'met', daysOverOriginal: 119 },
    });
  });

  it('2. OWHR: each partner has a month that begins with the day it became aware', () => {
    const aware = { police: '2026-03-05', council: '2026-03-12', icb: '2026-03-31' };
    const parties = Object.fromEntries(Object.entries(aware).map(([party, day]) => [party, { anchors: [day] }]));
    const states = dutyStates(OWHR_1, parties, '2026-04-04');
    expect(Object.values(states).map((s) => s.due?.latest)).toEqual(['2026-04-04', '2026-04-11', '2026-04-30']);
    const sent = dutyState(OWHR_1, { anchors: ['2026-03-05'], doneOn: '2026-04-04' }, '2026-04-05');
    expect(sent).toMatchObject({ status: 'met', daysUsed: 31, daysAllowed: 31, daysOverOriginal: 0 });
    expect(dutyState(OWHR_2, { anchors: ['2026-04-04'] }, '2030-01-01')).toMatchObject({
      ...{ status: 'running', due: null, daysUsed: 1368, daysAllowed: null },
    });
  });

  it('4. working days over Easter and the early May holiday', () => {
    expect(dueDay(working(5), '2025-04-16')).toBe('2025-04-25');
    expect(dueDay(working(15), '2025-04-25')).toBe('2025-05-19');
  });

  it('7. s.17A: data of a period is due by the end of the next', () => {
    const drop = duty({ unit: 'period', value: 3, mode: 'after' }, { force: 'law' });
    for (const anchor of ['2026-01-01', '2026-03-31']) expect(dueDay(drop, anchor)).toBe('2026-06-30');
    expect(dueDay(drop, '2006-12-31')).toBe('2007-03-31');
    expect(dutyState(drop, { anchors: ['2026-03-31'], doneOn: '2026-07-01' }, '2026-08-01').status).toBe('metLate');
    expect(dutyState(drop, { anchors: ['2026-03-31'], doneOn: '2026-06-30' }, '2026-08-01').status).toBe('met');
  });
});

describe('§3.1 arithmetic', () => {
  it.each([
    ['2026-03-05', '2026-04-04'],
    ['2026-01-29', '2026-02-28'],
    ['2026-01-30', '2026-02-28'],
    ['2026-01-31', '2026-02-28'],
    ['2026-01-28', '2026-02-27'],
  ])('rule 1: a month beginning with %s ends on %s', (anchor, due) => {
    expect(dueDay(months(1, 'beginningWith'), anchor)).toBe(due);
  });

  it('rule 2: months after, and the months that lack the day', () => {
    expect(dueDay(months(6), '2026-08-31')).toBe('2027-02-28');
    expect(dueDay(months(6), '2027-08-31')).toBe('2028-02-29');
  });

  it('days: the anchor is day 1, or the day after it is', () => {
    expect(dueDay({ unit: 'calendarDay', value: 28, mode: 'beginningWith' }, '2026-02-01')).toBe('2026-02-28');
    expect(dueDay({ unit: 'calendarDay', value: 28, mode: 'after' }, '2026-02-01')).toBe('2026-03-01');
  });

  it.each([
    { unit: 'month', value: 0, mode: 'after' },
    { unit: 'month', mode: 'after' },
    { unit: 'workingDay', value: 1.5, mode: 'after' },
    { unit: 'calendarDay', value: 10_001, mode: 'after' },
    { unit: 'workingDay', value: 5, mode: 'beginningWith' },
  ] as TimeLimit[])('refuses %j', (limit) => {
    expect(() => dueDay(limit, '2026-01-01')).toThrow(RangeError);
  });

  it('rule 7: a month-only date has an earliest and a latest day, and is not overdue before the latest', () => {
    expect(rangeOf('2028-02')).toEqual({ earliest: '2028-02-01', latest: '2028-02-29' });
    expect(rangeOf('2026')).toEqual({ earliest: '2026-01-01', latest: '2026-12-31' });
    expect(() => rangeOf('2026-02-30')).toThrow(RangeError);
    expect(() => rangeOf('2026-13')).toThrow(RangeError);
    expect(dueRange(DHR_1, '2026-01')).toEqual({ earliest: '2026-02-01', latest: '2026-02-28' });
    const on = (today: string) => dutyState(DHR_1, { anchors: ['2026-01'] }, today);
    expect(on('2026-02-01')).toMatchObject({ status: 'running', mayBeLate: false });
    expect(on('2026-02-02')).toMatchObject({ status: 'running', mayBeLate: true });
    expect(on('2026-03-01')).toMatchObject({ status: 'overdue', mayBeLate: false });
  });

  it('rule 7: a corrected anchor is computed again, and both dates are kept', () => {
    const state = dutyState(DHR_1, { anchors: ['2026-01-10', '2026-01-20'] }, '2026-02-15');
    expect(state).toMatchObject({ status: 'running', due: { latest: '2026-02-20' } });
    expect(state.formerly).toEqual([
      { anchor: '2026-01-10', original: { earliest: '2026-02-10', latest: '2026-02-10' } },
    ]);
  });

  it('rule 7: a corrected anchor never brings an agreed date forward', () => {
    const extensions = [
      { old: '2026-07-10', new: '2026-09-01', reason: 'x', approvers: ['panel', 'csp'], agreedOn: '2026-07-01' },
    ];
    const due = (anchor: string) =>
      dutyState(DHR_2, { anchors: ['2026-01-10', anchor], extensions }, '2026-08-01').due?.latest;
    expect([due('2025-12-01'), due('2026-04-15')]).toEqual(['2026-09-01', '2026-10-15']);
  });

  it('rules 7 and 8: unanchored and not applicable are neither running nor overdue', () => {
    expect(dutyState(DHR_1, { anchors: [] }, '2026-01-01')).toMatchObject({ status: 'unanchored', due: null });
    expect(dutyState(DHR_1, { anchors: ['2020-01-01'], applies: false }, '2026-01-01').status).toBe('notApplicable');
  });

  it('rule 8: done is measured against the latest date, and days against the original', () => {
    const state = dutyState(DHR_1, { anchors: ['2026-01-10'], doneOn: '2026-02-13' }, '2027-01-01');
    expect(state).toMatchObject({ status: 'metLate', daysUsed: 34, daysAllowed: 31, daysOverOriginal: 3 });
  });
});

describe('§3.1 rule 6: extensions', () => {
  const state = dutyState(DHR_2, { anchors: ['2025-06-02'] }, '2025-11-01');
  const asked = (more: Partial<Extension> = {}): Extension => ({
    ...{ old: '2025-12-02', new: '2026-03-31', reason: 'x', approvers: ['panel', 'csp'], agreedOn: '2025-11-01' },
    ...more,
  });
  it.each([
    [{}, null],
    [{ approvers: ['panel'] }, 'approvers-missing'],
    [{ old: '2025-12-01' }, 'not-from-the-latest-date'],
    [{ new: '2025-12-02' }, 'not-later'],
    [{ agreedOn: '2025-11-02' }, 'agreed-in-future'],
  ] as const)('%j: %s', (more, reason) => {
    expect(mayNotExtend(DHR_2, state, asked(more), '2025-11-01')).toBe(reason);
  });

  it('are refused of a limit set by law, of one that is done, and of one without a date', () => {
    const due = dutyState(OWHR_1, { anchors: ['2026-03-05'] }, '2026-03-06');
    expect(mayNotExtend(OWHR_1, due, asked({ old: '2026-04-04' }), '2026-03-06')).toBe('law');
    const done = dutyState(DHR_2, { anchors: ['2025-06-02'], doneOn: '2025-07-01' }, '2025-11-01');
    expect(mayNotExtend(DHR_2, done, asked(), '2025-11-01')).toBe('done');
    expect(mayNotExtend(DHR_2, dutyState(DHR_2, { anchors: [] }, '2025-11-01'), asked(), '2025-11-01')).toBe('no-date');
  });

  it('never need nobody’s agreement', () => {
    const free = duty(months(6));
    expect(mayNotExtend(free, state, asked({ approvers: [] }), '2025-11-01')).toBe('approvers-missing');
  });
});

describe('§3.1 rule 9: pauses that stop a clock', () => {
  const due = (limit: Duty, pauses: Parameters<typeof dutyState>[1]['pauses'], today = '2026-12-31') =>
    dutyState(limit, { anchors: ['2026-06-01'], pauses: pauses ?? [] }, today).due?.latest;
  const family = (from: string, to?: string) => ({ reason: 'family' as const, from, ...(to ? { to } : {}) });
  const stopping = duty(months(1), { pausable: ['family'], pauseEffect: 'stop' });

  it('the first paused day does not count, the day of resuming does', () => {
    // Days 1 to 10 are 2 to 5, 8 to 12 and 15 June; 3 and 4 June are lost.
    expect(due(ASB_L, [])).toBe('2026-06-15');
    expect(due(ASB_L, [family('2026-06-03', '2026-06-05')])).toBe('2026-06-17');
    expect(due(stopping, [family('2026-06-03', '2026-06-05')])).toBe('2026-07-03');
  });

  it('overlapping pauses are merged, not added', () => {
    expect(due(stopping, [family('2026-06-03', '2026-06-10'), family('2026-06-08', '2026-06-13')])).toBe('2026-07-11');
  });

  it('one that starts after the due date has no effect; one on the due date has', () => {
    expect(due(stopping, [family('2026-07-02', '2026-08-01')])).toBe('2026-07-01');
    expect(due(stopping, [family('2026-07-01', '2026-07-03')])).toBe('2026-07-03');
  });

  it('days before the clock began do not move it', () => {
    expect(due(stopping, [family('2026-05-01', '2026-06-02')])).toBe('2026-07-01');
  });

  it('one that still runs keeps the clock from being overdue, and says that it is paused', () => {
    const state = dutyState(stopping, { anchors: ['2026-06-01'], pauses: [family('2026-06-20')] }, '2026-09-01');
    expect(state).toMatchObject({ status: 'running', paused: true, original: { latest: '2026-07-01' } });
    expect(state.daysOverOriginal).toBe(62);
  });

  it('a reason that the clock does not heed, or a clock that nothing pauses, is left alone', () => {
    expect(due(stopping, [{ reason: 'criminal', from: '2026-06-03', to: '2026-06-10' }])).toBe('2026-07-01');
    const law = dutyState(OWHR_1, { anchors: ['2026-03-05'], pauses: [family('2026-03-06')] }, '2026-04-05');
    expect(law).toMatchObject({ status: 'overdue', paused: false });
  });

  it('an agreed date takes in what was paused until it was agreed, and is moved by what comes after', () => {
    const local = duty(working(10), {
      pausable: ['family'],
      pauseEffect: 'stop',
      force: 'local',
      approvers: ['chair'],
    });
    const extensions = [
      { old: '2026-06-15', new: '2026-06-30', reason: 'x', approvers: ['chair'], agreedOn: '2026-06-12' },
    ];
    const at = (pauses: ReturnType<typeof family>[]) =>
      dutyState(local, { anchors: ['2026-06-01'], extensions, pauses }, '2026-12-01').due?.latest;
    expect(at([family('2026-06-03', '2026-06-05')])).toBe('2026-06-30');
    expect(at([family('2026-06-20', '2026-06-25')])).toBe('2026-07-05');
  });
});
