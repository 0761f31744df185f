import { personInfoAnswer, personInfoAsked } from './person-info';
import type { MaisTable } from './vocabulary';

const NHS_NUMBER = 'https://fhir.nhs.uk/Id/nhs-number';
const SECTION = 'https://www.legislation.gov.uk/ukpga/2014/23/section/42';
const table = {
  systems: { nhsNumber: NHS_NUMBER },
  purposes: [{ code: 'safeguarding-adult', as: SECTION }],
} as unknown as MaisTable;

const patient = {
  resourceType: 'Patient',
  identifier: [
    { system: 'urn:example:other', value: '1' },
    { system: NHS_NUMBER, value: '9998198178' },
  ],
  name: [
    { use: 'nickname', given: ['Izzy'] },
    { use: 'official', family: 'Wintermere', given: ['Isolde', 'May'] },
  ],
  birthDate: '1961-03',
  address: [{ city: 'Northbank' }, { postalCode: 'ZZ1 4QD' }],
  maritalStatus: { text: 'not looked at' },
};
const asked = (resource: unknown, valueUri: unknown = SECTION) => ({
  resourceType: 'Parameters',
  parameter: [
    { name: 'reason', valueUri },
    { name: 'resource', resource },
  ],
});
const problems = (input: unknown) => {
  const read = personInfoAsked(input, table);
  return read.ok ? [] : read.problems.map(({ path, code }) => `${path} ${code}`);
};

describe('$person-info-query', () => {
  it('is read from its Parameters in whatever order: whom, and for which purpose', () => {
    expect(personInfoAsked(asked(patient), table)).toEqual({
      ok: true,
      value: {
        purpose: 'safeguarding-adult',
        person: {
          ...{ nhsNumber: '9998198178', given: 'Isolde May', family: 'Wintermere' },
          ...{ dateOfBirth: '1961-03', postcode: 'ZZ1 4QD' },
        },
      },
    });
  });

  it('says exactly what is wrong, where', () => {
    for (const input of [null, [], 'x', { resourceType: 'Bundle', parameter: [] }])
      expect(problems(input).length).toBeGreaterThan(0);
    expect(problems({ resourceType: 'Parameters', parameter: [{ name: 'other' }] })).toEqual([
      'parameter request.field-missing',
      'parameter request.field-missing',
    ]);
    expect(problems(asked({ ...patient, birthDate: '1961-13', resourceType: 'Person' }, 7))).toEqual([
      expect.stringMatching(/^parameter\[1\]\.resource\.resourceType request\./),
      expect.stringMatching(/^parameter\[1\]\.resource\.birthDate request\./),
      expect.stringMatching(/^parameter\[0\]\.valueUri request\./),
    ]);
  });

  it('is answered by a match with whom to turn to, or by none and nothing else', () => {
    expect(personInfoAnswer(null)).toEqual({
      resourceType: 'Parameters',
      parameter: [{ name: 'match', valueBoolean: false }],
    });
    expect(personInfoAnswer({ organisation: 'Eastvale NHS Trust', email: 'duty@example.org' }).parameter).toEqual([
      { name: 'match', valueBoolean: true },
      {
        name: 'contact',
        resource: {
          resourceType: 'Organization',
          name: 'Eastvale NHS Trust',
          telecom: [{ system: 'email', value: 'duty@example.org' }],
        },
      },
    ]);
  });
});
