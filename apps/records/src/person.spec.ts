import { corrected, detailsOf, differing, factsOf, type PersonDetails } from './person';

const housing = { orgId: 'housing', at: '2026-11-20T10:00:00.000Z' };
const council = { orgId: 'council', at: '2026-11-24T10:00:00.000Z' };

describe('what is known of a person', () => {
  const told = detailsOf(
    {
      id: 'x',
      ref: 'p1',
      roles: ['subject'],
      name: { given: 'Tamsin', family: 'Ashgrove' },
      datesOfBirth: [{ value: '1987-05-09' }],
      nhsNumber: '999 819 8178',
      policeReference: '00123',
      languages: [],
    },
    housing,
  );

  it('is kept with its source, its numbers as identifiers, zeros and all (DUP-7)', () => {
    expect(told).toEqual({
      name: { given: 'Tamsin', family: 'Ashgrove', source: housing },
      datesOfBirth: [{ value: '1987-05-09', source: housing }],
      identifiers: [
        { kind: 'nhs-number', value: '9998198178', source: housing },
        { kind: 'police', value: '00123', source: housing },
      ],
      languages: [],
    });
  });

  it('keeps the source of what was known, and gives what is new its own', () => {
    const { details, parts } = corrected(
      told,
      { datesOfBirth: [{ value: '1987-05-09' }, { value: '1978-05-09', precision: 'approximate' }], sex: 'female' },
      council,
    );
    expect(parts).toEqual(['datesOfBirth', 'sex']);
    expect(details.datesOfBirth?.map((d) => d.source?.orgId)).toEqual(['housing', 'council']);
    expect(details.name?.source).toEqual(housing);
  });

  it('is taken away by null, and left alone by silence', () => {
    const { details, parts } = corrected(told, { identifiers: null }, council);
    expect(parts).toEqual(['identifiers']);
    expect(details.identifiers).toBeUndefined();
    expect(details.name).toEqual(told.name);
  });

  it('does not change by being saved as it is (AUD-8)', () => {
    const again: PersonDetails = {
      name: { family: 'Ashgrove', given: 'Tamsin' },
      datesOfBirth: [{ value: '1987-05-09' }],
    };
    expect(corrected(told, again, council).parts).toEqual([]);
    expect(corrected(told, again, council).details.name?.source).toEqual(housing);
    expect(differing(told, { ...told, sex: 'female' })).toEqual(['sex']);
  });

  it('is compared by every name and birth date, the preferred first', () => {
    const facts = factsOf({
      name: { given: 'Tamsin', family: 'Ashgrove' },
      aliases: [{ family: 'Thorne', kind: 'maiden' }],
      datesOfBirth: [{ value: '1986' }, { value: '1987-05-09', preferred: true }],
    });
    expect(facts.names?.map((n) => n.family)).toEqual(['Ashgrove', 'Thorne']);
    expect(facts.births?.map((b) => b.value)).toEqual(['1987-05-09', '1986']);
  });

  it('is not compared by a confidential address', () => {
    const home = { lines: ['3 Kestrel Court'], postcode: 'ZZ1 2BS' };
    const refuge = { lines: ['5 Plover Yard'], postcode: 'ZZ8 8ZZ', confidential: true };
    expect(factsOf({ addresses: [home, refuge] }).places).toEqual([home]);
  });
});
