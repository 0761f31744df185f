import { importColumns } from '@concordat/contracts';
import { readRow } from '../imported-row';
import { broughtInCase, caseMisfits, differingColumns, ImportedCaseDto } from './case-row';
import * as people from './person-row';

const TODAY = '2026-03-02';
const AREA = '021623d7-8c46-4daf-826f-8d83f4133408';
const caseOf = (more: object = {}): ImportedCaseDto => ({
  ...{ record: 'CW-1', kind: 'domestic-abuse', opened: '2019-03', ...more },
});
const personOf = (cells: Record<string, unknown>) => {
  const all = { record: 'P-1', case: 'CW-1', role: 'subject', ...cells };
  const { dto, problems } = readRow('people', people.ImportedPersonDto, all, people.personGiven(all));
  const found = dto ? [...problems, ...people.personMisfits(dto, all, TODAY)] : problems;
  return { dto, found: found.map((p) => `${p.field} ${p.code}`).sort() };
};

describe('a case of another system', () => {
  const misfits = (more: object) =>
    caseMisfits(caseOf(more), ['domestic-abuse'], TODAY).map((p) => `${p.field} ${p.code}`);

  it('was opened before it ended, and not after today, as exactly as each is known', () => {
    expect(misfits({ opened: '2026', closed: '2026-01' })).toEqual([]);
    expect(misfits({ opened: '2026-03-03' })).toEqual(['opened date.in-future']);
    expect(misfits({ closed: '2019-02-28', lastInvolved: '2027' })).toEqual([
      'closed date.before-start',
      'lastInvolved date.in-future',
    ]);
    expect(misfits({ kind: 'gossip' })).toEqual(['kind not-in-list']);
  });

  it('is kept from the last day that it names, and from none after today; safe contact and risk become key facts', () => {
    const all = {
      closed: '2020',
      lastInvolved: '2019-12',
      safeContact: 'Text first',
      staffRisk: 'known',
      visitInPairs: true,
    };
    expect(broughtInCase(caseOf(all), AREA, TODAY)).toMatchObject({
      ...{ opened: '2019-03-31', latest: '2020-12-31', isClosed: true },
      keyFacts: { safeContact: { notes: 'Text first' }, staffRisk: { level: 'known', visitInPairs: true } },
    });
    expect(broughtInCase(caseOf({ opened: '2026' }), AREA, TODAY)).toMatchObject({
      ...{ opened: TODAY, latest: TODAY, isClosed: false, keyFacts: { safeContact: null, staffRisk: null } },
    });
    expect(JSON.stringify(broughtInCase(caseOf(all), AREA, TODAY).said)).not.toContain('Text');
  });

  it('says by column what differs from before, safety among it, and nothing when it is the same', () => {
    const said = (more: object, area = AREA) => broughtInCase(caseOf(more), area, TODAY).said;
    expect(differingColumns(said({}), said({ closed: undefined, agencies: '' }))).toEqual([]);
    expect(differingColumns(said({ author: 'R. Vale' }), said({ closed: '2020', safeContact: 'Never ring' }))).toEqual([
      'author',
      'closed',
      'safeContact',
    ]);
    expect(differingColumns(said({}), said({}, 'another'))).toEqual(['']);
  });
});

