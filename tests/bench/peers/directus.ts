import { newId } from '@concordat/contracts';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePorts, ServerProcess } from '../../../tools/infrastructure/server-process';
import { isReady } from '../../../tools/services/node-process';
import { Connection, type Shot } from '../load';
import { shows, type Contender } from './contender';
import type { DirectusInstalled } from './install';
import { COLUMNS, COUNCIL, freshDatabase, fromOurs, HOUSING, inDatabase } from './rows';

const ADMIN = { email: 'admin@example.com', password: 'peers-benchmark-1' };
const PASSWORD = 'peers-benchmark-2';
const SHOWN = 'id,reference,status,pathway,urgency,receiving_org,referring_org,received_at,given,family';
const TYPES: Readonly<Record<string, string>> = {
  ...{ uuid: 'uuid', text: 'string', timestamptz: 'timestamp', jsonb: 'json' },
};

interface Item {
  readonly id: string;
  readonly receiving_org: string;
  readonly referring_org: string;
}
const seen = (i: Item): boolean => i.receiving_org === COUNCIL || i.referring_org === COUNCIL;

/**
 * Directus on a database of its own in the same server: access by the filter of its permissions, validation by their rules,
 * activity and revision for what is written. It logs no reading. Which agency receives is worked out by the client here.
 */
