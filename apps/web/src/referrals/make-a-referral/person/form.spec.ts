import { Submitted } from '../../../design/submitted';
import { fieldOfPerson, newRef, readPerson } from './form';

describe('the form of a person', () => {
  it('reads what is there, and nothing of what is not', () => {
    const sent = new Submitted({
      roles: ['subject', 'witness'],
      'name.given': 'Nerys',
      'aliases.0.family': 'Finch',
      'aliases.1.family': '',
      'datesOfBirth.0.value-month': '4',
      'datesOfBirth.0.value-year': '1991',
      'datesOfBirth.1.value-year': '1990',
      'datesOfBirth.1.approximate': 'yes',
      'addresses.0.kind': 'home',
      'addresses.0.lines': '17 Saltmarsh Lane\r\nHarbourside',
      'addresses.0.postcode': 'zz7 3lt',
      'addresses.1.kind': 'work',
      phones: '07700 900456\n\n07700 900457',
      ageYears: '',
    });
    expect(readPerson(sent, 'p1')).toEqual({
      ref: 'p1',
      roles: ['subject', 'witness'],
      name: { given: 'Nerys' },
      aliases: [{ family: 'Finch' }],
      datesOfBirth: [
        { value: '1991-04', precision: 'month' },
        { value: '1990', precision: 'approximate' },
      ],
      addresses: [{ lines: ['17 Saltmarsh Lane', 'Harbourside'], postcode: 'ZZ7 3LT', kind: 'home' }],
      phones: ['07700 900456', '07700 900457'],
    });
    expect(sent.errors).toEqual([]);
  });

  it('finds the field that a path means', () => {
    const fieldOf = fieldOfPerson(2);
    expect(
      [
        'people.2.name.family',
        'people.2.datesOfBirth.1.value',
        'people.2.addresses',
        'people.2.phones.0',
        'people.2.addresses.0.lines.3',
      ].map(fieldOf),
    ).toEqual(['name.family', 'datesOfBirth.1.value-day', 'addresses.0.lines', 'phones', 'addresses.0.lines']);
  });

  it('names a new person as nobody else is named', () => {
    expect([
      newRef([]),
      newRef([
        { ref: 'p1', roles: [] },
        { ref: 'p7', roles: [] },
        { ref: 'mother', roles: [] },
      ]),
    ]).toEqual(['p1', 'p8']);
  });
});
