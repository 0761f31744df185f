import { provision } from '@concordat/platform';
import { testDatabase, type TestDatabase } from '@concordat/testing';
import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { CreateRecords1700000002000 } from './1700000002000-create-records';
import { WidenPeople1700000004000 } from './1700000004000-widen-people';

/** A record store from before people were widened keeps what it knew, and finds its people afterwards. */
describe('widening people', () => {
  let database: TestDatabase;
  let client: Client;
  const [person, other, caseId, org] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];

  beforeAll(async () => {
    database = await testDatabase();
    const migrate = (migrations: (typeof WidenPeople1700000004000 | typeof CreateRecords1700000002000)[]) =>
      provision(database.adminUrl, [{ name: 'records', migrations }], database.name);
    await migrate([CreateRecords1700000002000]);
    client = new Client({ connectionString: database.adminUrl });
    await client.connect();
    await client.query('SET search_path = records');
    for (const [id, content] of [
      [
        person,
        {
          id: person,
          ref: 'p1',
          name: { given: 'Tamsin', family: 'Ashgrove' },
          nhsNumber: '9998198178',
          policeReference: '00123',
        },
      ],
      [other, { id: other, ref: 'p2', name: { given: 'Corin' } }],
    ] as const)
      await client.query('INSERT INTO person (id, content) VALUES ($1, $2)', [id, JSON.stringify(content)]);
    await client.query(
      `INSERT INTO case_file (id, reference, status, kind, area_id, lead_org, referral_id, opened_at, subject_name, relationships, key_facts)
       VALUES ($1, 'C-1', 'open', 'domestic-abuse', $2, $2, $2, now(), 'Tamsin Ashgrove', $3, $4)`,
      [
        ...[caseId, org, JSON.stringify([{ from: 'p2', to: 'p1', kind: 'ex-partner' }])],
        JSON.stringify({ safeContact: { person: 'p1' }, staffRisk: null }),
      ],
    );
    await client.query(
      "INSERT INTO case_person (case_id, person_id, place, roles) VALUES ($1, $2, 1, '{subject}'), ($1, $3, 2, '{other}')",
      [caseId, person, other],
    );
    await migrate([CreateRecords1700000002000, WidenPeople1700000004000]);
  });
  afterAll(async () => {
    await client.end();
    await database.drop();
  });
  const one = async (sql: string, values: unknown[] = []) =>
    (await client.query<Record<string, unknown>>(sql, values)).rows[0];

  it('makes identifiers of numbers, and keeps their zeros', async () => {
    expect((await one('SELECT content FROM person WHERE id = $1', [person]))!['content']).toEqual({
      name: { given: 'Tamsin', family: 'Ashgrove' },
      identifiers: [
        { kind: 'nhs-number', value: '9998198178' },
        { kind: 'police', value: '00123' },
      ],
    });
  });

  it('makes rows of relationships, and names people by id', async () => {
    expect(await one('SELECT person_id, other_id, kind, org_id FROM relationship')).toEqual({
      ...{ person_id: other, other_id: person, kind: 'ex-partner', org_id: org },
    });
    expect((await one('SELECT key_facts FROM case_file'))!['key_facts']).toMatchObject({ safeContact: { person } });
  });

  it('indexes everybody', async () => {
    expect(await one('SELECT count(*)::int AS n FROM person_match')).toEqual({ n: 2 });
    expect(await one("SELECT 1 AS found FROM person_match WHERE keys && '{inhs-number.9998198178}'")).toEqual({
      found: 1,
    });
  });
});
