import type { ContextName } from '@concordat/contracts';
import { setTimeout as delay } from 'node:timers/promises';
import type { Platform } from '../platform/platform';

/** What is still on its way, in words; empty when everything has come to rest. One statement, so of one moment. */
type Question = readonly [what: string, sql: string];

const questions = (contexts: readonly ContextName[]): Question[] => [
  ...contexts.flatMap((c): Question[] => [
    [`events of ${c} that were not sent`, `SELECT count(*) FROM ${c}.outbox WHERE published_at IS NULL`],
    [`acts of ${c} that were not sent`, `SELECT count(*) FROM ${c}.act WHERE published_at IS NULL`],
    [`rows in the inbox of ${c}`, `SELECT count(*) FROM ${c}.inbox`],
    [`jobs of ${c} that are due`, `SELECT count(*) FROM ${c}.job_outbox WHERE run_at <= clock_timestamp()`],
  ]),
  ...contexts.flatMap((consumer) =>
    contexts.map((source): Question => [
      `streams of ${source} where ${consumer} is behind`,
      // Only of sources that it receives: it has a cursor for some stream of theirs.
      `SELECT count(*) FROM ${source}.stream s LEFT JOIN ${consumer}.stream_cursor c ON c.source = '${source}' AND c.stream_id = s.id
        WHERE coalesce(c.last_version, 0) < s.version
          AND EXISTS (SELECT 1 FROM ${consumer}.stream_cursor h WHERE h.source = '${source}')`,
    ]),
  ),
  [
    'acts that are not sealed',
    `SELECT (${contexts.map((c) => `(SELECT count(*) FROM ${c}.act)`).join(' + ')}) - (SELECT count(*) FROM audit.entry)`,
  ],
  [
    'entries that no checkpoint covers',
    `SELECT (SELECT size FROM audit.log_state) - coalesce((SELECT max(size) FROM audit.checkpoint), 0)`,
  ],
  ['webhooks that were not taken', `SELECT count(*) FROM notifications.webhook_delivery WHERE state = 'pending'`],
  // Also those that are not due yet: one that passed while the evidence is gathered would be in half of it.
  [
    'deadlines that run out within a minute',
    `SELECT count(*) FROM notifications.deadline WHERE status = 'pending' AND due_at < clock_timestamp() + interval '1 minute'`,
  ],
  [
    'rungs of deadlines that somebody is told of within a minute',
    `SELECT count(*) FROM notifications.deadline_rung r JOIN notifications.deadline d ON d.id = r.deadline_id
      WHERE r.status = 'pending' AND r.version = d.version AND d.status IN ('pending', 'fired')
        AND (r.even_acknowledged OR d.acknowledged_at IS NULL) AND r.at < clock_timestamp() + interval '1 minute'`,
  ],
  ['triage clocks that run', `SELECT count(*) FROM referrals.referral WHERE clock = 'pending'`],
];

/** What did not come to rest, or null; and what did so last. */
export interface Rest {
  readonly restless: string | null;
  readonly last: string;
}

/** Resolves when nothing is on its way, twice in a row, or after `limitMs`. */
export async function comesToRest(platform: Platform, limitMs: number): Promise<Rest> {
  const limit = Date.now() + limitMs;
  let calm = 0;
  let last = 'nothing was on its way';
  while (Date.now() < limit) {
    try {
      const left = await onItsWay(platform);
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

async function onItsWay({ contexts, database: connect }: Platform): Promise<string> {
  const asked = questions(contexts);
  const database = await connect();
  try {
    const question = `SELECT ${asked.map(([, sql], i) => `(${sql})::int AS "${i}"`).join(', ')}`;
    const { rows } = await database.query<Record<string, number>>(question);
    return asked.flatMap(([what], i) => (rows[0]![i] === 0 ? [] : [`${rows[0]![i]} ${what}`])).join('; ');
  } finally {
    await database.end().catch(() => undefined);
  }
}
