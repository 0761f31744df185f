import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from 'pg';
import { services } from '../fault';

/** What is still on its way, in words; empty when everything has come to rest. One statement, so of one moment. */
const ON_ITS_WAY = [
  ...services.flatMap((c) => [
    [`events of ${c} that were not sent`, `SELECT count(*) FROM ${c}.outbox WHERE published_at IS NULL`],
    [`acts of ${c} that were not sent`, `SELECT count(*) FROM ${c}.act WHERE published_at IS NULL`],
    [`rows in the inbox of ${c}`, `SELECT count(*) FROM ${c}.inbox`],
    [`jobs of ${c} that are due`, `SELECT count(*) FROM ${c}.job_outbox WHERE run_at <= clock_timestamp()`],
  ]),
  ...services.flatMap((consumer) =>
    services.map((source) => [
      `streams of ${source} where ${consumer} is behind`,
      // Only of sources that it receives: it has a cursor for some stream of theirs.
      `SELECT count(*) FROM ${source}.stream s LEFT JOIN ${consumer}.stream_cursor c ON c.source = '${source}' AND c.stream_id = s.id
        WHERE coalesce(c.last_version, 0) < s.version
          AND EXISTS (SELECT 1 FROM ${consumer}.stream_cursor h WHERE h.source = '${source}')`,
    ]),
  ),
  [
    'acts that are not sealed',
    `SELECT (${services.map((c) => `(SELECT count(*) FROM ${c}.act)`).join(' + ')}) - (SELECT count(*) FROM audit.entry)`,
  ],
  [
    'entries that no checkpoint covers',
    `SELECT (SELECT size FROM audit.log_state) - coalesce((SELECT max(size) FROM audit.checkpoint), 0)`,
  ],
  // Also those that are not due yet: one that passed while the evidence is gathered would be in half of it.
  ['triage clocks that run', `SELECT count(*) FROM referrals.referral WHERE clock = 'pending'`],
] as const;

const QUESTION = `SELECT ${ON_ITS_WAY.map(([, sql], i) => `(${sql})::int AS "${i}"`).join(', ')}`;

/** What did not come to rest, or null; and what did so last. */
export interface Rest {
  readonly restless: string | null;
  readonly last: string;
}

/** Resolves when nothing is on its way, twice in a row, or after `limitMs`. */
export async function comesToRest(connect: () => Promise<Client>, limitMs: number): Promise<Rest> {
  const limit = Date.now() + limitMs;
  let calm = 0;
  let last = 'nothing was on its way';
  while (Date.now() < limit) {
    try {
      const left = await onItsWay(connect);
      calm = left === '' ? calm + 1 : 0;
      if (calm === 2) return { restless: null, last };
      if (left !== '') last = left;
    } catch (error) {
      last = (error as Error).message;
    }
    await delay(250);
  }
  return { restless: last, last };
}

async function onItsWay(connect: () => Promise<Client>): Promise<string> {
  const database = await connect();
  try {
    const { rows } = await database.query<Record<string, number>>(QUESTION);
    return ON_ITS_WAY.flatMap(([what], i) => (rows[0]![i] === 0 ? [] : [`${rows[0]![i]} ${what}`])).join('; ');
  } finally {
    await database.end().catch(() => undefined);
  }
}
