import { contexts } from '@concordat/contracts';
import { Client } from 'pg';
import { setTimeout as delay } from 'node:timers/promises';
import type { Told } from './load';

/** What is there in the end of what people were answered for. All is well when each equals what was told, and the rest is 0. */
export interface Kept {
  /** Acts with their entry in the ledger, once each. */
  readonly acts: number;
  /** Referrals whose events are all published and whom records has applied to the end. */
  readonly referrals: number;
  /** Accepted referrals with one case. */
  readonly cases: number;
  /** Referrals that nobody was answered for: a second one under one key. */
  readonly unasked: number;
  /** Streams that some consumer cannot go on with, and records that it could not read. */
  readonly parked: number;
}

const SETTLES_MS = 120_000;

/** keptOf looks until everything has come to rest, or for two minutes. */
export async function keptOf(adminUrl: string, told: Told): Promise<Kept> {
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  const held = contexts
    .map(
      (c) =>
        `(SELECT count(*) FROM ${c}.stream_cursor WHERE parked_reason IS NOT NULL) + (SELECT count(*) FROM ${c}.malformed)`,
    )
    .join(' + ');
  try {
    for (const until = Date.now() + SETTLES_MS; ; await delay(500)) {
      const { rows } = await client.query<Kept>(
        `SELECT (SELECT count(DISTINCT event_id) FROM audit.entry WHERE event_id = ANY ($1::uuid[]))::int AS acts,
                (SELECT count(*) FROM referrals.stream s JOIN records.stream_cursor c ON c.source = 'referrals' AND c.stream_id = s.id
                  WHERE s.id = ANY ($2::uuid[]) AND c.last_version = s.version
                    AND NOT EXISTS (SELECT 1 FROM referrals.outbox o WHERE o.stream_id = s.id AND o.published_at IS NULL))::int AS referrals,
                (SELECT count(*) FROM (SELECT referral_id FROM records.case_file WHERE referral_id = ANY ($3::uuid[])
                  GROUP BY 1 HAVING count(*) = 1) one)::int AS cases,
                (SELECT count(*) FROM referrals.referral WHERE id <> ALL ($2::uuid[]))::int AS unasked,
                (${held})::int AS parked`,
        [told.acts, told.referrals, told.accepted],
      );
      const kept = rows[0]!;
      if (isAll(kept, told) || Date.now() > until) return kept;
    }
  } finally {
    await client.end();
  }
}

export const isAll = (kept: Kept, told: Told): boolean =>
  kept.acts === told.acts.length &&
  kept.referrals === told.referrals.length &&
  kept.cases === told.accepted.length &&
  kept.unasked === 0 &&
  kept.parked === 0;
