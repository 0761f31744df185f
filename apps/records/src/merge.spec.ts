import { choiceProblems, merged, nhsNumbersConflict, toChoose, unmerged } from './merge';
import type { PersonDetails } from './person';

const kept: PersonDetails = {
  name: { given: 'Tamsin', family: 'Ashgrove' },
  datesOfBirth: [{ value: '1987-05-09' }],
  sex: 'female',
  phones: ['07700 900456'],
  identifiers: [{ kind: 'nhs-number', value: '9998198178' }],
};
const other: PersonDetails = {
  name: { given: 'Tam', family: 'Fernlow' },
  datesOfBirth: [{ value: '1987-05-09' }],
  phones: ['07700 900123'],
  gp: 'Dr Vale',
};

describe('merging what is known', () => {
  it('asks about what both know differently, and about nothing else', () => {
    expect(toChoose(kept, other)).toEqual(['name', 'phones']);
    expect(choiceProblems(kept, other, { name: 'both' }).map((p) => `${p.field} ${p.code}`)).toEqual([
      'choices.name not-in-list',
      'choices.phones required',
    ]);
    expect(choiceProblems(kept, other, { name: 'this', phones: 'both' })).toEqual([]);
  });

  it('keeps what was chosen, what only one knew, and a name that was not chosen as an alias', () => {
    expect(merged(kept, other, { name: 'other', phones: 'both' })).toEqual({
      name: { given: 'Tam', family: 'Fernlow' },
      aliases: [{ given: 'Tamsin', family: 'Ashgrove', kind: 'other' }],
      datesOfBirth: [{ value: '1987-05-09' }],
      sex: 'female',
      phones: ['07700 900456', '07700 900123'],
      identifiers: [{ kind: 'nhs-number', value: '9998198178' }],
      gp: 'Dr Vale',
    });
  });

  it('keeps addresses that whoever chose was not shown, once, whatever was chosen', () => {
    const refuge = { lines: ['3 Plover Yard'], confidential: true };
    const [one, two] = [{ lines: ['1 Heron Yard'] }, { lines: ['2 Heron Yard'] }];
    const [a, b] = [{ addresses: [one] }, { addresses: [two, refuge] }];
    expect(merged(a, b, { addresses: 'this' }, [refuge]).addresses).toEqual([one, refuge]);
    expect(merged(a, b, { addresses: 'both' }, [refuge]).addresses).toEqual([one, two, refuge]);
    expect(merged({}, {}, {}, [refuge]).addresses).toEqual([refuge]);
  });

  it('is undone to what was before, but for what was corrected since', () => {
    const after = merged(kept, other, { name: 'other', phones: 'both' });
    expect(unmerged(kept, after, after)).toEqual(kept);
    expect(unmerged(kept, after, { ...after, gp: 'Dr Thorne' })).toEqual({ ...kept, gp: 'Dr Thorne' });
  });

  it('sees when NHS numbers differ, and not when one is unknown', () => {
    const number = (value: string): PersonDetails => ({ identifiers: [{ kind: 'nhs-number', value }] });
    expect(nhsNumbersConflict(number('9998198178'), number('999 057 8184'))).toBe(true);
    expect(nhsNumbersConflict(number('9998198178'), number('999 819 8178'))).toBe(false);
    expect(nhsNumbersConflict(number('9998198178'), {})).toBe(false);
  });
});
