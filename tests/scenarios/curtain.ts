import { contexts } from '@concordat/contracts';
import { eventually } from '@concordat/testing';
import { Client } from 'pg';
import type { Platform } from '../../tools/services/platform';

/** Looks behind the curtain: SQL as the superuser, tables with their schema. */
export async function query<R extends object>(
  platform: Platform,
  sql: string,
  params: readonly unknown[] = [],
): Promise<R[]> {
  const client = new Client({ connectionString: platform.adminUrl });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<R>(sql, [...params])).rows;
  } finally {
    await client.end();
  }
}

/** What is still on its way, or stuck; everything is 0 when nothing is. */
export interface Lag {
  readonly unpublished: number;
  readonly actsUnpublished: number;
  readonly inbox: number;
  readonly parked: number;
  readonly malformed: number;
  /** Streams of a producer that a consumer has not applied up to their head. */
  readonly behind: number;
  /** Acts that no entry of the ledger seals. */
  readonly unsealed: number;
}

export async function lagOf(platform: Platform): Promise<Lag> {
  const sum = (what: (context: string) => string): string => contexts.map((c) => `(${what(c)})`).join(' + ');
  const sources = await query<{ consumer: string; source: string }>(
    platform,
    contexts.map((c) => `SELECT '${c}' AS consumer, source FROM ${c}.reconciliation`).join(' UNION ALL '),
  );
  const behind = sources
    .filter(({ source }) => !source.endsWith('.acts'))
    .map(
      ({ consumer, source }) =>
        `(SELECT count(*) FROM ${source}.stream s LEFT JOIN ${consumer}.stream_cursor c ON c.source = '${source}' AND c.stream_id = s.id
           WHERE coalesce(c.last_version, 0) < s.version)`,
    );
  const [lag] = await query<Lag>(
    platform,
    `SELECT (${sum((c) => `SELECT count(*) FROM ${c}.outbox WHERE published_at IS NULL`)})::int AS unpublished,
            (${sum((c) => `SELECT count(*) FROM ${c}.act WHERE published_at IS NULL`)})::int AS "actsUnpublished",
            (${sum((c) => `SELECT count(*) FROM ${c}.inbox`)})::int AS inbox,
            (${sum((c) => `SELECT count(*) FROM ${c}.stream_cursor WHERE parked_reason IS NOT NULL`)})::int AS parked,
            (${sum((c) => `SELECT count(*) FROM ${c}.malformed`)})::int AS malformed,
            (${behind.join(' + ') || '0'})::int AS behind,
            (${sum((c) => `SELECT count(*) FROM ${c}.act a WHERE NOT EXISTS (SELECT 1 FROM audit.entry e WHERE e.event_id = a.event_id)`)})::int AS unsealed`,
  );
  return lag!;
}

export const NO_LAG: Lag = {
  unpublished: 0,
  actsUnpublished: 0,
  inbox: 0,
  parked: 0,
  malformed: 0,
  behind: 0,
  unsealed: 0,
};

/** Waits until nothing is on its way any more: liveness, so a limit that is missed is a failure. */
export const settled = (platform: Platform, timeoutMs = 90_000): Promise<true> =>
  eventually(
    async () => {
      expect(await lagOf(platform)).toEqual(NO_LAG);
      return true as const;
    },
    { timeoutMs, everyMs: 250 },
  );

/** Numberings that must have no gap: versions of every stream, numbers of every producer's acts, indexes of the log. */
export async function gapsOf(
  platform: Platform,
): Promise<{ streams: number; acts: number; log: number; twice: number }> {
  const each = (what: (context: string) => string): string => contexts.map(what).join(' UNION ALL ');
  const [gaps] = await query<{ streams: number; acts: number; log: number; twice: number }>(
    platform,
    `SELECT (SELECT count(*) FROM (${each(
      (c) => `SELECT s.id FROM ${c}.stream s JOIN ${c}.outbox o ON o.stream_id = s.id
               GROUP BY s.id, s.version HAVING count(*) <> s.version OR max(o.stream_version) <> s.version`,
    )}) wrong)::int AS streams,
            (SELECT sum(n) FROM (${each((c) => `SELECT coalesce(max(seq), 0) - count(seq) AS n FROM ${c}.act`)}) missing)::int AS acts,
            (SELECT coalesce(max(idx) + 1, 0) - count(*) FROM audit.entry)::int AS log,
            (SELECT count(*) - count(DISTINCT event_id) FROM audit.entry)::int AS twice`,
  );
  return gaps!;
}
