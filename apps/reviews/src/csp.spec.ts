import { loadPacks } from '@concordat/packs';
import { join } from 'node:path';
import { dueAgain, standingOf, type DutyRecord } from './partnership-duty';
import { answersIn, dataProblems, dataRows, missingData, type DataEntry } from './review-data';

const packs = loadPacks(join(__dirname, '../../../packs/england-wales'));
const said = { by: 'jo', at: '2026-01-01T00:00:00.000Z' };

describe('a duty of the partnership (domain/statutory-reviews.md §11)', () => {
  const plan = packs.partnershipDuties('2026-11-28')!.duties.find(({ code }) => code === 'partnership-plan')!;
  const record = (number: number, doneOn: string, more: Partial<DutyRecord> = {}): DutyRecord => ({
    ...{ number, doneOn, title: 'Plan', kept: 'x', approvedBy: 'x', parts: [], ...said, ...more },
  });

  it('is due a year after it was last recorded, and before that without a date', () => {
    expect(dueAgain(plan, '2024-02-29')).toBe('2025-02-28');
    expect(standingOf(plan, [], [], '2026-06-01')).toMatchObject({ clock: { status: 'unanchored' }, missing: [] });
    const done = [record(1, '2025-03-31')];
    expect(standingOf(plan, done, [], '2026-03-31').clock.status).toBe('running');
    expect(standingOf(plan, done, [], '2026-04-01').clock.status).toBe('overdue');
    // A day that was recorded wrongly is put right by another record.
    expect(standingOf(plan, [...done, record(2, '2024-03-31')], [], '2025-06-01').clock.status).toBe('overdue');
  });

  it('lacks what its last record says nothing of, and copies of that one', () => {
    const parts = plan.parts.map(({ code }) => ({ code, text: code === 'measures' ? ' ' : 'x' }));
    const copy = (of: number) => ({ code: plan.copies[0]!.code, of, sentOn: '2026-01-02', receipt: 'x', ...said });
    const lacks = (of: number) =>
      standingOf(plan, [record(3, '2026-01-01', { parts })], [copy(of)], '2026-02-01').missing;
    expect([lacks(3), lacks(1)]).toEqual([
      ['Nothing is said of: Measures'],
      ['Nothing is said of: Measures', 'No copy: Police and crime commissioner'],
    ]);
  });
});

describe('what the Home Office asks of a review (domain/statutory-reviews.md §12)', () => {
  const form = packs.reviewData('domestic-homicide-review', '2026-11-28')!;
  const entry = (group: string, ordinal: number, answers: Record<string, string>): DataEntry => ({
    ...{ group, ordinal, answers, ...said },
  });

  it('has a blank for no answer, and not known for one to every question', () => {
    const [incident] = form.groups;
    expect(answersIn({ a: ' ', b: ' yes ' })).toEqual({ b: 'yes' });
    const unknown = Object.fromEntries(incident!.fields.map(({ code }) => [code, 'not-known']));
    expect(dataProblems(incident!, unknown)).toEqual([]);
    const codes = (answers: Record<string, string>) => dataProblems(incident!, answers).map(({ field }) => field);
    expect(codes({ death: '2026-13', region: 'atlantis', partner: 'no', familial: 'yes' })).toEqual([
      ...['answers.death', 'answers.region'],
    ]);
    expect(codes({ death: '2026' })).toEqual([]);
  });

  it('is missing whatever nobody has answered, of people who are not entered as well', () => {
    const all = (code: string) =>
      Object.fromEntries(form.groups.find((g) => g.code === code)!.fields.map((f) => [f.code, 'not-known']));
    const entries = [entry('incident', 1, all('incident')), entry('victim', 1, {}), entry('victim', 1, all('victim'))];
    expect(missingData(form, entries).map(({ group }) => group)).toEqual(['perpetrator']);
    const { verdict: _, ...most } = all('perpetrator');
    expect(missingData(form, [...entries, entry('perpetrator', 1, most)])).toEqual([
      { group: 'perpetrator', ordinal: 1, fields: ['Verdict'] },
    ]);
  });

  it('is a row for each person, the last answers in it, with blanks where there is none', () => {
    const entries = [
      ...[entry('incident', 1, { partner: 'no' }), entry('incident', 1, { partner: 'yes' })],
      ...[entry('victim', 1, { sex: 'female' }), entry('victim', 2, { sex: 'male' })],
      entry('perpetrator', 1, { verdict: 'murder' }),
    ];
    const [head, ...rows] = dataRows(form, 'SR-1', entries);
    const column = (title: string) => rows.map((row) => row[head!.indexOf(title)]);
    expect(column('By a present or past partner')).toEqual(['yes', 'yes', 'yes']);
    expect([column('Person'), column('Sex'), column('Verdict')]).toEqual([
      ['Victim', 'Victim', 'Perpetrator'],
      ['female', 'male', ''],
      ['', '', 'murder'],
    ]);
    expect(dataRows(form, 'SR-1', [])).toHaveLength(2);
    expect(new Set(rows.map((row) => row.length))).toEqual(new Set([head!.length]));
  });
});
