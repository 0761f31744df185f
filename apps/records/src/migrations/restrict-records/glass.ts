/** Who sees that a case was opened in an emergency: whoever did, the owner's leads, and those who govern or audit. */
export const GLASS_WALL = `
ALTER TABLE break_glass ENABLE ROW LEVEL SECURITY;
CREATE POLICY told ON break_glass FOR SELECT USING (current_setting('concordat.scope', true) = 'system'
  OR user_id = (SELECT acting_user())
  OR (lead_org = (SELECT acting_org()) AND (SELECT acting_by('safeguarding-lead')))
  OR ((SELECT acting_by('information-governance-lead')) AND (cardinality((SELECT acting_areas())) = 0 OR area_id = ANY ((SELECT acting_areas())::uuid[])))
  OR (SELECT acting_by('auditor')));
CREATE POLICY made ON break_glass FOR INSERT WITH CHECK (current_setting('concordat.scope', true) = 'system' OR user_id = (SELECT acting_user()));
CREATE POLICY reviewed ON break_glass FOR UPDATE USING (current_setting('concordat.scope', true) = 'system'
  OR ((SELECT acting_by('information-governance-lead')) AND user_id <> (SELECT acting_user())));

-- What somebody needs who holds a reference and has to open that case: no more of it than a notice says.
CREATE FUNCTION case_behind(asked text, asked_id uuid) RETURNS TABLE (id uuid, reference text, lead_org uuid, area_id uuid, restricted boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = records AS $$
  SELECT f.id, f.reference, f.lead_org, f.area_id, is_restricted(f.id) FROM case_file f WHERE f.reference = asked OR f.id = asked_id
$$;
REVOKE ALL ON FUNCTION case_behind(text, uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION case_behind(text, uuid) TO concordat_records;
`;

/** Who worked where, as what: kept whenever the copy of memberships changes, because identity tells of changes only. */
export const HISTORY = `
CREATE TABLE member_history (
  user_id uuid NOT NULL,
  org_id uuid NOT NULL,
  since timestamptz NOT NULL,
  roles text[] NOT NULL,
  areas uuid[] NOT NULL,
  active boolean NOT NULL,
  PRIMARY KEY (user_id, org_id, since)
);
CREATE FUNCTION keep_member() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = records AS $$
BEGIN
  INSERT INTO member_history (user_id, org_id, since, roles, areas, active)
  VALUES (NEW.user_id, NEW.org_id, NEW.changed_at, NEW.roles, NEW.areas, NEW.active)
  ON CONFLICT (user_id, org_id, since) DO UPDATE SET roles = EXCLUDED.roles, areas = EXCLUDED.areas, active = EXCLUDED.active;
  RETURN NULL;
END $$;
CREATE TRIGGER member_kept AFTER INSERT OR UPDATE ON member FOR EACH ROW EXECUTE FUNCTION keep_member();
INSERT INTO member_history SELECT user_id, org_id, changed_at, roles, areas, active FROM member;
REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON member_history FROM concordat_records;
`;

/**
 * What tells an auditor who could have seen a case, or every case that a person is in, over time. To anybody else, and of what
 * is closed to the auditor, nothing.
 */
export const LOOK_BACK = `
CREATE FUNCTION look_back(asked_reference text, asked_case uuid, asked_person uuid) RETURNS TABLE (cases jsonb, members jsonb)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = records AS $$
  WITH asked AS MATERIALIZED (
    SELECT f.id FROM case_file f
     WHERE acting_by('auditor') AND (f.reference = asked_reference OR f.id = asked_case
           OR f.id IN (SELECT c.case_id FROM case_person c WHERE c.person_id = standing_for(asked_person)))
       AND (NOT is_restricted(f.id) OR acting_by('restricted-records'))),
  uses AS (SELECT g.* FROM break_glass g JOIN asked a ON a.id = g.case_id WHERE NOT g.refused),
  parts AS (SELECT p.* FROM participation p JOIN asked a ON a.id = p.case_id),
  closing AS (
    SELECT r.*, a.id AS closed_case FROM restriction r JOIN asked a ON a.id = r.case_id
       OR r.applies_to IN (SELECT c.person_id FROM case_person c WHERE c.case_id = a.id))
  SELECT (SELECT jsonb_agg(jsonb_build_object('caseId', a.id,
            'parts', (SELECT coalesce(jsonb_agg(jsonb_build_object('orgId', p.org_id, 'level', p.level, 'since', p.since, 'until', p.until)
                        ORDER BY p.since), '[]') FROM parts p WHERE p.case_id = a.id),
            'restrictions', (SELECT coalesce(jsonb_agg(jsonb_build_object('since', r.since, 'until', r.lifted_at, 'named',
                 (SELECT coalesce(jsonb_agg(jsonb_build_object('userId', n.user_id, 'since', n.since, 'until', n.until)), '[]')
                    FROM restriction_named n WHERE n.restriction_id = r.id)) ORDER BY r.since), '[]') FROM closing r WHERE r.closed_case = a.id),
            'glass', (SELECT coalesce(jsonb_agg(jsonb_build_object('id', g.id, 'userId', g.user_id, 'orgId', g.org_id, 'since', g.since,
                 'until', g.until) ORDER BY g.since), '[]') FROM uses g WHERE g.case_id = a.id)) ORDER BY a.id) FROM asked a),
         (SELECT jsonb_agg(jsonb_build_object('userId', m.user_id, 'orgId', m.org_id, 'since', m.since, 'roles', m.roles, 'active', m.active)
            ORDER BY m.org_id, m.user_id, m.since)
            FROM member_history m WHERE m.org_id IN (SELECT org_id FROM parts UNION SELECT org_id FROM uses))
$$;
REVOKE ALL ON FUNCTION look_back(text, uuid, uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION look_back(text, uuid, uuid) TO concordat_records;
`;
