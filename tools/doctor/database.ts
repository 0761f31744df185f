import { contexts } from '@concordat/contracts';
import type { ContextDefinition } from '@concordat/platform';
import type { Client } from 'pg';
import { orWell, type Finding } from './finding';
import { judgeClock, judgeLedger, judgeMigrations, judgePath, judgeRoles, judgeServer, judgeWalls } from './judge';
import type { PathAsFound, RoleAsFound } from './judge';

/**
 * Looks at a database as its superuser, and changes nothing. `definitions` are the contexts that this version brings. Throws
 * what the database answers when it cannot be looked at.
 */
export async function examineDatabase(client: Client, definitions: readonly ContextDefinition[]): Promise<Finding[]> {
  const rows = async <T extends object>(sql: string, values: readonly unknown[] = []): Promise<T[]> =>
    (await client.query<T>(sql, [...values])).rows;
  const names = definitions.map(({ name }) => name);
  const [server] = await rows<{ version: number; at: Date }>(
    `SELECT current_setting('server_version_num')::int / 10000 AS version, clock_timestamp() AS at`,
  );
  const host = Date.now();
  const settings = await rows<{ name: string; setting: string }>('SELECT name, setting FROM pg_settings');
  const found = [
    ...judgeServer(server!.version, Object.fromEntries(settings.map((s) => [s.name, s.setting]))),
    judgeClock(host, server!.at.getTime()),
  ];
  const there = await rows<{ name: string }>('SELECT nspname AS name FROM pg_namespace WHERE nspname = ANY ($1)', [
    names,
  ]);
  const made = definitions.filter(({ name }) => there.some((schema) => schema.name === name));
  found.push(
    ...judgeRoles(
      names.map((c) => `concordat_${c}`),
      await rolesOf(rows, names),
    ),
  );
  found.push(...judgeWalls((await rows<{ name: string }>(OPEN_TABLES, [names])).map(({ name }) => name)));
  const migrations: Finding[] = [];
  const paths: Finding[] = [];
  for (const { name, migrations: ours } of definitions) {
    const theirs = made.some((d) => d.name === name)
      ? await rows<{ name: string }>(`SELECT name FROM ${name}.migration`)
      : [];
    migrations.push(
      ...judgeMigrations(
        name,
        ours.map((m) => m.name),
        theirs.map((m) => m.name),
      ),
    );
  }
  for (const { name } of made) paths.push(...judgePath((await rows<PathAsFound>(PATH.replaceAll('%s', name)))[0]!));
  found.push(...orWell('Migrations', `${made.length} schemas are as this version wants them`, migrations));
  found.push(...orWell('Event path', 'nothing waits for long, and nothing is held up', paths));
  if (made.some(({ name }) => name === 'audit'))
    found.push(judgeLedger((await rows<Parameters<typeof judgeLedger>[0]>(LEDGER))[0]!));
  return found;
}

type Rows = <T extends object>(sql: string, values?: readonly unknown[]) => Promise<T[]>;

const rolesOf = (rows: Rows, names: readonly string[]): Promise<RoleAsFound[]> =>
  rows<RoleAsFound>(
    `SELECT r.rolname AS role,
            array_remove(ARRAY[CASE WHEN rolsuper THEN 'superuser' END, CASE WHEN rolbypassrls THEN 'bypasses row-level security' END,
              CASE WHEN rolcreaterole THEN 'makes roles' END, CASE WHEN rolcreatedb THEN 'makes databases' END], NULL) AS powers,
            ARRAY(SELECT n.nspname::text FROM pg_namespace n WHERE n.nspname = ANY ($2) AND 'concordat_' || n.nspname <> r.rolname
                     AND has_schema_privilege(r.oid, n.oid, 'USAGE') AND NOT rolsuper) AS foreign,
            (SELECT count(*)::int FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
              WHERE n.nspname = ANY ($2) AND c.relkind = 'r' AND c.relowner = r.oid) AS owns
       FROM pg_roles r WHERE r.rolname = ANY ($1) ORDER BY 1`,
    [names.map((c) => `concordat_${c}`), contexts],
  );

const OPEN_TABLES = `SELECT n.nspname || '.' || c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE n.nspname = ANY ($1) AND NOT c.relrowsecurity AND EXISTS (SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid) ORDER BY 1`;

/** `%s` is the schema, which is one of our own names. */
const PATH = `SELECT '%s' AS context,
  (SELECT extract(epoch FROM clock_timestamp() - min(created_at))::float FROM %s.outbox WHERE published_at IS NULL) AS "oldestEvent",
  (SELECT extract(epoch FROM clock_timestamp() - min(created_at))::float FROM %s.act WHERE published_at IS NULL) AS "oldestAct",
  (SELECT count(*)::int FROM %s.stream_cursor WHERE parked_reason IS NOT NULL) AS parked,
  (SELECT count(*)::int FROM %s.malformed) AS malformed`;

const LEDGER = `SELECT l.size::int AS size, coalesce(c.size, 0)::int AS "signedSize",
  extract(epoch FROM clock_timestamp() - c.signed_at)::float AS "signedAgo"
  FROM audit.log_state l LEFT JOIN LATERAL (SELECT size, signed_at FROM audit.checkpoint ORDER BY size DESC LIMIT 1) c ON true`;
