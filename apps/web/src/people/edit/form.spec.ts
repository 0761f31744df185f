import { Submitted } from '../../design/submitted';
import { fieldOf, read, rowsOf, valuesOf } from './form';

describe('correcting a person', () => {
  it('reads every part of a group, and takes away what was left blank', () => {
    expect(read('names', new Submitted({ 'name.given': 'Tamsin', 'aliases.0.kind': 'former' }))).toEqual({
      name: { given: 'Tamsin' },
      aliases: [],
    });
    expect(read('about', new Submitted({ sex: 'female', languages: 'Welsh\nEnglish' }))).toMatchObject({
      sex: 'female',
      languages: ['Welsh', 'English'],
      gp: null,
    });
  });

  it('keeps zeros in front of a reference (DUP-7), and says which birth date is preferred', () => {
    expect(
      read('numbers', new Submitted({ 'identifiers.0.kind': 'police', 'identifiers.0.value': '00123' })),
    ).toMatchObject({ identifiers: [{ kind: 'police', value: '00123' }] });
    const sent = new Submitted({ 'datesOfBirth.0.value-year': '1987', 'datesOfBirth.0.preferred': 'yes' });
    expect(read('birth', sent)).toMatchObject({
      datesOfBirth: [{ value: '1987', precision: 'year', preferred: true }],
      deceased: null,
    });
  });

  it('asks for a date of death only of somebody who has died', () => {
    const sent = new Submitted({ 'deceased.answer': 'no', 'deceased.on-year': '2020' });
    expect(read('birth', sent)).toMatchObject({ deceased: { answer: 'no' } });
    const wrong = new Submitted({ 'deceased.answer': 'yes', 'deceased.on-day': '31', 'deceased.on-month': '2' });
    read('birth', wrong);
    expect(wrong.errors.map((e) => e.field)).toEqual(['deceased.on-day']);
  });

  it('shows what is known, with one row more than there is', () => {
    const values = valuesOf('birth', { datesOfBirth: [{ value: '1987-05-09', precision: 'approximate' }] });
    expect(values).toMatchObject({ 'datesOfBirth.0.value-day': '9', 'datesOfBirth.0.approximate': 'yes' });
    expect(rowsOf(values, 'datesOfBirth')).toBe(2);
    expect(rowsOf({}, 'aliases')).toBe(1);
    expect(valuesOf('numbers', { phones: ['07700 900456', '07700 900123'] })['phones']).toBe(
      '07700 900456\n07700 900123',
    );
  });

  it('finds the field of a path', () => {
    expect(fieldOf('datesOfBirth.0.value')).toBe('datesOfBirth.0.value-day');
    expect(fieldOf('addresses.1.lines.0')).toBe('addresses.1.lines');
    expect(fieldOf('phones.3')).toBe('phones');
    expect(fieldOf('name.family')).toBe('name.family');
  });
});
