import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Minutes of an agency that are made as PDFs, for its administrators and for those of an organisation that leads an area which they
 * cover. Of which meeting, and the papers themselves, stay closed to everybody but whoever asked.
 */
export class OverseeWork1700000287000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
CREATE FUNCTION work_overseen() RETURNS TABLE (id uuid, kind text, state text, org_id uuid, user_id uuid, done integer, total integer,
  code text, asked_at timestamptz, ended_at timestamptz, moved_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = risk AS $$
  WITH caller AS (
    SELECT m.org_id, m.areas FROM member m
     WHERE acting_as('user') AND m.user_id = acting_user() AND m.org_id = acting_org() AND m.active AND 'administrator' = ANY (m.roles)),
  reach AS (
    SELECT o.org_id FROM organisation o, caller c
     WHERE o.org_id = c.org_id
        OR EXISTS (SELECT 1 FROM area a WHERE a.active AND a.lead_org = c.org_id AND a.area_id = ANY (c.areas)))
  SELECT w.id, 'minutes', w.state, w.org_id, w.user_id, w.written, w.parts, w.code, w.requested_at, w.ended_at,
         w.claimed_until - interval '120 seconds'
    FROM minutes_paper w JOIN reach USING (org_id) ORDER BY w.state = 'running' DESC, w.requested_at DESC LIMIT 200
$$;
REVOKE ALL ON FUNCTION work_overseen() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION work_overseen() TO concordat_risk;
`);
  }

  async down(): Promise<void> {
    throw new Error('whoever oversees work goes on doing so');
  }
}
