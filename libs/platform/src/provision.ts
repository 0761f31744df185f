import { contexts, type ContextName } from '@concordat/contracts';
import { createHash, createHmac } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { Client, escapeIdentifier, escapeLiteral } from 'pg';
import type { ContextDefinition } from './context';
import { migrate } from './database';

/** The database that Concordat lives in, and who may sign in to it. */
export interface Provisioned {
  /** The context's own role: its schema only, owner of nothing, subject to row-level security. */
  readonly urlOf: (context: ContextName) => string;
  /** A role that owns the schemas of the embedded job queue and of ephemeral state, and may do nothing else. */
  readonly bridgeUrl: string;
  /** Owner of every schema: for migrations only. */
  readonly ownerUrl: string;
  readonly migrated: readonly string[];
}

const DATABASE = 'concordat';
const OWNER = 'concordat_owner';
const BRIDGE = 'concordat_bridge';
const JOBS = 'jobs';
const EPHEMERAL = 'ephemeral';
/** Part of the stamp: raise it when what is made here changes, so that databases made before are made good. */
const EDITION = '4';
const roleOf = (context: ContextName): string => `concordat_${context}`;
const ROLES = [OWNER, BRIDGE, ...contexts.map(roleOf)];

/**
 * provision makes the database, the owner role, a schema and a least-privilege role for each context, and runs the
 * migrations that are missing. Idempotent; quick when nothing changed (a stamp over the migrations is compared first).
 * `adminUrl` is a superuser, used for nothing else; the roles' passwords are derived from its own, so that everything that
 * is given the same server agrees on them, but for contexts whose password is `given`.
 */
export async function provision(
  adminUrl: string,
  definitions: readonly ContextDefinition[],
  database = DATABASE,
  given: Readonly<Partial<Record<ContextName, string>>> = {},
): Promise<Provisioned> {
  const derived = passwordsFrom(adminUrl);
  const named = new Map(Object.entries(given).map(([context, own]) => [roleOf(context as ContextName), own]));
  const password = (role: string): string => named.get(role) ?? derived(role);
  const as = (role: string, more: Record<string, string> = {}): string =>
    withUser(adminUrl, database, role, password(role), more);
  const urlOf = (context: ContextName): string =>
    as(roleOf(context), { options: `-c search_path=${context},public -c concordat.scope=none` });
  const stamp = createHash('sha256')
    .update(definitions.map((d) => d.migrations.map((m) => m.toString()).join()).join())
    .update(ROLES.map(password).join())
    .update(EDITION)
    .digest('hex');
  if ((await stampOf(adminUrl, database)) === stamp)
    return { urlOf, bridgeUrl: as(BRIDGE), ownerUrl: as(OWNER), migrated: [] };

  await inTurn(() => ensureRolesAndDatabase(adminUrl, database, password));
  await ensureSchemas(withUser(adminUrl, database));
  const migrated: string[] = [];
  for (const definition of definitions) migrated.push(...(await migrate(as(OWNER), definition)));
  await writeStamp(withUser(adminUrl, database), stamp);
  return { urlOf, bridgeUrl: as(BRIDGE), ownerUrl: as(OWNER), migrated };
}

/** Each role's password: HMAC-SHA256 of its name under the administrator's password. */
function passwordsFrom(adminUrl: string): (role: string) => string {
  const root = decodeURIComponent(new URL(adminUrl).password);
  return (role) => createHmac('sha256', root).update(`role/${role}`).digest('base64url');
}

async function ensureRolesAndDatabase(
  adminUrl: string,
  database: string,
  password: (role: string) => string,
): Promise<void> {
  await withClient(adminUrl, async (admin) => {
    for (const role of ROLES) {
      const exists = (await admin.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [role])).rowCount;
      const verb = exists ? 'ALTER' : 'CREATE';
      await admin.query(
        `${verb} ROLE ${role} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS PASSWORD ${escapeLiteral(password(role))}`,
      );
      // A plan that was made while a queue was empty reads the whole table, and is kept when the queue is long: an event
      // then costs several times as much (docs/decisions/0010). Everything that services ask has an index.
      await admin.query(`ALTER ROLE ${role} SET enable_seqscan = off`);
    }
    const found = (await admin.query('SELECT 1 FROM pg_database WHERE datname = $1', [database])).rowCount;
    if (!found) await admin.query(`CREATE DATABASE ${escapeIdentifier(database)} OWNER ${OWNER}`);
  });
}

/** Roles belong to the server: another process that provisions at the same moment makes PostgreSQL refuse one of the two. */
async function inTurn(work: () => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      // "tuple concurrently updated", and the two names for "somebody has just made it".
      if (attempt === 10 || !['XX000', '23505', '42710'].includes((error as { code?: string }).code ?? '')) throw error;
      await delay(20 + Math.random() * 80);
    }
  }
}

async function ensureSchemas(databaseAdminUrl: string): Promise<void> {
  await withClient(databaseAdminUrl, async (admin) => {
    for (const extension of ['pg_trgm', 'unaccent', 'fuzzystrmatch']) {
      await admin.query(`CREATE EXTENSION IF NOT EXISTS ${extension} SCHEMA public`);
    }
    await admin.query('REVOKE CREATE ON SCHEMA public FROM PUBLIC');
    for (const schema of [JOBS, EPHEMERAL])
      await admin.query(`CREATE SCHEMA IF NOT EXISTS ${schema} AUTHORIZATION ${BRIDGE}`);
    for (const context of contexts) {
      const role = roleOf(context);
      await admin.query(`CREATE SCHEMA IF NOT EXISTS ${context} AUTHORIZATION ${OWNER}`);
      await admin.query(`GRANT USAGE ON SCHEMA ${context} TO ${role}`);
      const defaults = `ALTER DEFAULT PRIVILEGES FOR ROLE ${OWNER} IN SCHEMA ${context} GRANT`;
      await admin.query(`${defaults} SELECT, INSERT, UPDATE, DELETE ON TABLES TO ${role}`);
      await admin.query(`${defaults} USAGE, SELECT ON SEQUENCES TO ${role}`);
    }
    await admin.query(
      'CREATE TABLE IF NOT EXISTS public.concordat_stamp (one boolean PRIMARY KEY DEFAULT true CHECK (one), stamp text NOT NULL)',
    );
  });
}

async function stampOf(adminUrl: string, database: string): Promise<string | null> {
  try {
    return await withClient(withUser(adminUrl, database), async (admin) => {
      const { rows } = await admin.query<{ stamp: string }>('SELECT stamp FROM public.concordat_stamp');
      return rows[0]?.stamp ?? null;
    });
  } catch {
    return null; // no such database or table yet: everything is to be made
  }
}

const writeStamp = (databaseAdminUrl: string, stamp: string): Promise<void> =>
  withClient(databaseAdminUrl, async (admin) => {
    await admin.query(
      'INSERT INTO public.concordat_stamp (stamp) VALUES ($1) ON CONFLICT (one) DO UPDATE SET stamp = EXCLUDED.stamp',
      [stamp],
    );
  });

async function withClient<T>(url: string, fn: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined); // a lost connection rejects the query that was under way
  await client.connect();
  try {
    return await fn(client);
  } finally {
    await client.end();
  }
}

function withUser(
  base: string,
  database: string,
  user?: string,
  secret?: string,
  more: Record<string, string> = {},
): string {
  const url = new URL(base);
  url.pathname = `/${database}`;
  if (user !== undefined) url.username = user;
  if (secret !== undefined) url.password = secret;
  for (const [k, v] of Object.entries(more)) url.searchParams.set(k, v);
  return url.toString();
}
