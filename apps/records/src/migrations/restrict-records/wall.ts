/**
 * The second wall. Sub-selects in the policies are answered once for a statement, so a restriction costs a row nothing.
 * `part` is what a caller may read and write; `shown` lets them read beyond it, and nothing else.
 */
export const WALL = `
CREATE FUNCTION acting_user() RETURNS uuid LANGUAGE sql STABLE AS
  $$ SELECT nullif(current_setting('concordat.user', true), '')::uuid $$;
CREATE FUNCTION acting_org() RETURNS uuid LANGUAGE sql STABLE AS
  $$ SELECT nullif(current_setting('concordat.org', true), '')::uuid $$;
-- Areas that the caller's membership covers; none named means all.
CREATE FUNCTION acting_areas() RETURNS uuid[] LANGUAGE sql STABLE AS $$
  SELECT areas FROM member WHERE user_id = acting_user() AND org_id = acting_org() AND active $$;
CREATE FUNCTION acting_by(role text) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT 1 FROM member m WHERE m.user_id = acting_user() AND m.org_id = acting_org() AND m.active AND role = ANY (m.roles)) $$;

-- Cases under each restriction that is in force.
CREATE VIEW restricted_case AS
  SELECT r.id AS restriction_id, r.case_id, r.trace FROM restriction r WHERE r.lifted_at IS NULL AND r.case_id IS NOT NULL
  UNION ALL
  SELECT r.id, c.case_id, r.trace FROM restriction r JOIN case_person c ON c.person_id = r.applies_to WHERE r.lifted_at IS NULL;
REVOKE ALL ON restricted_case FROM concordat_records;

-- Cases that are closed to the caller, who is not named. For reading, whoever may read restricted records needs no naming.
CREATE FUNCTION hidden_cases(reading boolean) RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = records AS $$
  SELECT coalesce(array_agg(DISTINCT x.case_id), '{}') FROM restricted_case x
   WHERE NOT EXISTS (SELECT 1 FROM restriction_named n
                      WHERE n.restriction_id = x.restriction_id AND n.user_id = acting_user() AND n.until IS NULL)
     AND NOT (reading AND acting_by('restricted-records'))
$$;
-- Cases that the caller has opened in an emergency, while it lasts.
CREATE FUNCTION glass_cases() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = records AS $$
  SELECT coalesce(array_agg(case_id), '{}') FROM break_glass
   WHERE user_id = acting_user() AND org_id = acting_org() AND until > statement_timestamp()
$$;
CREATE FUNCTION has_part(asked uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = records AS $$
  SELECT EXISTS (SELECT 1 FROM participation p WHERE p.case_id = asked AND p.until IS NULL AND p.org_id = acting_org())
$$;
CREATE FUNCTION in_case_outside(asked uuid, hidden uuid[]) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = records AS $$
  SELECT EXISTS (SELECT 1 FROM case_person c JOIN participation p ON p.case_id = c.case_id AND p.until IS NULL
                  WHERE c.person_id = asked AND p.level <> 'preview' AND p.org_id = acting_org() AND c.case_id <> ALL (hidden))
$$;
CREATE FUNCTION in_case_among(asked uuid, cases uuid[]) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = records AS $$
  SELECT cardinality(cases) > 0 AND EXISTS (SELECT 1 FROM case_person c WHERE c.person_id = asked AND c.case_id = ANY (cases))
$$;
CREATE OR REPLACE FUNCTION in_shared_case(asked uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = records AS $$
  SELECT in_case_outside(asked, hidden_cases(false))
$$;
-- By what the caller sees a case: their agency's part, a qualification, an emergency; null when they do not.
CREATE FUNCTION ground_of(asked uuid) RETURNS text LANGUAGE sql STABLE SECURITY DEFINER SET search_path = records AS $$
  SELECT CASE WHEN has_part(asked) AND asked <> ALL (hidden_cases(false)) THEN 'part'
              WHEN has_part(asked) AND asked <> ALL (hidden_cases(true)) THEN 'qualified'
              WHEN asked = ANY (glass_cases()) THEN 'glass' END
$$;
-- What else belongs to a case is seen by whoever sees the case, on whatever ground; who may add to it is asked before.
CREATE OR REPLACE FUNCTION takes_part(asked uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = records AS $$
  SELECT ground_of(asked) IS NOT NULL
$$;
-- Of a case that is closed to the caller and leaves a trace: that it does. Of any other, nothing.
CREATE FUNCTION stubs() RETURNS TABLE (case_id uuid, kind text) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = records AS $$
  SELECT x.case_id, min(r.kind) FROM restricted_case x JOIN restriction r ON r.id = x.restriction_id
    JOIN participation p ON p.case_id = x.case_id AND p.until IS NULL AND p.level <> 'preview' AND p.org_id = acting_org()
   WHERE x.case_id = ANY (hidden_cases(true))
   GROUP BY x.case_id HAVING bool_and(x.trace = 'stub') ORDER BY x.case_id
$$;

${['case_file', 'case_person', 'participation', 'timeline']
  .map((table) => {
    const id = table === 'case_file' ? 'id' : 'case_id';
    return `
