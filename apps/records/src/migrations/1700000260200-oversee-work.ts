import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Long work of an agency, for its administrators and for those of an organisation that leads an area which they cover: how far it has
 * come and for whom, and nothing of what is in it. The tables stay closed to everybody but whoever asked.
 */
export class OverseeWork1700000260200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
CREATE FUNCTION work_overseen() RETURNS TABLE (id uuid, kind text, state text, org_id uuid, user_id uuid, done integer, total integer,
  code text, asked_at timestamptz, ended_at timestamptz, moved_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = records AS $$
  WITH reach AS (
    SELECT o.org_id FROM organisation o
     WHERE current_setting('concordat.scope', true) = 'user' AND acting_by('administrator')
       AND (o.org_id = acting_org() OR EXISTS (SELECT 1 FROM area a
              WHERE a.active AND a.lead_org = acting_org() AND a.area_id = ANY (acting_areas())))),
  claim AS (SELECT interval '120 seconds' AS held)
  (SELECT w.id, 'export-' || w.type, w.state, w.org_id, w.user_id, w.rows, w.total, w.code, w.requested_at, w.ended_at, w.claimed_until - c.held
     FROM record_export w JOIN reach USING (org_id), claim c ORDER BY w.state = 'running' DESC, w.requested_at DESC LIMIT 200)
  UNION ALL
  (SELECT w.id, 'bulk-' || w.kind, w.state, w.org_id, w.user_id, r.done, r.total, NULL, w.made_at, w.done_at, w.claimed_until - c.held
     FROM (SELECT b.* FROM bulk_work b JOIN reach USING (org_id) ORDER BY b.state = 'running' DESC, b.made_at DESC LIMIT 200) w
     CROSS JOIN LATERAL (SELECT count(*)::int AS total, count(*) FILTER (WHERE x.state <> 'waiting')::int AS done FROM bulk_row x
                          WHERE x.bulk_id = w.id) r, claim c)
  UNION ALL
  (SELECT w.id, 'import', w.state, w.org_id, w.user_id, r.done, r.total, NULL, w.made_at, w.done_at, w.claimed_until - c.held
     FROM (SELECT i.* FROM import_work i JOIN reach USING (org_id) ORDER BY i.state = 'running' DESC, i.made_at DESC LIMIT 200) w
     CROSS JOIN LATERAL (SELECT count(*)::int AS total, count(*) FILTER (WHERE x.state NOT IN ('ready', 'wrong'))::int AS done FROM import_row x
                          WHERE x.import_id = w.id) r, claim c)
  UNION ALL
  (SELECT k.decision_id, 'erasure', 'running', k.lead_org, k.confirmed_by, 0, 1, NULL, k.confirmed_at, NULL, NULL
     FROM retention k JOIN reach r ON r.org_id = k.lead_org WHERE k.state = 'confirmed'
    ORDER BY k.confirmed_at LIMIT 200)
  UNION ALL
  (SELECT e.decision_id, 'erasure', 'done', e.lead_org, e.confirmed_by, 1, 1, NULL, e.confirmed_at, e.erased_at, NULL
     FROM erasure e JOIN reach r ON r.org_id = e.lead_org ORDER BY e.erased_at DESC LIMIT 200)
$$;
REVOKE ALL ON FUNCTION work_overseen() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION work_overseen() TO concordat_records;
`);
  }

  async down(): Promise<void> {
    throw new Error('records are never migrated away');
  }
}
