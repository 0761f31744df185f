import type { Tx } from '@concordat/messaging';
import { Injectable } from '@nestjs/common';
import { indexed } from './search-text';

/** Keeps what referrals can be found by, apart from them (performance.md 2): a moment behind, and never in intake's way. */
@Injectable()
export class SearchIndex {
  /**
   * add makes these referrals findable. What a referral says never changes once it was received. They are held meanwhile, so that
   * nobody begins to take part in a case unseen: whoever does has a word of their own (migration 1700000440000).
   */
  async add(tx: Tx, ids: readonly string[]): Promise<void> {
    const rows = await tx.query<Row>(
      `SELECT id, received_at AS "receivedAt", reference, receiving_org AS "receivingOrg", referring_org AS "referringOrg",
              referred_by AS "referredBy", area_id AS "areaId", content
         FROM referral WHERE id = ANY ($1::uuid[]) AND received_at IS NOT NULL ORDER BY id FOR SHARE`,
      [ids],
      'referrals-to-index',
    );
    const made = rows.map((r) => ({ ...r, ...indexed(r.reference, r.content) }));
    await tx.execute(
      `INSERT INTO referral_search (referral_id, received_at, reference, receiving_org, referring_org, referred_by, area_id, names, words)
       SELECT a.id, a.received_at, a.reference, a.receiving_org, a.referring_org, a.referred_by, a.area_id, a.names,
              array_to_tsvector(string_to_array(a.words, ' ')
                || ARRAY(SELECT 'org:' || c.org_id FROM referral r JOIN case_access c USING (case_id) WHERE r.id = a.id AND c.apart))
         FROM unnest($1::uuid[], $2::timestamptz[], $3::text[], $4::uuid[], $5::uuid[], $6::uuid[], $7::uuid[], $8::text[], $9::text[])
           AS a(id, received_at, reference, receiving_org, referring_org, referred_by, area_id, names, words)
       ON CONFLICT (referral_id) DO UPDATE SET names = EXCLUDED.names, words = EXCLUDED.words`,
      [
        made.map((m) => m.id),
        made.map((m) => m.receivedAt),
        made.map((m) => m.reference),
        made.map((m) => m.receivingOrg),
        made.map((m) => m.referringOrg),
        made.map((m) => m.referredBy),
        made.map((m) => m.areaId),
        made.map((m) => m.names),
        made.map((m) => [...m.words, ...new Set([`org:${m.receivingOrg}`, `org:${m.referringOrg}`])].join(' ')),
      ],
      'index-referrals',
    );
  }
}

interface Row {
  readonly id: string;
  readonly receivedAt: Date;
  readonly reference: string;
  readonly receivingOrg: string;
  readonly referringOrg: string;
  readonly referredBy: string;
  readonly areaId: string;
  readonly content: Record<string, unknown>;
}
