import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What is restricted is collected once, and not looked for beside each of a hundred thousand things that are due. */
export class CountAtScale1700000440200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
CREATE INDEX case_access_restricted ON case_access (case_id) WHERE restricted;
CREATE OR REPLACE FUNCTION due_by_agency() RETURNS TABLE (org_id uuid, kind text, open int, overdue int)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = notifications, public AS $$
  SELECT d.org_id, d.kind, count(*)::int, count(*) FILTER (WHERE d.status = 'fired' OR d.due_at < statement_timestamp())::int
    FROM deadline d WHERE acting_as('user') AND d.status IN ('pending', 'fired')
     AND (d.case_id IS NULL OR d.case_id NOT IN (
           SELECT record_id FROM restricted_record UNION ALL SELECT c.case_id FROM case_access c WHERE c.restricted))
   GROUP BY 1, 2 ORDER BY 1, 2
$$;
CREATE INDEX deadline_open ON deadline (org_id, kind) WHERE status IN ('pending', 'fired');
`);
  }

  async down(): Promise<void> {
    throw new Error('notifications are never migrated away');
  }
}
