import { Client } from 'pg';
import type { Random } from '../../faults/random';
import type { Row, Sought } from './contender';

/** The agency that asks: the demonstration's council, which receives half of all referrals; and that which refers. */
export const COUNCIL = 'd22cacf3-000b-4ccb-b1fc-23e09b777df1';
export const HOUSING = 'dd31cbd9-2e1f-43d4-987d-a46531bde013';
/** An area of the council's, for referrals that are made. */
export const NORTHBANK = 'c1fbde18-08de-4d37-8e5d-7e2aab24ffbc';

/** What is copied to the others, so that all hold the same rows: one column for each that people ask by. */
export const COLUMNS = {
  id: 'uuid',
  reference: 'text',
  status: 'text',
  pathway: 'text',
  area: 'uuid',
  urgency: 'text',
  receiving_org: 'uuid',
  referring_org: 'uuid',
  received_at: 'timestamptz',
  given: 'text',
  family: 'text',
  summary: 'text',
  content: 'jsonb',
} as const;

const SOURCE = `
  SELECT id, reference, status, pathway, area_id, content ->> 'urgency', receiving_org, referring_org, received_at,
         content #>> '{people,0,name,given}', content #>> '{people,0,name,family}', content #>> '{concerns,summary}', content
    FROM referrals.referral WHERE received_at IS NOT NULL`;

/** Ours as a table `source`, for a statement in another database of the same server: `INSERT INTO x SELECT … FROM source`. */
export function fromOurs(ours: string): string {
  const url = new URL(ours);
  const to = {
    host: url.hostname,
    port: url.port,
    user: url.username,
    password: decodeURIComponent(url.password),
    dbname: url.pathname.slice(1),
  };
  const target = Object.entries(to)
    .map(([k, v]) => `${k}=${v}`)
    .join(' ');
  const columns = Object.entries(COLUMNS).map(([name, type]) => `${name} ${type}`);
  return `dblink('${target}', $source$${SOURCE}$source$) AS source (${columns.join(', ')})`;
}

/** A database of that name on the same server, made anew. Answers its address. */
export async function freshDatabase(adminUrl: string, name: string): Promise<string> {
  await inDatabase(adminUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`, `CREATE DATABASE ${name}`);
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  return url.href;
}

/** Does something with a connection of its own. */
export async function connected<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Runs statements one after another; answers the rows of the last. */
export const inDatabase = <R extends object = object>(url: string, ...statements: string[]): Promise<R[]> =>
  connected(url, async (client) => {
    let rows: R[] = [];
    for (const sql of statements) ({ rows } = await client.query<R>(sql));
    return rows;
  });

/** What the answers must be: looked up in our tables before anything is asked. */
export interface Known {
  readonly rows: number;
  /** The last that the council received. */
  readonly newest: string;
  readonly visible: readonly Row[];
  readonly sought: readonly Sought[];
  /** Made by others for others, in whose case the council has no part. */
  readonly hidden: readonly Row[];
}

const SAMPLE = 2_000;
const PAGE = 25;

/** look draws rows from ours that the council received, and some of which it may know nothing. */
export const look = (adminUrl: string, random: Random): Promise<Known> =>
  connected(adminUrl, async (client) => {
    const rows = async (where: string, limit: number): Promise<Row[]> =>
      (
        await client.query<Row>(
          `SELECT id, reference, content #>> '{people,0,name,family}' AS family FROM referrals.referral r
            WHERE received_at IS NOT NULL AND ${where} ORDER BY md5(id::text) LIMIT ${limit}`,
        )
      ).rows;
    const visible = await rows(`receiving_org = '${COUNCIL}'`, SAMPLE);
    const hidden = await rows(
      `receiving_org <> '${COUNCIL}' AND referring_org <> '${COUNCIL}' AND NOT EXISTS (
         SELECT 1 FROM referrals.case_access c WHERE c.case_id = r.case_id AND c.org_id = '${COUNCIL}')`,
      5,
    );
    const { rows: counted } = await client.query<{ family: string; n: number }>(
      `SELECT content #>> '{people,0,name,family}' AS family, count(*)::int AS n FROM referrals.referral
        WHERE receiving_org = '${COUNCIL}' AND received_at IS NOT NULL GROUP BY 1`,
    );
    const byFamily = new Map(counted.map(({ family, n }) => [family, n]));
    // As often as they occur, so mostly names that many have; those of one word, as each understands several otherwise.
    const sought = Array.from({ length: SAMPLE }, () => random.pick(visible).family)
      .filter((term) => /^[A-Za-z]{4,}$/.test(term))
      .map((term) => ({ term, least: Math.min(PAGE, byFamily.get(term) ?? 0) }));
    const { rows: newest } = await client.query<{ id: string }>(
      `SELECT id FROM referrals.referral WHERE receiving_org = '${COUNCIL}' AND received_at IS NOT NULL
        ORDER BY received_at DESC, id DESC LIMIT 1`,
    );
    const { rows: all } = await client.query<{ n: number }>(
      'SELECT count(*)::int AS n FROM referrals.referral WHERE received_at IS NOT NULL',
    );
    return { rows: all[0]!.n, newest: newest[0]!.id, visible, hidden, sought };
  });
