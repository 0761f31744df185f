import { loadPacks } from '@concordat/packs';
import { join } from 'node:path';
import { checkDrop, quarterOf } from './drop';

const { sets } = loadPacks(join(__dirname, '../../../../packs/england-wales')).depersonalisedSets();
const health = sets.find((s) => s.code === 'health-admissions')!;
const quarter = quarterOf('2026-07-01')!;
const HEAD = 'day,district,kind,admissions';
const check = (...lines: string[]) => checkDrop([HEAD, ...lines].join('\n'), health, quarter);
const found = (...lines: string[]) => check(...lines).findings.map((f) => `${f.code} ${f.line}:${f.column}`);

describe('a drop of a depersonalised set', () => {
  it('is about a quarter of the year from July 2007 on, due by the end of the next', () => {
    expect(quarter).toEqual({ from: '2026-07-01', to: '2026-09-30', dueOn: '2026-12-31' });
    expect(quarterOf('2026-10-01')).toEqual({ from: '2026-10-01', to: '2026-12-31', dueOn: '2027-03-31' });
    for (const from of ['2026-08-01', '2026-07-02', '2007-04-01', '2026-7-1', '']) expect(quarterOf(from)).toBeNull();
  });

  it('is accepted when every value is of its column’s kind', () => {
    expect(check('2026-07-01,NB1,assault,2', '2026-09-30,NB12,alcohol,0')).toEqual({
      ...{ rows: 2, verdict: 'accepted', findings: [], counts: {} },
    });
    expect(checkDrop('admissions,kind,day,district\r\n1,drugs,2026-08-01,NB1A\r\n', health, quarter).verdict).toBe(
      'accepted',
    );
    expect(check().verdict).toBe('accepted');
  });

  it.each([
    ['a full postcode', '2026-07-01,NB1 1AA,assault,2', 'full-postcode 2:2'],
    ['a full postcode without its space, in small letters', '2026-07-01,nb11aa,assault,2', 'full-postcode 2:2'],
    ['a full postcode among other words', '2026-07-01,NB1,near NB1 1AA today,2', 'full-postcode 2:3'],
    ['a date of birth for a count', '2026-07-01,NB1,assault,1990-05-01', 'possible-date-of-birth 2:4'],
    ['a date of birth as people write it', '2026-07-01,NB1,1 May 1990,1', 'possible-date-of-birth 2:3'],
    ['a date of birth for a day', '01/05/1990,NB1,assault,1', 'possible-date-of-birth 2:1'],
    ['a day before the quarter', '2026-06-30,NB1,assault,1', 'possible-date-of-birth 2:1'],
    ['a day after the quarter', '2026-10-01,NB1,assault,1', 'possible-date-of-birth 2:1'],
    ['a name', '2026-07-01,NB1,Robin Marsh,1', 'possible-name 2:3'],
    ['a name the other way round', '2026-07-01,NB1,"Marsh, Robin",1', 'possible-name 2:3'],
    ['an NHS number', '2026-07-01,NB1,assault,9990000018', 'nhs-number 2:4'],
    ['an address of email', '2026-07-01,NB1,someone@example.org,1', 'contact 2:3'],
    ['a telephone number', '2026-07-01,NB1,07700 900123,1', 'contact 2:3'],
    ['a kind that there is not', '2026-07-01,NB1,other,1', 'not-of-its-kind 2:3'],
    ['a count below nothing', '2026-07-01,NB1,assault,-1', 'not-of-its-kind 2:4'],
    ['a value too few', '2026-07-01,NB1,assault', 'too-few-values 2:null'],
  ])('is refused for %s', (_, line, expected) => expect(found(line)).toEqual([expected]));

  it('is refused for columns that are not the set’s, those of people by their own name', () => {
    const of = (text: string) => checkDrop(text, health, quarter).counts;
    expect(of(`${HEAD},surname\n2026-07-01,NB1,assault,1,x`)).toEqual({ 'personal-column': 1, 'columns-differ': 1 });
    expect(of(`${HEAD},ward\n`)).toEqual({ 'columns-differ': 1 });
    expect(of('day,kind,admissions\n')).toEqual({ 'columns-differ': 1 });
    expect(of('day,day,kind,admissions\n')).toEqual({ 'columns-differ': 1 });
    expect(of('')).toEqual({ unreadable: 1 });
    expect(of(`${HEAD}\n"2026`)).toEqual({ unreadable: 1 });
  });

  it('is looked through for people even where its columns are wrong', () => {
    expect(checkDrop('who,where\nRobin Marsh,NB1 1AA\n', health, quarter).counts).toEqual({
      ...{ 'columns-differ': 1, 'possible-name': 1, 'full-postcode': 1 },
    });
  });

  it('tells the first hundred findings, counts all, and never says what stood there', () => {
    const answer = check(...Array.from({ length: 150 }, () => '2026-07-01,NB1 1AA,assault,1'));
    expect([answer.findings.length, answer.counts['full-postcode'], answer.rows]).toEqual([100, 150, 150]);
    expect(JSON.stringify(answer)).not.toContain('NB1');
  });

  it('has a set for each of the four services, and none with room for words', () => {
    expect([...new Set(sets.flatMap((s) => s.from))].sort()).toEqual(['COUNCIL', 'FIRE', 'ICB', 'NHS', 'POLICE']);
    expect(sets.flatMap((s) => s.columns).every((c) => (c.kind as string) !== 'text')).toBe(true);
  });
});
