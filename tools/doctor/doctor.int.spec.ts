import { AuditModule } from '@concordat-app/audit';
import { IdentityModule } from '@concordat-app/identity';
import { RiskModule } from '@concordat-app/risk';
import { eventually, startApp, type TestApp } from '@concordat/testing';
import { Client } from 'pg';
import { examineKafka, examineRedis, examineServices } from './around';
import { examineDatabase } from './database';

const definitions = [IdentityModule, RiskModule, AuditModule].map((m) => m.context);

describe('the doctor, at a running installation', () => {
  let app: TestApp;
  let client: Client;
  beforeAll(async () => {
    app = await startApp([RiskModule, AuditModule]);
    client = new Client({ connectionString: app.database.adminUrl });
    await client.connect();
  });
  afterAll(async () => {
    await client?.end();
    await app?.stop();
  });

  const wrong = async () =>
    (await examineDatabase(client, definitions)).filter((f) => f.state === 'wrong').map((f) => f.says);

  /** Breaks something, looks, and puts it right. */
  const broken = async (by: string, right: string): Promise<string[]> => {
    await client.query(by);
    try {
      return await wrong();
    } finally {
      await client.query(right);
    }
  };

  it('finds nothing wrong with a healthy one, but that tests may lose what they are told', async () => {
    await eventually(async () => expect(await wrong()).toEqual(LOSSY), { timeoutMs: 20_000 });
    expect(await examineServices({ Concordat: app.url })).toMatchObject([{ state: 'well' }]);
  });

  it('names what is broken in five that are', async () => {
    const id = crypto.randomUUID();
    const parked = `INSERT INTO risk.stream_cursor VALUES ('identity', '${id}', 1, 'handler.failed', now())`;
    expect(await broken(parked, `DELETE FROM risk.stream_cursor WHERE stream_id = '${id}'`)).toEqual([
      ...LOSSY,
      'risk: 1 records are held up',
    ]);
    const open = 'ALTER TABLE risk.assessment DISABLE ROW LEVEL SECURITY';
    expect(await broken(open, 'ALTER TABLE risk.assessment ENABLE ROW LEVEL SECURITY')).toEqual([
      ...LOSSY,
      'the policies of risk.assessment are not in force',
    ]);
    const reach = 'GRANT USAGE ON SCHEMA audit TO concordat_risk';
    expect(await broken(reach, 'REVOKE USAGE ON SCHEMA audit FROM concordat_risk')).toEqual([
      ...LOSSY,
      'concordat_risk may use the schema audit, which is not its own',
    ]);
    const older = `UPDATE risk.migration SET name = 'Gone' WHERE name LIKE 'NotesOfTwo%'`;
    expect(
      await broken(older, `UPDATE risk.migration SET name = 'NotesOfTwo1700000150000' WHERE name = 'Gone'`),
    ).toEqual([...LOSSY, 'risk lacks NotesOfTwo1700000150000', 'risk has had Gone, which this version does not know']);
    const foreign = `INSERT INTO risk.malformed VALUES ('records.events', 0, 1, 'not-json', 'x', now())`;
    expect(await broken(foreign, 'DELETE FROM risk.malformed')).toEqual([
      ...LOSSY,
      'risk: 1 messages could not be read',
    ]);
    expect(await wrong()).toEqual(LOSSY);
  });

  it('says of what does not answer that it does not', async () => {
    const nowhere = 'http://127.0.0.1:9';
    expect(await examineServices({ risk: nowhere })).toMatchObject([
      { state: 'wrong', says: 'risk does not answer at http://127.0.0.1:9' },
    ]);
    expect(await examineRedis('redis://127.0.0.1:9')).toMatchObject({ state: 'wrong', says: 'it does not answer' });
    expect(await examineKafka(['127.0.0.1:9'])).toMatchObject([{ state: 'wrong', says: 'the brokers do not answer' }]);
  });
});

/** A test database is thrown away with its run. */
const LOSSY = ['fsync', 'full_page_writes', 'synchronous_commit'].map(
  (name) => `${name} is off: what was acknowledged could be lost`,
);
