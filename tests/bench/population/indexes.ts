import { Client } from 'pg';

/** An index or constraint as its own definition makes it. */
interface Made {
  readonly table: string;
  readonly name: string;
  readonly definition: string;
}

/** Tables that are filled by the million. */
const LARGE = [
  ...['identity', 'referrals', 'records', 'audit'].flatMap((c) =>
    ['stream', 'outbox', 'act', 'idempotency', 'stream_cursor'].map((t) => `${c}.${t}`),
  ),
  ...['referral', 'referral_search', 'case_access'].map((t) => `referrals.${t}`),
  ...[
    'person',
    'person_version',
    'person_match',
    'person_match_key',
    'person_distinct',
    'person_merge',
    'relationship',
    'case_file',
    'case_person',
    'participation',
    'timeline',
  ].map((t) => `records.${t}`),
  ...['entry', 'detail', 'trail', 'mention', 'pseudonym', 'data_key', 'case_link'].map((t) => `audit.${t}`),
];

/** What the trigger on each of those rows would have kept. */
const KEYS = `TRUNCATE records.person_match_key; INSERT INTO records.person_match_key
  SELECT DISTINCT hashtextextended(k, 0), m.person_id FROM records.person_match m, unnest(m.keys) k`;

/**
 * without takes the indexes and constraints off the large tables while `work` fills them, and makes them again, each by its
 * own definition: row by row they would cost several times as much as the rows. Making them checks every row.
 */
export async function without(client: Client, work: () => Promise<void>): Promise<void> {
  const constraints = await list(
    client,
    `SELECT conrelid::regclass::text AS table, quote_ident(conname) AS name, pg_get_constraintdef(oid) AS definition
       FROM pg_constraint
      WHERE (conrelid::regclass::text = ANY ($1) AND contype IN ('p', 'u', 'f'))
         OR (confrelid::regclass::text = ANY ($1) AND contype = 'f')
      ORDER BY contype = 'f' DESC, conname`,
  );
  for (const { table, name } of constraints) await client.query(`ALTER TABLE ${table} DROP CONSTRAINT ${name}`);
  const indexes = await list(
    client,
    `SELECT indrelid::regclass::text AS table, indexrelid::regclass::text AS name, pg_get_indexdef(indexrelid) AS definition
       FROM pg_index WHERE indrelid::regclass::text = ANY ($1) ORDER BY 2`,
  );
  for (const { name } of indexes) await client.query(`DROP INDEX ${name}`);
  // What a part in a case is permitted by is looked up in cases, which arrive later and without their key.
  await client.query('ALTER TABLE records.participation DISABLE TRIGGER permitted');
  await client.query('ALTER TABLE records.person_match DISABLE TRIGGER keyed');
  const watch = await nobodyElse(client);
  await work();
  await client.query('ALTER TABLE records.participation ENABLE TRIGGER permitted');
  await client.query('ALTER TABLE records.person_match ENABLE TRIGGER keyed');
  await client.query(KEYS);
  await client.query(`SET maintenance_work_mem = '1GB'; SET max_parallel_maintenance_workers = 0`);
  for (const { definition } of indexes) await client.query(definition);
  for (const { table, name, definition } of [...constraints].reverse())
    await client.query(`ALTER TABLE ${table} ADD CONSTRAINT ${name} ${definition}`);
  await watch.stop();
}

/**
 * The platform's own rounds go on meanwhile: what asks for a thousand of a million rows that have no index would take hours,
 * and the index could not be made before it is done. Such a statement is cancelled; its part asks again.
 */
async function nobodyElse({ host, port, user, password, database }: Client): Promise<{ stop(): Promise<void> }> {
  const watcher = new Client({ host, port, user, password, database });
  watcher.on('error', () => undefined); // the server may end first, where filling failed
  await watcher.connect();
  const cancel = (): void =>
    void watcher
      .query(
        `SELECT pg_cancel_backend(pid) FROM pg_stat_activity
          WHERE usename LIKE 'concordat\\_%' AND state = 'active' AND clock_timestamp() - query_start > interval '2 seconds'`,
      )
      .catch(() => undefined);
  const timer = setInterval(cancel, 2_000).unref();
  return {
    stop: async () => {
      clearInterval(timer);
      await watcher.end();
    },
  };
}

const list = async (client: Client, sql: string): Promise<Made[]> => (await client.query<Made>(sql, [LARGE])).rows;
