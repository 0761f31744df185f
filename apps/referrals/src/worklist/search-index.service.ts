import type { Tx } from '@concordat/messaging';
import { Injectable } from '@nestjs/common';
import { indexed } from './search-text';

/** Keeps what referrals can be found by, apart from them (performance.md 2): a moment behind, and never in intake's way. */
@Injectable()
export class SearchIndex {
  /** add makes these referrals findable. What a referral says never changes once it was received. */
  async add(tx: Tx, ids: readonly string[]): Promise<void> {
    const rows = await tx.query<Row>(
      `SELECT id, received_at AS "receivedAt", reference, receiving_org AS "receivingOrg", referring_org AS "referringOrg", content
         FROM referral WHERE id = ANY ($1::uuid[]) AND received_at IS NOT NULL`,
      [ids],
      'referrals-to-index',
    );
    const made = rows.map((r) => ({ ...r, ...indexed(r.reference, r.content) }));
    await tx.execute(
      `INSERT INTO referral_search (referral_id, received_at, reference, names, words)
       SELECT a.id, a.received_at, a.reference, a.names, array_to_tsvector(string_to_array(a.words, ' '))
         FROM unnest($1::uuid[], $2::timestamptz[], $3::text[], $4::text[], $5::text[]) AS a(id, received_at, reference, names, words)
       ON CONFLICT (referral_id) DO UPDATE SET names = EXCLUDED.names, words = EXCLUDED.words`,
      [
        made.map((m) => m.id),
        made.map((m) => m.receivedAt),
        made.map((m) => m.reference),
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
  readonly content: Record<string, unknown>;
}
