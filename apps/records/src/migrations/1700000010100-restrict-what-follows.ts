import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A restriction of a person closes the referrals behind their cases too; and a notice is for leads who may see its case. */
export class RestrictWhatFollows1700000010100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(RECORDS);
    await runner.query(NOTICES);
  }

  async down(): Promise<void> {
    throw new Error('records are never migrated away');
  }
}

/** As before, with the referrals of every case under a restriction, not only of the case that it is on. */
const RECORDS = `
CREATE OR REPLACE FUNCTION records_under(asked uuid) RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = records AS $$
  WITH RECURSIVE people(id) AS (
    SELECT applies_to FROM restriction WHERE id = asked AND applies_to IS NOT NULL
    UNION SELECT person_id FROM restriction WHERE id = asked AND person_id IS NOT NULL
    UNION SELECT p.id FROM people a JOIN person p ON p.merged_into = a.id),
  cases(id) AS (
    SELECT case_id FROM restriction WHERE id = asked AND case_id IS NOT NULL
    UNION SELECT c.case_id FROM case_person c JOIN restriction r ON r.applies_to = c.person_id WHERE r.id = asked)
  SELECT coalesce(array_agg(DISTINCT id), '{}') FROM (
    SELECT id FROM people UNION SELECT id FROM cases
    UNION SELECT f.referral_id FROM case_file f JOIN cases c ON c.id = f.id
    -- People who are in no case but restricted ones.
    UNION SELECT p.person_id FROM case_person p JOIN cases c ON c.id = p.case_id WHERE NOT EXISTS (
      SELECT 1 FROM case_person o WHERE o.person_id = p.person_id AND o.case_id <> p.case_id
         AND NOT EXISTS (SELECT 1 FROM restricted_case x WHERE x.case_id = o.case_id))) closed
$$;
`;

const NOTICES = `
ALTER POLICY told ON break_glass USING (current_setting('concordat.scope', true) = 'system'
  OR user_id = (SELECT acting_user())
  OR (lead_org = (SELECT acting_org()) AND (SELECT acting_by('safeguarding-lead')) AND case_id <> ALL ((SELECT hidden_cases(true))::uuid[]))
  OR ((SELECT acting_by('information-governance-lead')) AND (cardinality((SELECT acting_areas())) = 0 OR area_id = ANY ((SELECT acting_areas())::uuid[])))
  OR (SELECT acting_by('auditor')));
`;
