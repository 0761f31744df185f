import { loadPacks } from '@concordat/packs';
import fc from 'fast-check';
import { join } from 'node:path';
import { readRecords } from './records';
import { askedOf, requestOf, type KnownRequest } from './request';

const table = loadPacks(join(__dirname, '../../../../packs/england-wales')).mais();
const id = (value: string) => ({ '@type': 'Identifier', value, system: 'https://example.org/Id' });
const subject = { '@type': 'SubjectPerson', person: id('9990000018'), involvement: 'SBJ' };
const contact = { '@type': 'Contact', name: 'Desk', email: ['desk@example.org'] };

/** One good record of each kind. */
const good = {
  Organisation: {
    ...{ '@type': 'Organisation', identifier: [id('o')], name: 'Northbank Council', type: ['local-authority'] },
    ...{ contact: [contact], relatedService: [id('s')], alias: ['NC'] },
    address: [{ line1: '1 Invented Row', city: 'Northbank', postcode: 'ZZ1 4QD' }],
  },
  Service: {
    ...{ '@type': 'Service', identifier: [id('s')], name: 'Front door', type: ['social-care'], contact: [contact] },
    costFrequency: 'none',
  },
  Professional: {
    ...{ '@type': 'Professional', identifier: [id('p')], role: ['Social worker'], contact },
    name: { familyName: ['Tallowby'], givenName: ['Isolde'] },
  },
  ServiceEpisode: {
    ...{ '@type': 'ServiceEpisode', identifier: [id('e')], type: ['plan.cin-plan'], subjectPerson: [subject] },
    ...{
      timeInformation: [{ startDateTime: '2026-05-01T09:30:00Z' }],
      location: ['A centre'],
      relatedService: [id('s')],
    },
    finding: [
      {
        measurement: [{ value: '12', unit: 'count', type: 'Authorised Absences' }],
        observation: [{ type: 'NEET', startDate: '2026-03-15T13:02:00' }],
        text: ['Settled.'],
      },
    ],
    episodeOutcome: 'continuation',
  },
  LifeEvent: { '@type': 'LifeEvent', identifier: [id('l')], type: ['missing-person'], subjectPerson: [subject] },
} as const;
const told = (value: unknown): string[] => {
  const read = readRecords(JSON.stringify(value), table.codes);
  if (!Array.isArray(read)) return [`whole ${(read as { code: string }).code}`];
  return (read as { number: number; problems: { path: string; code: string }[] }[]).flatMap(({ number, problems }) =>
    problems.map(({ path, code }) => `${number} ${path} ${code}`),
  );
};

describe('records of the ontology', () => {
  it('are read, one, several, or of a graph; what the ontology leaves open stays', () => {
    expect(told({ '@context': 'x', '@graph': Object.values(good) })).toEqual([]);
    expect(told(Object.values(good))).toEqual([]);
    expect(readRecords(JSON.stringify(good.Organisation), table.codes)).toMatchObject([
      { number: 1, type: 'Organisation', record: { alias: ['NC'] } },
    ]);
  });

  it.each<[string, object, string[]]>([
    [
      'outcome',
      { ...good.ServiceEpisode, episodeOutcome: 'not-a-real-outcome' },
      ['episodeOutcome record.code-unknown'],
    ],
    [
      'unit',
      { ...good.ServiceEpisode, finding: { measurement: { value: 1, unit: 'stone', type: 'Attendance' } } },
      ['finding.measurement.unit record.code-unknown'],
    ],
    ['organisation type', { ...good.Organisation, type: ['coven'] }, ['type[0] record.code-unknown']],
    ['subject', { ...good.ServiceEpisode, subjectPerson: undefined }, ['subjectPerson record.field-missing']],
    ['subject of an event', { ...good.LifeEvent, subjectPerson: [] }, ['subjectPerson record.too-few']],
    ['name', { ...good.Service, name: undefined }, ['name record.field-missing']],
    ['related service', { ...good.ServiceEpisode, relatedService: undefined }, ['relatedService record.field-missing']],
    ['cost frequency', { ...good.Service, costFrequency: undefined }, ['costFrequency record.field-missing']],
    [
      'postcode',
      { ...good.Organisation, address: [{ line1: 'x', city: 'y', postcode: 'nowhere' }] },
      ['address[0].postcode record.form-wrong'],
    ],
    [
      'moment',
      { ...good.LifeEvent, timeInformation: { startDateTime: '2026-02-30T09:00:00' } },
      ['timeInformation.startDateTime record.time-wrong'],
    ],
    [
      'number',
      { ...good.ServiceEpisode, finding: [{ measurement: [{ value: 'many', unit: 'pct', type: 'Attendance' }] }] },
      ['finding[0].measurement[0].value record.number-wrong'],
    ],
    ['kind', { '@type': 'Person' }, ['@type record.type-unknown']],
    ['no object', 7 as never, ['@type record.type-unknown']],
  ])('say exactly what is wrong: %s', (_, wrong, problems) => {
    expect(told([good.LifeEvent, wrong])).toEqual(problems.map((p) => `2 ${p}`));
  });

  it('are nothing that can be read at all', () => {
    expect(readRecords('{', table.codes)).toMatchObject({ code: 'record.not-json' });
    expect(told([])).toEqual(['whole record.none']);
    expect(told(Array(2_001).fill(good.LifeEvent))).toEqual(['whole record.too-many']);
  });
});

