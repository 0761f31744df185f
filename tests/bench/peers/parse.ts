import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePorts, ServerProcess } from '../../../tools/infrastructure/server-process';
import { ROOT } from '../../../tools/services/built';
import { isReady } from '../../../tools/services/node-process';
import { Connection, type Shot } from '../load';
import { shows, type Contender, type Operation } from './contender';
import { COUNCIL, freshDatabase, fromOurs, HOUSING, inDatabase } from './rows';

const APP = 'peers';
const MASTER = 'peers-master-key';
const SHOWN = 'reference,status,pathway,urgency,receivingOrg,referringOrg,receivedAt,given,family';

interface Item {
  readonly objectId: string;
  readonly reference: string;
  readonly receivingOrg: string;
  readonly referringOrg: string;
}
const seen = (i: Item): boolean => i.receivingOrg === COUNCIL || i.referringOrg === COUNCIL;

/** Parse Server on a database of its own in the same server: access by its own ACL, an audit object for each thing done. */
export async function parse(
  main: string,
  dir: string,
  adminUrl: string,
  areas: Readonly<Record<string, string>>,
): Promise<Contender> {
  const databaseURI = await freshDatabase(adminUrl, 'peers_parse');
  const [port = 0] = await freePorts(1);
  const url = `http://127.0.0.1:${port}`;
  const settings = join(dir, 'parse.json');
  const configuration = {
    ...{ appId: APP, masterKey: MASTER, databaseURI, port, host: '127.0.0.1', serverURL: `${url}/parse` },
    ...{ mountPath: '/parse', logLevel: 'error', allowClientClassCreation: false },
    cloud: join(ROOT, 'tests/bench/peers/parse-cloud.cjs'),
  };
  writeFileSync(settings, JSON.stringify(configuration));
  const server = new ServerProcess({
    ...{ name: 'parse-server', file: process.execPath, args: [main, settings], dir, readyWithinMs: 60_000 },
    ready: () => isReady(`${url}/parse/health`),
    env: {
      ...{ PATH: process.env['PATH'], HOME: process.env['HOME'], NODE_ENV: 'production' },
      ...{ PARSE_SERVER_LOGS_FOLDER: join(dir, 'parse-logs'), PEERS_AREAS: JSON.stringify(areas) },
    },
  });
  await server.start();
  const master = async (path: string, body: unknown): Promise<{ objectId: string; sessionToken: string }> => {
    const response = await fetch(`${url}/parse${path}`, {
      method: 'POST',
      headers: {
        ...{ 'x-parse-application-id': APP, 'x-parse-master-key': MASTER, 'content-type': 'application/json' },
      },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`Parse Server, ${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as { objectId: string; sessionToken: string };
  };
  const [refers, reads] = await prepared(master, databaseURI, adminUrl);
  const shot = (method: string, path: string, session: string, body?: unknown): Shot => ({
    method,
    path: `/parse/classes/Referral${path}`,
    headers: { 'x-parse-application-id': APP, 'x-parse-session-token': session },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const page = async (c: Connection, where: object, limit = 25): Promise<Item[] | undefined> => {
    const query = new URLSearchParams({
      where: JSON.stringify(where),
      order: '-receivedAt',
      limit: `${limit}`,
      keys: SHOWN,
    });
    const { status, body } = await c.send(shot('GET', `?${query.toString()}`, reads));
    return status === 200 ? (JSON.parse(body) as { results: Item[] }).results : undefined;
  };
  const text = ($term: string) => ({ searchText: { $text: { $search: { $term } } } });

  return {
    name: 'parse',
    url,
    entries: { create: 1, read: 1, list: 1, search: 1 },
    create: (content) => async (c) => {
      const { status, body } = await c.send(shot('POST', '', refers, { content }));
      return status === 201 ? null : `${status} ${body.slice(0, 200)}`;
    },
    read: (row) => async (c) => {
      const { status, body } = await c.send(shot('GET', `/${row.id}`, reads));
      return status === 200 && (JSON.parse(body) as Item).objectId === row.id
        ? null
        : `${status} ${body.slice(0, 200)}`;
    },
    list: (newest) => async (c) =>
      shows(
        await page(c, { receivingOrg: COUNCIL }),
        25,
        (i) => i.receivingOrg === COUNCIL,
        (i) => i.objectId === newest,
      ),
    search:
      ({ term, least }) =>
      async (c) =>
        shows(await page(c, text(term)), least, seen),
    hides: async (row) => {
      const c = new Connection('127.0.0.1', port);
      try {
        const { status } = await c.send(shot('GET', `/${row.id}`, reads));
        if (status !== 404) throw new Error(`Parse Server shows a hidden row: ${status}`);
        if ((await page(c, { reference: row.reference }))?.length !== 0)
          throw new Error('Parse Server finds a hidden row');
        if (!(await page(c, {}, 100))?.every(seen)) throw new Error('Parse Server lists a hidden row');
      } finally {
        c.close();
      }
    },
    audited: async () => {
      const rows = await inDatabase<{ op: Operation; n: number }>(
        databaseURI,
        'SELECT op, count(*)::int AS n FROM "Audit" GROUP BY 1',
      );
      return Object.fromEntries(rows.map((r) => [r.op, r.n]));
    },
    atRest: async () => undefined, // it answers after its audit object is stored
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

type Master = (path: string, body: unknown) => Promise<{ objectId: string; sessionToken: string }>;

/** Classes, users, roles and rows. Answers the sessions of who refers and who reads. */
async function prepared(master: Master, databaseURI: string, adminUrl: string): Promise<[string, string]> {
  const fields = (names: string, type: string) =>
    Object.fromEntries(names.split(' ').map((name) => [name, { type }] as const));
  const signedIn = { requiresAuthentication: true };
  await master('/schemas/Referral', {
    className: 'Referral',
    fields: {
      ...fields('reference status pathway area urgency receivingOrg referringOrg given family searchText', 'String'),
      ...{ receivedAt: { type: 'Date' }, content: { type: 'Object' } },
    },
    classLevelPermissions: {
      ...{ find: signedIn, get: signedIn, count: signedIn, create: signedIn, update: signedIn },
    },
  });
  await master('/schemas/Audit', {
    className: 'Audit',
    fields: { ...fields('op by outcome', 'String'), at: { type: 'Date' }, objects: { type: 'Array' } },
    classLevelPermissions: {},
  });
  const sessions: string[] = [];
  for (const [username, org] of [
    ['refers', HOUSING],
    ['reads', COUNCIL],
  ] as const) {
    const user = await master('/users', { username, password: 'benchmark', org });
    sessions.push((await master('/login', { username, password: 'benchmark' })).sessionToken);
    const objects = [{ __type: 'Pointer', className: '_User', objectId: user.objectId }];
    await master('/roles', { name: `org-${org}`, ACL: {}, users: { __op: 'AddRelation', objects } });
  }
  await inDatabase(
    databaseURI,
    'CREATE EXTENSION dblink',
    `INSERT INTO "Referral" ("objectId", "createdAt", "updatedAt", reference, status, pathway, area, urgency, "receivingOrg",
            "referringOrg", given, family, "searchText", "receivedAt", content, _rperm, _wperm)
     SELECT id::text, received_at, received_at, reference, status, pathway, area::text, urgency, receiving_org::text,
            referring_org::text, given, family, concat_ws(' ', reference, given, family, summary), received_at, content, roles, roles
       FROM ${fromOurs(adminUrl)}, LATERAL (SELECT ARRAY['role:org-' || receiving_org, 'role:org-' || referring_org] AS roles) r`,
    'CREATE UNIQUE INDEX ON "Referral" (reference)',
    'CREATE INDEX ON "Referral" ("receivingOrg", "receivedAt")',
    'CREATE INDEX ON "Referral" ("receivedAt")',
    `CREATE INDEX ON "Referral" USING gin (to_tsvector('english', "searchText"))`,
    'VACUUM (ANALYZE) "Referral"',
  );
  return sessions as [string, string];
}
