import { Client } from 'pg';
import { closedLoop } from '../load';
import { pgbench, pgbenchOf } from '../pgbench';
import { bareRoute } from './bare-route';
import type { Sought } from './contender';
import { COLUMNS, COUNCIL, freshDatabase, fromOurs, inDatabase } from './rows';

/** What the machine could do with nothing of an application in between, by name, in operations a second. */
export type Limits = Readonly<Record<string, (seconds: number) => Promise<number> | number>>;

export interface Limiting {
  readonly of: Readonly<Record<'create' | 'read' | 'list' | 'search' | 'http', Limits>>;
  stop(): Promise<void>;
}

const AUDITED = `INSERT INTO reading (at, who, what, ids) SELECT clock_timestamp(), '${COUNCIL}'::uuid,`;
const READ = (id: string): string =>
  `WITH shown AS (SELECT id, content FROM referrals WHERE ${id}), audit AS (${AUDITED} 'read', array_agg(id) FROM shown) SELECT * FROM shown`;
const LIST = `WITH shown AS (SELECT id, reference, status, pathway, urgency, received_at, given, family FROM referrals
   WHERE receiving_org = '${COUNCIL}' ORDER BY received_at DESC LIMIT 25), audit AS (${AUDITED} 'list', array_agg(id) FROM shown) SELECT * FROM shown`;
const SEARCH = `SELECT id, reference, status, pathway, urgency, received_at, given, family FROM referrals
   WHERE words @@ to_tsquery('simple', $1) AND receiving_org = '${COUNCIL}' ORDER BY received_at DESC LIMIT 25`;

/**
 * The limits on the same rows in the same server: pgbench for writes (the three inserts of intake); for a logged reading or
 * list one statement that selects and inserts an audit row, by pgbench and by `pg`; full text of PostgreSQL, not logged, by
 * `pg`; and a bare route of Fastify.
 */
export async function limits(
  at: { binary: string | null; adminUrl: string; clients: number; dir: string },
  content: unknown,
  sought: readonly Sought[],
): Promise<Limiting> {
  const { binary, clients } = at;
  const url = await freshDatabase(at.adminUrl, 'peers_limits');
  const columns = Object.keys(COLUMNS).join(', ');
  await inDatabase(
    url,
    'CREATE EXTENSION dblink',
    `CREATE TABLE referrals AS SELECT row_number() OVER () AS n, ${columns},
            to_tsvector('simple', concat_ws(' ', reference, given, family, summary)) AS words FROM ${fromOurs(at.adminUrl)}`,
    'ALTER TABLE referrals ADD PRIMARY KEY (id)',
    'CREATE UNIQUE INDEX ON referrals (n)',
    'CREATE INDEX ON referrals (receiving_org, received_at)',
    'CREATE INDEX ON referrals USING gin (words)',
    'CREATE TABLE reading (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, at timestamptz, who uuid, what text, ids uuid[])',
    'VACUUM (ANALYZE) referrals',
  );
  const [{ rows: last } = { rows: 0 }] = await inDatabase<{ rows: number }>(
    url,
    'SELECT max(n)::int AS rows FROM referrals',
  );
  const ids = (await inDatabase<{ id: string }>(url, 'SELECT id FROM referrals ORDER BY md5(id::text) LIMIT 2000')).map(
    (r) => r.id,
  );
  const press = (seconds: number) => ({ binary: binary!, adminUrl: url, clients, seconds });
  const withPg = async (
    seconds: number,
    name: string,
    sql: string,
    values: (n: number) => unknown[],
    least: number,
  ) => {
    const all = await Promise.all(
      Array.from({ length: clients }, async () => {
        const client = new Client({ connectionString: url });
        await client.connect();
        return client;
      }),
    );
    let done = 0;
    const began = performance.now();
    let n = 0;
    await Promise.all(
      all.map(async (client) => {
        while (performance.now() < began + seconds * 1000) {
          const { rows } = await client.query({ name, text: sql, values: values(n++) });
          if (rows.length < least) throw new Error(`${name} by pg found ${rows.length} rows`);
          done++;
        }
      }),
    );
    const perSecond = done / ((performance.now() - began) / 1000);
    await Promise.all(all.map((client) => client.end()));
    return perSecond;
  };
  const bare = await bareRoute(at.dir);
  const byPgbench = (limit: Limits): Limits => (binary ? limit : {});
  return {
    of: {
      create: byPgbench({ pgbench: (s) => pgbench(binary!, url, clients, s, JSON.stringify(content)) }),
      read: {
        ...byPgbench({ pgbench: (s) => pgbenchOf(press(s), `\\set n random(1, ${last})\n${READ('n = :n')};\n`) }),
        pg: (s) => withPg(s, 'read', READ('id = $1'), (n) => [ids[n % ids.length]], 1),
      },
      list: {
        ...byPgbench({ pgbench: (s) => pgbenchOf(press(s), `${LIST.replaceAll('\n', ' ')};\n`) }),
        pg: (s) => withPg(s, 'list', LIST, () => [], 25),
      },
      search: { pg: (s) => withPg(s, 'search', SEARCH, (n) => [sought[n % sought.length]!.term.toLowerCase()], 1) },
      http: {
        fastify: async (s) =>
          (await closedLoop(bare.url, clients, s, () => ({ method: 'GET', path: '/', headers: {} }), 200)).perSecond,
      },
    },
    stop: () => bare.stop(),
  };
}
