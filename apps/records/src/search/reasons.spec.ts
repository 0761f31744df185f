import { NameFinding } from '@concordat/matching';
import type { PersonDetails } from '../person';
import { probeOf, type Probe } from './probe';
import { whyPerson } from './reasons';
import { keptOf, queriesOf } from './terms';

const finding = new NameFinding([['elizabeth', 'liz', 'beth']]);
const TODAY = '2026-11-28';
const COUNCIL = 'd22cacf3-000b-4ccb-b1fc-23e09b777df1';
const HOUSING = 'dd31cbd9-2e1f-43d4-987d-a46531bde013';

const TAMSIN: PersonDetails = {
  name: { given: 'Tamsin', family: 'Ashgrove' },
  aliases: [{ given: 'Tamsin', family: 'Fernlow', kind: 'maiden' }],
  datesOfBirth: [{ value: '1987-05-09' }],
  addresses: [
    { kind: 'home', lines: ['8 Kestrel Court'], postcode: 'ZZ7 2BS' },
    { lines: ['1 Elsewhere Lane'], postcode: 'ZZ99 1AA', to: '2020-03' },
  ],
  phones: ['07700 900456'],
  identifiers: [
    { kind: 'nhs-number', value: '999 819 8178' },
    { kind: 'housing', value: '00123/7' },
  ],
};

const asked = (typed: string): Probe => {
  const probe = probeOf(typed);
  if (typeof probe === 'string') throw new Error(probe);
  return probe;
};
const why = (typed: string, content = TAMSIN, aside: PersonDetails[] = []) =>
  whyPerson(asked(typed), { content, aside }, finding, TODAY);
const codes = (typed: string, content = TAMSIN, aside: PersonDetails[] = []) =>
  why(typed, content, aside)?.reasons.map((r) => r.code) ?? null;

describe('why somebody is found', () => {
  it.each([
    ['Tamsin Ashgrove', ['name.same']],
    ['Ashgrove', ['name.same']],
    ['T Ashgrove', ['name.initial']],
    ['Ashgrove Tamsin', ['name.same', 'name.turned']],
    ['Tamsni Ashgrove', ['name.close']],
    ['Tamzen Ashgrove', ['name.sounds']],
    ['Tam Ashg', ['name.begins']],
    ['Tamsin Fernlow', ['name.same', 'name.maiden']],
    ['Tamsin Ashgrove 9/5/1987', ['name.same', 'birth.same']],
    ['Tamsin Ashgrove 5/9/1987', ['name.same', 'birth.swapped']],
    ['Tamsin Ashgrove 9/5/1988', ['name.same', 'birth.different']],
    ['9 May 1987', ['birth.same']],
    ['ZZ7 2BS', ['postcode.same']],
    ['zz7', ['postcode.near']],
    ['ZZ99 1AA', ['postcode.former']],
    ['+44 7700 900456', ['phone.same']],
    ['9998198178', ['nhs-number.same']],
    ['00123/7', ['number.same']],
    ['123/7', null], // zeros in front are part of it (DUP-7)
    ['Corin Ashgrove', null],
    ['zz71', null],
    ['she waits outside the school', null],
  ])('by %s: %j', (typed, expected) => {
    expect(codes(typed)).toEqual(expected);
  });

  it('is said in words that hold no value', () => {
    const said = JSON.stringify(why('Tamsin Ashgrove ZZ7 2BS 9/5/1987'));
    for (const value of ['Tamsin', 'Ashgrove', 'ZZ7', '1987']) expect(said).not.toContain(value);
  });

  it('may be a record that was merged into theirs', () => {
    expect(codes('Tamara Quillam', TAMSIN, [{ name: { given: 'Tamara', family: 'Quillam' } }])).toEqual([
      'name.same',
      'record.merged',
    ]);
  });

  it('is nothing that is not told, whatever the index says', () => {
    const refuge = { ...TAMSIN, addresses: [{ kind: 'home', confidential: true }] };
    expect(codes('ZZ7 2BS', refuge)).toBeNull();
  });

  it('puts a number before a name, and a whole agreement before a part of one', () => {
    const order = ['9998198178', '07700 900456', 'Tamsin Ashgrove 9/5/1987', 'Tamsin Ashgrove', 'T Ashgrove'];
    const scores = order.map((typed) => why(typed)!.score);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
  });
});

describe('the terms of the index', () => {
  const kept = (content: PersonDetails, leads = [COUNCIL]): Set<string> =>
    new Set(keptOf({ id: 'x', content, aside: [], orgs: [COUNCIL, HOUSING], leads }));
  /** Whether a query, as PostgreSQL reads it, is true of these terms. */
  const isTrueOf = (query: string, terms: ReadonlySet<string>): boolean =>
    query.split(' & ').every((group) =>
      group
        .slice(1, -1)
        .split(' | ')
        .some((t) => {
          const [, term = '', star] = /^'(.*)'(:\*)?$/.exec(t) ?? [];
          return star ? [...terms].some((k) => k.startsWith(term)) : terms.has(term);
        }),
    );
  const finds = (typed: string, terms: ReadonlySet<string>, org = COUNCIL): boolean =>
    queriesOf(asked(typed), finding, org).some((query) => isTrueOf(query, terms));

  it('lead to whatever there is a reason to find', () => {
    const terms = kept(TAMSIN);
    for (const typed of [
      ...['Tamsin Ashgrove', 'T Ashgrove', 'Ashgrove Tamsin', 'Tamsni Ashgrove', 'Tamzen Ashgrove', 'Tamsin Fernlow'],
      ...['Tamsin Ashgrove 9/5/1987', 'Tamsin Ashgrove 5/9/1987', 'Tamsin Ashgrove 1/1/1990', '9 May 1987'],
      ...['ZZ7 2BS', 'zz7', 'zz7 2', 'ZZ99 1AA', '+44 7700 900456', '9998198178', '00123/7', 'Tamsin Jane Ashgrove'],
    ])
      expect([typed, finds(typed, terms)]).toEqual([typed, true]);
    for (const typed of ['Corin Quillam', 'zz71', '07700 900457', 'ZZ7 3'])
      expect([typed, finds(typed, terms)]).toEqual([typed, false]);
  });

  it('keep a confidential address for those alone who are told it', () => {
    const source = { orgId: HOUSING, at: '2026-01-01T00:00:00.000Z' };
    const terms = kept({ addresses: [{ postcode: 'ZZ7 2BS', confidential: true, source }] });
    for (const typed of ['ZZ7 2BS', 'zz7', 'zz7 2']) {
      expect(finds(typed, terms, COUNCIL)).toBe(true); // leads a case
      expect(finds(typed, terms, HOUSING)).toBe(true); // recorded it
      expect(finds(typed, terms, '96401213-8741-44a4-a973-8cbd523aca42')).toBe(false);
    }
  });

  it('name the agencies that may find somebody, and make no operators of what was typed', () => {
    expect(kept(TAMSIN)).toContain(`a:${HOUSING}`);
    const query = queriesOf(asked("org:x' & 'y"), finding, COUNCIL).join();
    expect(query.replace(/'[^']*'(:\*)?/g, '')).toMatch(/^[()| &,]*$/);
  });
});
