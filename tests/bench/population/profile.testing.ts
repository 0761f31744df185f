import { contexts } from '@concordat/contracts';
import type { Client } from 'pg';

/** Acts that a platform makes of itself, or that come of signing in over HTTP: as many as it happens. */
const OWN = ['staff.list', 'stream.read', 'ledger.heartbeat', 'session.view'];
const OWN_ACT = OWN.map((a) => `'${a}'`).join(', ');
const act = (body: string): string => `(convert_from(${body}, 'UTF8')::jsonb #>> '{data,action}')`;
/** Rows to compare, where not all are. */
const ONLY: Readonly<Record<string, string>> = {
  ...Object.fromEntries(contexts.map((c) => [`${c}.act`, `${act('t.body')} NOT IN (${OWN_ACT})`])),
  'audit.trail': `t.action NOT IN (${OWN_ACT})`,
  ...Object.fromEntries(
    ['entry', 'detail'].map((t) => [
      `audit.${t}`,
      `EXISTS (SELECT 1 FROM audit.trail x WHERE x.idx = t.idx AND x.action NOT IN (${OWN_ACT}))`,
    ]),
  ),
  // How many records a list names depends on what it found.
  'audit.mention': `EXISTS (SELECT 1 FROM audit.trail x WHERE x.idx = t.idx
                     AND x.action NOT IN (${OWN_ACT}, 'referral.list', 'referral.search', 'case.list'))`,
};
/** Tables that depend on how long something ran, or on who signed in. */
const COUNTED_ANYHOW = ['audit.checkpoint', 'audit.tile', 'audit.pseudonym', 'audit.data_key'];
/** Migrations are TypeORM's own; searches are gone within the hour, and a population is older; a sweep beats once it runs. */
const LEFT_OUT = /\.migrations$|^referrals\.search$|^notifications\.sweep_heartbeat$/;

/** What a table is like: how many rows, which columns have values, and of what shape what is in them is. */
export interface TableProfile {
  readonly rows: number | 'some' | 'none';
  readonly columns: Readonly<Record<string, string>>;
  readonly shapes: readonly string[];
}

/** profile describes every table of every context, with its constraints, indexes and policies. */
export async function profile(client: Client): Promise<Record<string, TableProfile>> {
  const found: Record<string, TableProfile> = {};
  const { rows: tables } = await client.query<{ name: string; columns: { name: string; type: string }[] }>(
    `SELECT table_schema || '.' || table_name AS name, json_agg(json_build_object('name', column_name, 'type', data_type) ORDER BY ordinal_position) AS columns
       FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
      WHERE table_schema = ANY ($1) AND table_type = 'BASE TABLE' GROUP BY 1 ORDER BY 1`,
    [contexts],
  );
  for (const { name, columns } of tables) {
    if (LEFT_OUT.test(name)) continue;
    const where = ONLY[name] ? `WHERE ${ONLY[name]}` : '';
    const { rows } = await client.query<Record<string, number>>(
      `SELECT count(*)::int AS n, ${columns.map((c, i) => `count(t.${c.name})::int AS c${i}`).join(', ')} FROM ${name} t ${where}`,
    );
    const n = rows[0]!['n']!;
    found[name] = {
      rows: COUNTED_ANYHOW.includes(name) ? (n > 0 ? 'some' : 'none') : n,
      columns: Object.fromEntries(columns.map((c, i) => [c.name, filled(rows[0]![`c${i}`]!, n)])),
      shapes: await shapesOf(client, name, columns, where),
    };
  }
  return found;
}

const filled = (set: number, all: number): string => (set === 0 ? 'never' : set === all ? 'always' : 'sometimes');

async function shapesOf(
  client: Client,
  table: string,
  columns: { name: string; type: string }[],
  where: string,
): Promise<string[]> {
  const shapes = new Set<string>();
  for (const { name, type } of columns) {
    const bytes = (type === 'bytea' && ['body', 'bytes'].includes(name)) || name === 'note';
    if (!bytes && type !== 'jsonb' && type !== 'json') continue;
    if (name === 'note') continue;
    const { rows } = await client.query<{ value: unknown }>(
      `SELECT ${type === 'bytea' ? `convert_from(t.${name}, 'UTF8')::jsonb` : `t.${name}`} AS value FROM ${table} t ${where}`,
    );
    for (const { value } of rows) {
      if (value === null) continue; // whether a column has values is compared above
      const kind = kindOf(value as Record<string, unknown>);
      for (const path of paths(value, '')) shapes.add(`${name}${kind}: ${path}`);
    }
  }
  return [...shapes].sort();
}

/** Events and acts are compared each with its own kind. */
function kindOf(value: Record<string, unknown>): string {
  const data = value['data'] as Record<string, unknown> | undefined;
  const kind = [value['type'], data?.['action'], value['act']].filter((k) => typeof k === 'string');
  return kind.length > 0 ? `<${kind.join('/')}>` : '';
}

function* paths(value: unknown, at: string): Generator<string> {
  if (Array.isArray(value)) for (const item of value) yield* paths(item, `${at}[]`);
  else if (typeof value === 'object' && value !== null)
    for (const [key, inner] of Object.entries(value)) yield* paths(inner, `${at}.${key}`);
  else yield `${at} ${value === null ? 'null' : typeof value}`;
}

/** Every act by context, action and outcome, as the trail counts them. */
export async function actions(client: Client): Promise<Record<string, number>> {
  const { rows } = await client.query<{ what: string; n: number }>(
    `SELECT action || ' ' || outcome AS what, count(*)::int AS n FROM audit.trail WHERE action NOT IN (${OWN_ACT}) GROUP BY 1`,
  );
  return Object.fromEntries(rows.map((r) => [r.what, r.n]));
}

/** Definitions that the database itself keeps, and whether they are valid. */
export async function definitions(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ line: string }>(
    `SELECT conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) || ' ' || convalidated AS line FROM pg_constraint
      WHERE connamespace::regnamespace::text = ANY ($1)
     UNION SELECT pg_get_indexdef(indexrelid) || ' ' || indisvalid || ' ' || c.relowner::regrole FROM pg_index JOIN pg_class c ON c.oid = indexrelid
      WHERE c.relnamespace::regnamespace::text = ANY ($1)
     UNION SELECT relname || ' rls ' || relrowsecurity || ' ' || relacl::text || ' ' || coalesce(reloptions::text, '') FROM pg_class
      WHERE relkind = 'r' AND relnamespace::regnamespace::text = ANY ($1)
     ORDER BY 1`,
    [contexts],
  );
  return rows.map((r) => r.line);
}

/** Where sequences have come to. */
export async function sequences(client: Client): Promise<Record<string, string>> {
  const { rows } = await client.query<{ name: string; last: string }>(
    `SELECT schemaname || '.' || sequencename AS name, coalesce(last_value::text, 'unused') AS last FROM pg_sequences WHERE schemaname = ANY ($1)`,
    [contexts],
  );
  return Object.fromEntries(rows.map((r) => [r.name, r.last]));
}
