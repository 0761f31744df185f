import {
  endsOf,
  mustBe,
  mustBeErasable,
  mustBeSecond,
  untilProblems,
  why,
  type CaseFacts,
  type KeepingRule,
  type KeptPerson,
} from './retention';

const RULES: readonly KeepingRule[] = [
  { id: 'last', version: 3, trigger: 'last-involvement', period: 'P7Y' },
  { id: 'death', version: 1, trigger: 'subject-death', period: 'P10Y' },
  { id: 'child', version: 2, trigger: 'subject-birth', period: 'P25Y', ages: { from: 0, to: 16 } },
  { id: 'child-of-17', version: 1, trigger: 'subject-birth', period: 'P26Y', ages: { from: 17, to: 17 } },
];
const caseOf = (...people: KeptPerson[]): CaseFacts => ({
  kind: 'worry',
  openedOn: '2019-05-02',
  lastInvolvement: '2020-02-29',
  people,
});
const born = (value: string, ...roles: string[]): KeptPerson => ({ roles, datesOfBirth: [{ value }] });
const followed = (...people: KeptPerson[]) => {
  const { rule, version, from, on, assumed } = endsOf(caseOf(...people), RULES)[0]!;
  return [rule, version, from, on, assumed];
};

describe('how long a case is kept', () => {
  it('counts from the last involvement when nothing else applies', () => {
    expect(followed(born('1980-01-01', 'subject'))).toEqual(['last', 3, '2020-02-29', '2027-02-28', false]);
  });

  it.each<[what: string, person: KeptPerson, rule: string, on: string, assumed: boolean]>([
    ['a child, until the 25th birthday', born('2008-06-30', 'subject'), 'child', '2033-06-30', false],
    ['a child beside the subject', born('2015-01-09', 'child'), 'child', '2040-01-09', false],
    ['somebody of 16 the day before their birthday', born('2003-03-01', 'subject'), 'child', '2028-03-01', false],
    ['somebody of 17 since that day', born('2003-02-28', 'subject'), 'child-of-17', '2029-02-28', false],
    ['somebody of 18 since that day', born('2002-02-28', 'subject'), 'last', '2027-02-28', false],
    ['a birth in a year, as late as can be', born('2008', 'subject'), 'child', '2033-12-31', false],
    ['a birth in a month, as late as can be', born('2008-02', 'subject'), 'child', '2033-02-28', false],
    ['a child of unknown birth, as late as can be', { roles: ['child'] }, 'child', '2044-05-02', true],
    ['a child of known age', { roles: ['child'], ageYears: 9 }, 'child', '2035-05-02', true],
    ['somebody of whom only an age is known', { roles: ['witness'], ageYears: 40 }, 'last', '2027-02-28', false],
    [
      'a subject who died',
      { roles: ['subject'], deceased: { answer: 'yes', on: '2019-11-05' } },
      'death',
      '2029-11-05',
      false,
    ],
    ['a death on an unknown day', { roles: ['subject'], deceased: { answer: 'yes' } }, 'death', '2030-02-28', true],
    ['the death of somebody else', { roles: ['witness'], deceased: { answer: 'yes' } }, 'last', '2027-02-28', false],
    ['a death that is denied', { roles: ['subject'], deceased: { answer: 'no' } }, 'last', '2027-02-28', false],
  ])('follows the longest rule: %s', (_, person, rule, on, assumed) => {
    const [first] = endsOf(caseOf(born('1980-01-01', 'subject'), person), RULES);
    expect(first).toMatchObject({ rule, on, assumed });
  });

  it('follows a rule for some kinds of cases in those alone', () => {
    const rules = [...RULES, { ...RULES[0]!, id: 'other-kind', period: 'P9Y', kinds: ['other'] }];
    const facts = caseOf(born('1980-01-01', 'subject'));
    expect(endsOf(facts, rules)[0]!.rule).toBe('last');
    expect(endsOf({ ...facts, kind: 'other' }, rules)[0]!.rule).toBe('other-kind');
  });

  it('gives every rule that applies, the longest first', () => {
    const ends = endsOf(caseOf(born('2008-06-30', 'subject'), born('2010-06-30', 'child')), RULES);
    expect(ends.map((e) => [e.rule, e.on])).toEqual([
      ['child', '2035-06-30'],
      ['child', '2033-06-30'],
      ['last', '2027-02-28'],
    ]);
  });

  it('takes the later of two births, and passes over what is no date', () => {
    const person = {
      roles: ['child'],
      datesOfBirth: [{ value: '2010-01-01' }, { value: '2011-01-01' }, { value: '?' }],
    };
    expect(followed(person)).toEqual(['child', 2, '2011-01-01', '2036-01-01', false]);
  });
});

describe('whether a case may be erased', () => {
  const KEPT = { state: 'kept', dueOn: '2027-02-28', holds: 0, moratorium: null, proposedBy: null } as const;

  it('is when its time is up, and nothing keeps it', () => {
    expect(why(KEPT, '2027-02-27')).toBe('kept');
    expect(why(KEPT, '2027-02-28')).toBeNull();
    expect(why({ ...KEPT, holds: 1 }, '2027-02-28')).toBe('held');
    expect(why({ ...KEPT, holds: 1, moratorium: 'child-abuse' }, '2027-02-28')).toBe('moratorium');
    expect(() => mustBeErasable(KEPT, '2027-02-28')).not.toThrow();
    for (const keeping of [KEPT, { ...KEPT, holds: 1 }, { ...KEPT, moratorium: 'child-abuse' }])
      expect(() => mustBeErasable(keeping, '2027-02-27')).toThrow();
  });

  it('takes two people', () => {
    const proposed = { ...KEPT, state: 'proposed', proposedBy: 'kit' } as const;
    expect(() => mustBeSecond(proposed, 'kit')).toThrow('Somebody else must confirm');
    expect(() => mustBeSecond(proposed, 'yusuf')).not.toThrow();
    expect(() => mustBe(proposed, 'proposed')).not.toThrow();
    expect(() => mustBe(KEPT, 'proposed')).toThrow('Nobody has proposed');
    expect(() => mustBe(proposed, 'kept')).toThrow('It is proposed');
    expect(() => mustBe({ ...proposed, state: 'confirmed' }, 'proposed')).toThrow('It is decided');
  });

  it('is put off to a day that lies ahead, and not too far', () => {
    const bounds = { today: '2027-03-01', latest: '2037-03-01' };
    expect(untilProblems('2027-03-01', bounds).map((p) => p.code)).toEqual(['past']);
    expect(untilProblems('2037-03-02', bounds).map((p) => p.code)).toEqual(['too-late']);
    expect(untilProblems('2028-03-01', bounds)).toEqual([]);
  });
});
