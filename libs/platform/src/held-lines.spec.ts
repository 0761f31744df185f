import { linesOf } from './held-lines';

describe('what is held, as lines', () => {
  it('names each part by where it stands, item by item, and leaves out what is empty and where it came from', () => {
    const content = {
      name: { given: 'Isolde', family: 'Quarrenby', source: { orgId: 'x' } },
      datesOfBirth: [
        { value: '1980-01-01', precision: 'day', preferred: true },
        { value: '1980', precision: 'approximate' },
      ],
      sex: null,
      phones: [],
    };
    expect(linesOf(content)).toBe(
      ['Name: Isolde Quarrenby', 'Dates of birth: 1 January 1980 (preferred)', 'Dates of birth: about 1980'].join('\n'),
    );
    expect(linesOf('x')).toBe('x');
    expect(linesOf(null)).toBe('');
  });

  it('says days, codes and people in words, with no id but those of agencies and areas, and leaves what was written alone', () => {
    const area = 'c1fbde18-08de-4d37-8e5d-7e2aab24ffbc';
    const content = {
      area,
      pathway: 'domestic-abuse',
      people: [
        { id: 'a26729c7-fb2f-4472-99ab-02d5a9c669f7', ref: 'p1', name: { given: 'Nerys' }, roles: ['subject'] },
        {
          id: 'd22cacf3-000b-4ccb-b1fc-23e09b777df1',
          ref: 'p2',
          roles: ['alleged-perpetrator'],
          phones: ['07700 900456'],
        },
      ],
      fears: { feared: [{ why: 'He said so', person: 'p2' }], email: 'some-body' },
      consent: { asked: true },
      concerns: [{ happenedOn: '2025-10', what: 'no' }],
      opened: '2026-06-30T23:30:00.000Z',
    };
    expect(linesOf(content).split('\n')).toEqual([
      `Area: ${area}`,
      'Pathway: Domestic abuse',
      'People 1, name: Nerys',
      'People 1, roles: Subject',
      'People 2, roles: Alleged perpetrator',
      'People 2, phones: 07700 900456',
      'Fears, feared, why: He said so',
      'Fears, feared, person: People 2',
      'Fears, email: some-body',
      'Consent, asked: Yes',
      'Concerns, happened on: October 2025',
      'Concerns, what: No',
      'Opened: 1 July 2026',
    ]);
  });
});
