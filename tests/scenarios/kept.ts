import type { Platform } from '../../tools/services/platform';
import { query } from './curtain';
import type { Acknowledged } from './load';

/** How many of the acknowledged commands are where they should be, once. All numbers are equal when all is well. */
export interface Kept {
  /** Its key, once, with this very reply. */
  readonly keys: number;
  /** Its event at the version of the receipt, byte for byte what the receipt says, published. */
  readonly events: number;
  /** Its act, once in the log. */
  readonly entries: number;
}

/** Looks for every acknowledged command by its receipt. */
export async function keptOf(platform: Platform, acknowledged: readonly Acknowledged[]): Promise<Kept> {
  const receipts = acknowledged.map(({ key, receipt }) => ({ key, ...receipt }));
  const [kept] = await query<Kept>(
    platform,
    `WITH told AS (SELECT * FROM jsonb_to_recordset($1::jsonb)
                     AS t(key text, "auditId" uuid, "streamId" uuid, version bigint, digest text))
     SELECT (SELECT count(*) FROM told t JOIN referrals.idempotency i USING (key)
              WHERE i.reply #>> '{receipt,auditId}' = t."auditId"::text)::int AS keys,
            (SELECT count(*) FROM told t JOIN referrals.outbox o ON o.stream_id = t."streamId" AND o.stream_version = t.version
              WHERE encode(sha256(o.body), 'hex') = t.digest AND o.published_at IS NOT NULL)::int AS events,
            (SELECT count(*) FROM told t JOIN audit.entry e ON e.event_id = t."auditId")::int AS entries`,
    [JSON.stringify(receipts)],
  );
  return kept!;
}

/** What there is of a set of referrals in each context that should know of them. */
export interface Effects {
  readonly referrals: number;
  readonly findable: number;
  /** Streams that records has applied up to their head. */
  readonly applied: number;
  readonly cases: number;
  /** Cases that both agencies take part in, as referrals' own copy has it. */
  readonly shared: number;
}

export async function effectsOf(platform: Platform, ids: readonly string[]): Promise<Effects> {
  const [effects] = await query<Effects>(
    platform,
    `SELECT (SELECT count(*) FROM referrals.referral WHERE id = ANY ($1))::int AS referrals,
            (SELECT count(*) FROM referrals.referral_search WHERE referral_id = ANY ($1))::int AS findable,
            (SELECT count(*) FROM referrals.stream s JOIN records.stream_cursor c ON c.source = 'referrals' AND c.stream_id = s.id
              WHERE s.id = ANY ($1) AND c.last_version = s.version)::int AS applied,
            (SELECT count(*) FROM records.case_file WHERE referral_id = ANY ($1))::int AS cases,
            (SELECT count(*) FROM (SELECT a.case_id FROM records.case_file f JOIN referrals.case_access a ON a.case_id = f.id
              WHERE f.referral_id = ANY ($1) AND a.until IS NULL GROUP BY 1 HAVING count(*) = 2) both_of_them)::int AS shared`,
    [ids],
  );
  return effects!;
}
