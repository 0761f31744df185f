import { loadPacks } from '@concordat/packs';
import { readRecords } from '@concordat/sharing';
import { join } from 'node:path';
import { recordsOf, type GivenCase } from './given-records';
import { rowsOfRecords } from './imported-records';

const table = loadPacks(join(__dirname, '../../../packs/england-wales')).mais();
const entry = (id: string, content: object) => ({
  id,
  content: { starts: '2026-03-01', category: 'contact', fact: 'Rang.', ...content },
});
const given: GivenCase = {
  ...{ id: 'c', reference: 'C-1', kind: 'adult-safeguarding', areaId: 'a', leadOrg: 'o', openedAt: new Date(0) },
  subjects: [{ id: 'p', identifiers: [{ kind: 'nhs-number', value: '999 000 0018' }] }],
  entries: [
    entry('e1', { category: 'referral', fact: 'Referred by a neighbour.', ends: '2026-03-02' }),
    entry('e2', { starts: '2026-04' }),
    entry('e3', { sensitive: true, fact: 'Sensitive.' }),
    entry('e4', { thirdParty: true, fact: 'Of a neighbour.' }),
  ],
  ofOthers: 3,
};

describe('a case as records of Social Care Data', () => {
  it('is in order by the ontology’s own rules, names people by numbers alone, and counts what is not in it', () => {
    const said = recordsOf(given, table);
    expect(readRecords(JSON.stringify(said), table.codes)).toMatchObject([
      { type: 'ServiceEpisode', problems: [], record: { finding: [{ text: ['2026-04: Rang.'] }] } },
      { type: 'LifeEvent', problems: [], record: { type: ['referral'] } },
    ]);
    expect(said['concordat:notSaid']).toEqual({ whatEventsSay: 1, sensitiveOrOfOthers: 2, entriesOfOtherAgencies: 3 });
    expect(JSON.stringify(said)).not.toMatch(/Sensitive|neighbour/);
    expect(JSON.stringify(said)).toContain('9990000018');
  });

  it('comes back as entries of a chronology, on the days that it gave', () => {
    const rows = rowsOfRecords(JSON.stringify(recordsOf(given, table)), 'C-2', table);
    expect(rows.map(({ problems, subjects }) => [problems, subjects])).toEqual(Array(2).fill([[], ['9990000018']]));
    expect(rows[1]!.cells).toMatchObject({
      starts: '2026-03-01',
      ends: '2026-03-02',
      category: 'referral',
      case: 'C-2',
    });
  });

  it('has no episode where its pathway is none, and says so', () => {
    const said = recordsOf({ ...given, kind: 'hate-crime', subjects: [{ id: 'p' }] }, table);
    expect(said['@graph']).toHaveLength(1);
    expect(said['concordat:notSaid']).toMatchObject({ episode: 1, entries: 1 });
    expect(JSON.stringify(said)).toContain('"system":"urn:concordat:record"');
  });
});