ALTER POLICY part ON ${table} USING (current_setting('concordat.scope', true) = 'system'
  OR (has_part(${id}) AND ${id} <> ALL ((SELECT hidden_cases(false))::uuid[])));
CREATE POLICY shown ON ${table} FOR SELECT USING ((has_part(${id}) AND ${id} <> ALL ((SELECT hidden_cases(true))::uuid[]))
  OR ${id} = ANY ((SELECT glass_cases())::uuid[]));`;
  })
  .join('')}

ALTER POLICY part ON person USING (current_setting('concordat.scope', true) = 'system' OR in_case_outside(id, (SELECT hidden_cases(false)))
  OR (merged_into IS NOT NULL AND in_case_outside(merged_into, (SELECT hidden_cases(false)))));
CREATE POLICY shown ON person FOR SELECT USING (in_case_outside(id, (SELECT hidden_cases(true)))
  OR (merged_into IS NOT NULL AND in_case_outside(merged_into, (SELECT hidden_cases(true))))
  OR in_case_among(id, (SELECT glass_cases())));
ALTER POLICY part ON relationship USING (current_setting('concordat.scope', true) = 'system'
  OR (in_case_outside(person_id, (SELECT hidden_cases(false))) AND in_case_outside(other_id, (SELECT hidden_cases(false)))));
CREATE POLICY shown ON relationship FOR SELECT USING (
  (in_case_outside(person_id, (SELECT hidden_cases(true))) AND in_case_outside(other_id, (SELECT hidden_cases(true))))
  OR (in_case_among(person_id, (SELECT glass_cases())) AND in_case_among(other_id, (SELECT glass_cases()))));
CREATE POLICY shown ON person_version FOR SELECT USING (in_case_outside(person_id, (SELECT hidden_cases(true))));
CREATE POLICY shown ON person_merge FOR SELECT USING (in_case_outside(survivor_id, (SELECT hidden_cases(true))));

CREATE OR REPLACE FUNCTION match_candidates(wanted text[], at_most int)
RETURNS TABLE (person_id uuid, facts jsonb, digest text) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = records AS $$
  SELECT m.person_id, m.facts, m.digest FROM person_match m
   WHERE m.keys && wanted AND EXISTS (
         SELECT 1 FROM case_person c JOIN participation p ON p.case_id = c.case_id AND p.until IS NULL
          WHERE c.person_id = m.person_id AND p.level <> 'preview' AND c.case_id <> ALL ((SELECT hidden_cases(false))::uuid[])
            AND p.org_id = nullif(current_setting('concordat.org', true), '')::uuid)
   ORDER BY (SELECT count(*) FROM unnest(m.keys) k WHERE k = ANY (wanted)) DESC, m.person_id LIMIT at_most
$$;

-- A restriction is seen by whoever sees what it is on.
CREATE FUNCTION sees_restricted(asked_case uuid, asked_person uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = records AS $$
  SELECT CASE WHEN asked_case IS NOT NULL THEN ground_of(asked_case) IS NOT NULL
              ELSE in_case_outside(asked_person, hidden_cases(true)) OR in_case_among(asked_person, glass_cases()) END
$$;
CREATE FUNCTION sees_restriction(asked uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = records AS $$
  SELECT EXISTS (SELECT 1 FROM restriction r WHERE r.id = asked AND sees_restricted(r.case_id, r.applies_to))
$$;
-- Whoever makes one may leave themselves out, and then sees it no more: what is written is checked by their role.
ALTER TABLE restriction ENABLE ROW LEVEL SECURITY;
CREATE POLICY part ON restriction USING (current_setting('concordat.scope', true) = 'system' OR sees_restricted(case_id, applies_to))
  WITH CHECK (current_setting('concordat.scope', true) = 'system' OR acting_by('safeguarding-lead'));
ALTER TABLE restriction_named ENABLE ROW LEVEL SECURITY;
CREATE POLICY part ON restriction_named USING (current_setting('concordat.scope', true) = 'system' OR sees_restriction(restriction_id))
  WITH CHECK (current_setting('concordat.scope', true) = 'system' OR acting_by('safeguarding-lead'));
ALTER TABLE restriction_step ENABLE ROW LEVEL SECURITY;
CREATE POLICY part ON restriction_step USING (current_setting('concordat.scope', true) = 'system' OR sees_restriction(restriction_id))
  WITH CHECK (current_setting('concordat.scope', true) = 'system' OR acting_by('safeguarding-lead'));

-- What other contexts are told: every record that a restriction closes, with those that stand aside for its person.
CREATE FUNCTION records_under(asked uuid) RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = records AS $$
  WITH RECURSIVE people(id) AS (
    SELECT applies_to FROM restriction WHERE id = asked AND applies_to IS NOT NULL
    UNION SELECT person_id FROM restriction WHERE id = asked AND person_id IS NOT NULL
    UNION SELECT p.id FROM people a JOIN person p ON p.merged_into = a.id)
  SELECT coalesce(array_agg(DISTINCT id), '{}') FROM (
    SELECT id FROM people UNION SELECT case_id FROM restriction WHERE id = asked AND case_id IS NOT NULL
    UNION SELECT f.referral_id FROM case_file f JOIN restriction r ON r.case_id = f.id WHERE r.id = asked
    -- People who are in no case but restricted ones.
    UNION SELECT c.person_id FROM case_person c JOIN restriction r ON r.case_id = c.case_id WHERE r.id = asked AND NOT EXISTS (
      SELECT 1 FROM case_person o WHERE o.person_id = c.person_id AND o.case_id <> c.case_id
         AND NOT EXISTS (SELECT 1 FROM restricted_case x WHERE x.case_id = o.case_id))
    UNION SELECT c.case_id FROM case_person c JOIN restriction r ON r.applies_to = c.person_id WHERE r.id = asked) closed
$$;
CREATE FUNCTION told_of(asked uuid) RETURNS TABLE (version int, trace text, live boolean, records uuid[], staff uuid[])
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = records AS $$
  SELECT r.version, r.trace, r.lifted_at IS NULL, records_under(r.id),
         ARRAY(SELECT n.user_id FROM restriction_named n WHERE n.restriction_id = r.id AND n.until IS NULL ORDER BY n.user_id)
    FROM restriction r WHERE r.id = asked
$$;
-- Who takes part in the cases of a restriction, and whether anything still restricts them.
CREATE FUNCTION parts_under(asked uuid) RETURNS TABLE (case_id uuid, org_id uuid, level text, since timestamptz, restricted boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = records AS $$
  SELECT p.case_id, p.org_id, p.level, p.since, EXISTS (SELECT 1 FROM restricted_case x WHERE x.case_id = p.case_id)
    FROM participation p WHERE p.until IS NULL AND p.case_id = ANY (records_under(asked)) ORDER BY p.case_id, p.org_id
$$;
CREATE FUNCTION is_restricted(asked uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = records AS $$
  SELECT EXISTS (SELECT 1 FROM restricted_case x WHERE x.case_id = asked)
$$;
-- No case is left open to nobody of the agency that leads it: its safeguarding leads are named then.
CREATE FUNCTION name_leads(asked uuid, at timestamptz) RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = records AS $$
  INSERT INTO restriction_named (restriction_id, user_id, since, by_rule)
  SELECT DISTINCT asked, m.user_id, at, true FROM restricted_case x JOIN case_file f ON f.id = x.case_id
    JOIN member m ON m.org_id = f.lead_org AND m.active AND 'safeguarding-lead' = ANY (m.roles)
   WHERE x.restriction_id = asked AND NOT EXISTS (
         SELECT 1 FROM restriction_named n JOIN member o ON o.user_id = n.user_id AND o.org_id = f.lead_org AND o.active
          WHERE n.restriction_id = asked AND n.until IS NULL AND 'safeguarding-lead' = ANY (o.roles))
  ON CONFLICT DO NOTHING
$$;
-- A restriction follows its person into the record that stands for them, and back when the merge is undone.
CREATE FUNCTION follow_people(changed uuid[]) RETURNS TABLE (id uuid) LANGUAGE sql SECURITY DEFINER SET search_path = records AS $$
  UPDATE restriction r SET applies_to = standing_for(r.person_id)
   WHERE r.lifted_at IS NULL AND (r.applies_to = ANY (changed) OR r.person_id = ANY (changed)) RETURNING r.id
$$;
-- Restrictions of people, among these and whom they stand aside for.
CREATE FUNCTION restrictions_of(people uuid[]) RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = records AS $$
  SELECT coalesce(array_agg(r.id), '{}') FROM restriction r
   WHERE r.lifted_at IS NULL AND r.applies_to IN (SELECT standing_for(p) FROM unnest(people) p)
$$;
REVOKE ALL ON FUNCTION hidden_cases(boolean), glass_cases(), has_part(uuid), in_case_outside(uuid, uuid[]), in_case_among(uuid, uuid[]),
  ground_of(uuid), stubs(), sees_restricted(uuid, uuid), sees_restriction(uuid), records_under(uuid), told_of(uuid), parts_under(uuid), is_restricted(uuid),
  name_leads(uuid, timestamptz), follow_people(uuid[]), restrictions_of(uuid[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION hidden_cases(boolean), glass_cases(), has_part(uuid), in_case_outside(uuid, uuid[]), in_case_among(uuid, uuid[]),
  ground_of(uuid), stubs(), sees_restricted(uuid, uuid), sees_restriction(uuid), records_under(uuid), told_of(uuid), parts_under(uuid), is_restricted(uuid),
  name_leads(uuid, timestamptz), follow_people(uuid[]), restrictions_of(uuid[]) TO concordat_records;
`;
