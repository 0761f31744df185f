import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Acts are found by the agreement that they were done under as well. Those that were sealed before are looked up in their
 * leaves, which name the agreement in the clear; the id is `nameId('agreement/…')` of the contracts (RFC 9562 §5.8).
 */
export const FIND_BY_AGREEMENT = `
INSERT INTO mention (id, kind, at, idx)
SELECT encode(set_byte(set_byte(named.hash, 6, (get_byte(named.hash, 6) & 15) | 128), 8, (get_byte(named.hash, 8) & 63) | 128), 'hex')::uuid,
       'g', t.at, e.idx
  FROM entry e JOIN trail t ON t.idx = e.idx
 CROSS JOIN LATERAL (SELECT convert_from(e.bytes, 'UTF8')::jsonb AS leaf) l
 CROSS JOIN LATERAL (SELECT substring(leaf ->> 'rule' FROM '^([A-Za-z0-9][A-Za-z0-9._:/-]{0,79})@[0-9]{1,6}[.][0-9]{1,6}[.][0-9]{1,6}$') AS agreement) a
 CROSS JOIN LATERAL (SELECT substr(sha256(convert_to('concordat/agreement/' || agreement, 'UTF8')), 1, 16) AS hash) named
 WHERE agreement IS NOT NULL
   AND EXISTS (SELECT 1 FROM jsonb_array_elements(leaf -> 'objects') o WHERE o ->> 't' IN ('agreement', 'decision', 'question'))
    ON CONFLICT DO NOTHING`;

export class FindByAgreement1700000180000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(FIND_BY_AGREEMENT);
  }

  async down(): Promise<void> {
    throw new Error('a ledger is never migrated away');
  }
}