describe('a question whether somebody is known', () => {
  const word = fc.stringMatching(/^[A-Z][a-z]{1,10}$/);
  const question: fc.Arbitrary<KnownRequest> = fc.record({
    id: fc.uuid(),
    at: fc.constant('2026-06-01T10:00:00.000Z'),
    askedOrg: fc.uuid(),
    purpose: fc.constantFrom('safeguarding-adult', 'housing', 'MARAC'),
    person: fc.oneof(
      fc.record(
        {
          given: word,
          family: word,
          dateOfBirth: fc.constantFrom('1984', '1984-05', '1984-05-09'),
          nhsNumber: fc.constant('9990000018'),
        },
        { requiredKeys: ['given', 'family'] },
      ),
      fc.record({ nhsNumber: fc.constant('9990000018') }),
    ),
    policies: fc.uniqueArray(fc.constantFrom('a', 'b@1.0.0', 'c@2.10.0'), { minLength: 1 }),
  });

  it('comes back the same in the vocabulary, and a postcode alone is told as not said', () => {
    fc.assert(
      fc.property(question, (asked) => {
        const said = requestOf(asked, table);
        expect(said['concordat:notSaid']).toEqual([]);
        expect(askedOf(JSON.stringify(said), table)).toEqual({ ok: true, value: asked });
      }),
    );
    const [asked] = fc.sample(question, 1);
    expect(requestOf({ ...asked!, person: { ...asked!.person, postcode: 'ZZ1 4QD' } }, table)).toMatchObject({
      'concordat:notSaid': ['person.postcode'],
    });
  });

  it('says exactly what is wrong with it, and takes of a date what is accurate', () => {
    const [asked] = fc.sample(question, 1);
    const said = requestOf(asked!, table);
    const problemsOf = (wrong: object) => {
      const read = askedOf(JSON.stringify({ ...said, ...wrong }), table);
      return read.ok ? [] : read.problems.map(({ path, code }) => `${path} ${code}`);
    };
    expect(problemsOf({ AssertedPurpose: undefined, DateStamp: 'today' })).toEqual([
      'DateStamp request.time-wrong',
      'AssertedPurpose request.field-missing',
    ]);
    expect(problemsOf({ SharingPolicy: [] })).toEqual(['SharingPolicy request.too-few']);
    expect(problemsOf({ RequestedData: { Query: { address: [{ postcode: 'x' }] } } })).toEqual([
      'RequestedData.Query.address[0].postcode request.form-wrong',
    ]);
    expect(problemsOf({ RequesterIdentifier: { value: 'elsewhere', system: 'urn:x:y' } })).toEqual([
      'RequesterIdentifier.value request.requester-unknown',
    ]);
    const born = (accuracyIndicator: string) => {
      const Query = { dateOfBirth: { date: '1984-05-09', accuracyIndicator } };
      const read = askedOf({ ...said, RequestedData: { Query } }, table);
      return read.ok ? read.value.person.dateOfBirth : read.problems;
    };
    expect(['AAA', 'EAA', 'UUA', 'AAE'].map(born)).toEqual(['1984-05-09', '1984-05', '1984', undefined]);
  });
});
