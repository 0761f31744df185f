import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Auditors see the reviews of their agency in pages, however many there are. */
export class PageReviews1700000370000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(PAGED);
  }

  async down(): Promise<void> {
    throw new Error('reviews are never migrated away');
  }
}

const PAGED = `
-- Past the wall, and for whom audited_reviews is: which reviews there are, and how many.
CREATE FUNCTION audited_page(skip int, most int) RETURNS TABLE (ids uuid[], total int)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = reviews, public AS $$
  WITH seen AS (SELECT r.id, r.changed_at FROM review r WHERE audits(r.owner_org) OR coordinates(r.owner_org))
  SELECT ARRAY(SELECT s.id FROM seen s ORDER BY s.changed_at DESC, s.id DESC OFFSET skip LIMIT most), (SELECT count(*)::int FROM seen) $$;
REVOKE ALL ON FUNCTION audited_page(int, int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION audited_page(int, int) TO concordat_reviews;
`;
