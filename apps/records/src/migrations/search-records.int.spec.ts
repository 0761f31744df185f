import { RecordsModule } from '@concordat-app/records';
import { provision } from '@concordat/platform';
import { testDatabase, type TestDatabase } from '@concordat/testing';
import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { SearchRecords1700000060100 } from './1700000060100-search-records';

/** A record store from before there was a search is found whole afterwards, and hears of itself from what comes next. */
describe('searching records', () => {
  let database: TestDatabase;
  let client: Client;
  const [person, merged, caseId, note, entry, withdrawn] = Array.from({ length: 6 }, () => randomUUID()) as [
    ...[string, string, string, string, string, string],
  ];
  const [org, previewed] = [randomUUID(), randomUUID()];

  beforeAll(async () => {
    database = await testDatabase();
    const { name, migrations } = RecordsModule.context;
    const migrate = (all: typeof migrations) =>
      provision(database.adminUrl, [{ name, migrations: all }], database.name);
    await migrate(migrations.filter((m) => m !== SearchRecords1700000060100));
    client = new Client({ connectionString: database.adminUrl });
    await client.connect();
    await client.query('SET search_path = records');
    await client.query('INSERT INTO person (id, content) VALUES ($1, $2)', [
      person,
      { name: { given: 'Tamsin', family: 'Ashgrove' } },
    ]);
    await client.query('INSERT INTO person (id, content, merged_into) VALUES ($1, $2, $3)', [
      ...[merged, { name: { given: 'Tamsin', family: 'Fernlow' } }, person],
    ]);
    await client.query(
      `INSERT INTO case_file (id, reference, status, kind, area_id, lead_org, referral_id, opened_at, subject_name)
       VALUES ($1, 'C-1', 'open', 'domestic-abuse', $2, $2, $2, now(), 'Tamsin Ashgrove')`,
      [caseId, org],
    );
    await client.query(`INSERT INTO case_person (case_id, person_id, place, roles) VALUES ($1, $2, 1, '{subject}')`, [
      ...[caseId, person],
    ]);
    for (const [who, level] of [
      [org, 'lead'],
      [previewed, 'preview'],
    ])
      await client.query(
        'INSERT INTO participation (case_id, org_id, level, since, changed_by) SELECT id, $2, $3, opened_at, $2 FROM case_file WHERE id = $1',
        [caseId, who, level],
      );
    await client.query(
      `INSERT INTO case_note (id, case_id, text, mentions, org_id, by_id, at) VALUES ($1, $2, 'The greenhouse', '{}', $3, $3, now())`,
      [note, caseId, org],
    );
    for (const [id, version, what, until] of [
      [entry, 1, 'recorded', 'now()'],
      [entry, 2, 'corrected', 'NULL'],
      [withdrawn, 1, 'recorded', 'now()'],
      [withdrawn, 2, 'withdrawn', 'NULL'],
    ] as const)
      await client.query(
        `INSERT INTO chronology_entry (id, version, case_id, org_id, by_id, first_recorded_at, recorded_at, superseded_at, what, reason,
           content, category, pack, earliest, latest)
         VALUES ($1, $2, $3, $4, $4, now(), now(), ${until}, $5, $6, $7, 'incident', 'x', '2026-01-01', '2026-01-01')`,
        [id, version, caseId, org, what, version === 1 ? null : 'x', { fact: `Said ${what}`, starts: '2026' }],
      );
    await client.query('INSERT INTO stream (id, version) VALUES ($1, 7)', [caseId]);
    await migrate(migrations);
  });
  afterAll(async () => {
    await client?.end();
    await database?.drop();
  });

  it('finds who stands, by the names of the records that stand aside as well, and for whom', async () => {
    const { rows } = await client.query<{ id: string; terms: string[] }>(
      'SELECT person_id AS id, tsvector_to_array(terms) AS terms FROM search_person',
    );
    expect(rows).toEqual([{ id: person, terms: expect.arrayContaining(['w:ashgrove', 'w:fernlow', `a:${org}`]) }]);
    expect(rows[0]!.terms).not.toContain(`a:${previewed}`);
  });

  it('finds what was written as it stands, and nothing that was withdrawn', async () => {
    const { rows } = await client.query<{ id: string; terms: string[] }>(
      'SELECT id, tsvector_to_array(terms) AS terms FROM search_text ORDER BY kind',
    );
    expect(rows.map((r) => r.id)).toEqual([entry, note]);
    expect(rows[0]!.terms).toEqual(['a:' + org, 'correct', 'said']);
    expect(rows[1]!.terms).toContain('greenhous');
  });

  it('waits for the next version of each record, not for those that it has seen', async () => {
    const { rows } = await client.query(
      `SELECT stream_id AS id, last_version::int AS last FROM stream_cursor WHERE source = 'records'`,
    );
    expect(rows).toEqual([{ id: caseId, last: 7 }]);
  });

  it('forgets with what is erased', async () => {
    await client.query('DELETE FROM case_note WHERE id = $1', [note]);
    await client.query('DELETE FROM chronology_entry WHERE id = $1 AND version = 1', [entry]);
    expect((await client.query('SELECT id FROM search_text')).rows).toEqual([{ id: entry }]);
    await client.query('DELETE FROM chronology_entry WHERE id = $1', [entry]);
    expect((await client.query('SELECT id FROM search_text')).rows).toEqual([]);
  });
});