describe('somebody of another system', () => {
  it('is read into the parts of a person: aliases, addresses over time, numbers and dates with their precision', () => {
    const { dto, found } = personOf({
      ...{
        role: 'subject; witness',
        given: 'Ottilie',
        family: 'Fernsby',
        born: '1980-02',
        bornPrecision: 'approximate',
      },
      ...{ otherBorn: '1981', aliases: 'Tilly | Fernsby | nickname; | Marsh | maiden', nhsNumber: '999 123 4500' },
      addresses: 'home | 1 Test Row, Northbank | ZZ99 3ZZ | 2019-03 | | confidential; previous || ZZ99 4ZZ',
      ...{ phones: '07700 900123; 0117 496 0123', housingReference: '0042', deceased: 'no', languages: 'Welsh' },
    });
    expect(found).toEqual([]);
    expect(JSON.parse(JSON.stringify(dto))).toEqual({
      ...{ record: 'P-1', case: 'CW-1', role: ['subject', 'witness'] },
      person: {
        name: { given: 'Ottilie', family: 'Fernsby' },
        aliases: [
          { given: 'Tilly', family: 'Fernsby', kind: 'nickname' },
          { family: 'Marsh', kind: 'maiden' },
        ],
        datesOfBirth: [{ value: '1980-02', precision: 'approximate', preferred: true }, { value: '1981' }],
        deceased: { answer: 'no' },
        addresses: [
          {
            kind: 'home',
            lines: ['1 Test Row', 'Northbank'],
            postcode: 'ZZ99 3ZZ',
            from: '2019-03',
            confidential: true,
          },
          { kind: 'previous', postcode: 'ZZ99 4ZZ' },
        ],
        phones: ['07700 900123', '0117 496 0123'],
        identifiers: [
          { kind: 'nhs-number', value: '9991234500' },
          { kind: 'housing', value: '0042' },
        ],
        languages: ['Welsh'],
      },
    });
    const { dto: same } = personOf({ family: 'Fernsby', aliases: [{ given: 'Tilly', kind: 'nickname' }] });
    expect(same?.person.aliases).toEqual([{ given: 'Tilly', kind: 'nickname' }]);
  });

  it('is wrong where it stands in the file, by the codes of intake', () => {
    expect(personOf({}).found).toEqual(['family required']);
    expect(
      personOf({
        ...{ role: 'boss', born: '1980-13', otherBorn: '1980; 19', nhsNumber: '999 123 4501', deceasedOn: '2020' },
        ...{ addresses: 'home | 1 Test Row | NOWHERE', phones: 'none', aliases: 'T | F | pet', sex: 'unsaid' },
      }).found,
    ).toEqual([
      ...['addresses wrong-form', 'aliases not-in-list', 'born not-a-date', 'deceased required'],
      ...[
        'nhsNumber not-an-nhs-number',
        'otherBorn not-a-date',
        'phones wrong-form',
        'role not-in-list',
        'sex not-in-list',
      ],
    ]);
    expect(
      personOf({ family: 'F', born: '2030', otherBorn: '2031', deceased: 'yes', deceasedOn: '2099' }).found,
    ).toEqual(['born date.in-future', 'deceasedOn date.in-future', 'otherBorn date.in-future']);
    expect(personOf({ family: 'F', addresses: 'home | 1 Test Row | ZZ99 3ZZ | | | perhaps' }).found).toEqual([
      'addresses is-boolean',
    ]);
    expect(personOf({ family: 'F', shoeSize: '7' }).found).toEqual([' unknown-field']);
  });

  it('says by column what differs; in another case of theirs the part and the writer may', () => {
    const said = (cells: object) => people.saidOf(personOf({ family: 'Fernsby', born: '1980', ...cells }).dto!);
    const before = said({ author: 'R. Vale', role: 'subject' });
    const now = said({ born: '1981', role: 'witness', phones: '07700 900123' });
    expect(people.differingColumns(before, now, true)).toEqual(['role', 'born', 'phones', 'author']);
    expect(people.differingColumns(before, now, false)).toEqual(['born', 'phones']);
    expect(people.differingColumns(before, said({ author: 'R. Vale', role: 'subject' }), true)).toEqual([]);
    expect(JSON.stringify(now)).not.toMatch(/Fernsby|1981|07700/);
  });

  it('has a column for everything that its rules tell of', () => {
    const { columnOf } = people.personGiven({});
    for (const part of ['name', 'name.given', 'datesOfBirth.0.value', 'deceased.on', 'addresses.1.postcode', 'gp'])
      expect(Object.keys(importColumns.people)).toContain(columnOf(`person.${part}`));
  });
});