export async function directus(
  installed: DirectusInstalled,
  dir: string,
  adminUrl: string,
  areas: Readonly<Record<string, string>>,
): Promise<Contender> {
  const database = await freshDatabase(adminUrl, 'peers_directus');
  const [port = 0] = await freePorts(1);
  const url = `http://127.0.0.1:${port}`;
  const env = {
    ...{ PATH: process.env['PATH'], HOME: process.env['HOME'], NODE_ENV: 'production' },
    ...{ HOST: '127.0.0.1', PORT: `${port}`, PUBLIC_URL: url, KEY: newId(), SECRET: newId() + newId() },
    ...{ DB_CLIENT: 'pg', DB_CONNECTION_STRING: database, ADMIN_EMAIL: ADMIN.email, ADMIN_PASSWORD: ADMIN.password },
    ...{ LOG_LEVEL: 'error', TELEMETRY: 'false', ACCESS_TOKEN_TTL: '1d', PRESSURE_LIMITER_ENABLED: 'false' },
    ...{ EXTENSIONS_PATH: join(dir, 'extensions'), STORAGE_LOCAL_ROOT: join(dir, 'uploads') },
  };
  await promisify(execFile)(installed.node, [installed.main, 'bootstrap'], { env, cwd: dir, timeout: 300_000 });
  const server = new ServerProcess({
    ...{ name: 'directus', file: installed.node, args: [installed.main, 'start'], dir, readyWithinMs: 120_000, env },
    ready: () => isReady(`${url}/server/ping`),
  });
  await server.start();
  const tokens = await prepared(url, database, adminUrl);
  const shot = (method: string, path: string, token: string, body?: unknown): Shot => ({
    method,
    path: `/items/referrals${path}`,
    headers: { authorization: `Bearer ${token}` },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const page = async (c: Connection, more: Record<string, string>, limit = 25): Promise<Item[] | undefined> => {
    const query = new URLSearchParams({ sort: '-received_at', limit: `${limit}`, fields: SHOWN, ...more });
    const { status, body } = await c.send(shot('GET', `?${query.toString()}`, tokens.reads));
    return status === 200 ? (JSON.parse(body) as { data: Item[] }).data : undefined;
  };
  const where = (column: string, value: string) => ({ filter: JSON.stringify({ [column]: { _eq: value } }) });

  return {
    name: 'directus',
    url,
    entries: { create: 1 },
    create: (content) => async (c) => {
      const { status, body } = await c.send(shot('POST', '', tokens.refers, rowOf(content as Content, areas)));
      return status === 200 ? null : `${status} ${body.slice(0, 200)}`;
    },
    read: (row) => async (c) => {
      const { status, body } = await c.send(shot('GET', `/${row.id}`, tokens.reads));
      return status === 200 && (JSON.parse(body) as { data: Item }).data.id === row.id
        ? null
        : `${status} ${body.slice(0, 200)}`;
    },
    list: (newest) => async (c) =>
      shows(
        await page(c, where('receiving_org', COUNCIL)),
        ...([25, (i: Item) => i.receiving_org === COUNCIL, (i: Item) => i.id === newest] as const),
      ),
    search:
      ({ term, least }) =>
      async (c) =>
        shows(await page(c, { search: term }), least, seen),
    hides: async (row) => {
      const c = new Connection('127.0.0.1', port);
      try {
        const { status } = await c.send(shot('GET', `/${row.id}`, tokens.reads));
        if (status !== 403) throw new Error(`Directus shows a hidden row: ${status}`);
        if ((await page(c, { search: row.reference }))?.length !== 0) throw new Error('Directus finds a hidden row');
        if (!(await page(c, {}, 100))?.every(seen)) throw new Error('Directus lists a hidden row');
      } finally {
        c.close();
      }
    },
    audited: async () => {
      const [row] = await inDatabase<{ n: number }>(
        database,
        `SELECT least((SELECT count(*) FROM directus_activity WHERE collection = 'referrals' AND action = 'create'),
                      (SELECT count(*) FROM directus_revisions WHERE collection = 'referrals'))::int AS n`,
      );
      return { create: row!.n };
    },
    atRest: async () => undefined,
    pid: () => server.pid,
    residentMb: () => server.residentMb,
    restart: async () => {
      await server.stop();
      const began = performance.now();
      await server.start();
      return Math.round(performance.now() - began);
    },
    stop: () => server.stop(),
  };
}

interface Content {
  readonly pathway: string;
  readonly area: string;
  readonly urgency: string;
  readonly people: readonly { readonly name: { readonly given: string; readonly family: string } }[];
  readonly concerns: { readonly summary: string };
}

/** A referral as the row that a client of Directus would send. */
const rowOf = (content: Content, areas: Readonly<Record<string, string>>) => ({
  ...{ reference: `D-${newId()}`, pathway: content.pathway, area: content.area, urgency: content.urgency },
  ...{ receiving_org: areas[content.area], received_at: new Date().toISOString() },
  ...{ given: content.people[0]!.name.given, family: content.people[0]!.name.family },
  ...{ summary: content.concerns.summary, content },
});

/** The collection, who may do what in it, users, and rows. */
async function prepared(url: string, database: string, adminUrl: string): Promise<{ refers: string; reads: string }> {
  const send = async <T>(path: string, body: unknown, token?: string): Promise<T> => {
    const response = await fetch(`${url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`Directus, ${path}: ${response.status} ${await response.text()}`);
    return ((await response.json()) as { data: T }).data;
  };
  const signIn = async (email: string, password: string): Promise<string> =>
    (await send<{ access_token: string }>('/auth/login', { email, password })).access_token;
  const admin = await signIn(ADMIN.email, ADMIN.password);
  await send('/fields/directus_users', { field: 'org', type: 'uuid', schema: {} }, admin);
  await send(
    '/collections',
    {
      ...{ collection: 'referrals', schema: {}, meta: { accountability: 'all' } },
      fields: Object.entries(COLUMNS).map(([field, type]) => ({
        field,
        type: field === 'summary' ? 'text' : TYPES[type],
        ...(field === 'id'
          ? { meta: { special: ['uuid'] }, schema: { is_primary_key: true } }
          : { meta: type === 'jsonb' ? { special: ['cast-json'] } : {}, schema: {} }),
      })),
    },
    admin,
  );
  const policy = await send<{ id: string }>('/policies', { name: 'Agency', app_access: false }, admin);
  const own = { _eq: '$CURRENT_USER.org' };
  const rule = { policy: policy.id, collection: 'referrals', fields: ['*'] };
  await send(
    '/permissions',
    [{ ...rule, action: 'read', permissions: { _or: [{ receiving_org: own }, { referring_org: own }] } }],
    admin,
  );
  await send(
    '/permissions',
    [
      {
        ...{ ...rule, action: 'create', permissions: {} },
        presets: { status: 'received', referring_org: '$CURRENT_USER.org' },
        validation: {
          _and: [
            { pathway: { _in: ['domestic-abuse', 'adult-safeguarding', 'child-safeguarding'] } },
            { urgency: { _in: ['routine', 'urgent', 'immediate-danger'] } },
            ...['area', 'receiving_org', 'reference', 'family', 'summary', 'content'].map((f) => ({
              [f]: { _nnull: true },
            })),
          ],
        },
      },
    ],
    admin,
  );
  const role = await send<{ id: string }>('/roles', { name: 'Staff' }, admin);
  await send('/access', { role: role.id, policy: policy.id }, admin);
  const tokens: string[] = [];
  for (const [name, org] of [
    ['refers', HOUSING],
    ['reads', COUNCIL],
  ] as const) {
    const email = `${name}@example.com`;
    await send('/users', { email, password: PASSWORD, role: role.id, org, status: 'active' }, admin);
    tokens.push(await signIn(email, PASSWORD));
  }
  const columns = Object.keys(COLUMNS).join(', ');
  await inDatabase(
    database,
    'CREATE EXTENSION dblink',
    `INSERT INTO referrals (${columns}) SELECT ${columns} FROM ${fromOurs(adminUrl)}`,
    'CREATE UNIQUE INDEX ON referrals (reference)',
    'CREATE INDEX ON referrals (receiving_org, received_at)',
    'CREATE INDEX ON referrals (received_at)',
    'VACUUM (ANALYZE) referrals',
  );
  return { refers: tokens[0]!, reads: tokens[1]! };
}
