import { Client } from 'pg';
import { testDatabase } from './database';

async function ask(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

describe('testDatabase', () => {
  const prepare = async (url: string): Promise<void> => {
    await ask(url, `CREATE TABLE made (at timestamptz DEFAULT clock_timestamp()); INSERT INTO made DEFAULT VALUES`);
  };

  it('prepares a template once and hands out clones that do not see each other', async () => {
    const [one, two] = await Promise.all([testDatabase(prepare, 'clones'), testDatabase(prepare, 'clones')]);
    expect(await ask(one.url, 'SELECT at FROM made')).toEqual(await ask(two.url, 'SELECT at FROM made'));
    await ask(one.url, 'DELETE FROM made');
    expect(await ask(two.url, 'SELECT 1 FROM made')).toHaveLength(1);
    await Promise.all([one.drop(), two.drop()]);
    await one.drop();
    await expect(ask(one.url, 'SELECT 1')).rejects.toThrow('does not exist');
  });

  it('makes a template again whose preparation failed', async () => {
    const broken = async (url: string): Promise<void> => {
      await prepare(url);
      throw new Error('half-way');
    };
    await expect(testDatabase(broken, 'broken')).rejects.toThrow('half-way');
    const database = await testDatabase(prepare, 'broken');
    expect(await ask(database.url, 'SELECT 1 FROM made')).toHaveLength(1);
    await database.drop();
  });

  it('gives connection strings for other roles', async () => {
    const database = await testDatabase();
    await ask(database.adminUrl, `CREATE ROLE test_reader LOGIN PASSWORD 'p@ss/word'`);
    expect(await ask(database.as('test_reader', 'p@ss/word'), 'SELECT current_user::text AS me')).toEqual([
      { me: 'test_reader' },
    ]);
    await database.drop();
    await ask(process.env['CONCORDAT_TEST_ADMIN_URL'] ?? '', 'DROP ROLE test_reader');
  });
});
