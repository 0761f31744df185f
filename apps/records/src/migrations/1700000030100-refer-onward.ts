import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Referrals between agencies: offers of part of a case to one person, and what an accepted one lets them see. */
export class ReferOnward1700000030100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
    await runner.query(WALL);
  }

  async down(): Promise<void> {
    throw new Error('records are never migrated away');
  }
}

const TABLES = `
CREATE TABLE onward_referral (
  id uuid PRIMARY KEY,
  version int NOT NULL DEFAULT 1,
  state text NOT NULL CHECK (state IN ('offered', 'accepted', 'completed', 'declined', 'withdrawn', 'expired', 'recorded')),
  case_id uuid NOT NULL REFERENCES case_file,
  reference text NOT NULL,
  bulk_id uuid,
  from_org uuid NOT NULL,
  from_id uuid NOT NULL,
  to_org uuid,
  to_id uuid,
  outside_body text,
  urgency text NOT NULL,
  reason text NOT NULL,
  purpose text NOT NULL,
  legal_basis text NOT NULL,
  view text NOT NULL,
  items text[] NOT NULL,
  people uuid[] NOT NULL,
  consent jsonb NOT NULL,
  pack text NOT NULL,
  offered_at timestamptz NOT NULL,
  respond_by timestamptz,
  answered_at timestamptz,
  answered_by uuid,
  answer_reason text,
  ended_at timestamptz,
  ended_by uuid,
  end_note text,
  -- When whoever sent it first looked at how it was answered or ended.
  seen_at timestamptz,
  CHECK ((to_id IS NULL) = (outside_body IS NOT NULL)),
  CHECK ((to_id IS NULL) = (state = 'recorded'))
);
-- One offer of a case to one person at a time (REF-19).
CREATE UNIQUE INDEX onward_referral_open ON onward_referral (case_id, to_id) WHERE state = 'offered';
CREATE INDEX onward_referral_case ON onward_referral (case_id, offered_at DESC);
CREATE INDEX onward_referral_received ON onward_referral (to_org, offered_at DESC, id);
CREATE INDEX onward_referral_sent ON onward_referral (from_org, offered_at DESC, id);
CREATE INDEX onward_referral_due ON onward_referral (respond_by) WHERE state = 'offered';
`;

/**
 * The second wall. A referral is seen by the two agencies, and of those the queries let through only whom it concerns. What
 * an accepted one is about is let through to its recipient, and to their manager, for as long as it is accepted; which parts,
 * the query decides. These policies stand beside those for agencies that take part, and add to nobody else's sight.
 */
const WALL = `
ALTER TABLE onward_referral ENABLE ROW LEVEL SECURITY;
CREATE POLICY party ON onward_referral USING (current_setting('concordat.scope', true) = 'system'
  OR (acting_org() IN (from_org, to_org) AND case_id <> ALL ((SELECT hidden_cases(false))::uuid[])));

-- Whether somebody is kept from a case by a restriction that does not name them.
CREATE FUNCTION is_closed_to(asked uuid, somebody uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = records AS $$
  SELECT EXISTS (SELECT 1 FROM restricted_case x WHERE x.case_id = asked AND NOT EXISTS (
    SELECT 1 FROM restriction_named n WHERE n.restriction_id = x.restriction_id AND n.user_id = somebody AND n.until IS NULL))
$$;
CREATE FUNCTION answers_for(recipient uuid, recipient_org uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = records AS $$
  SELECT recipient_org = nullif(current_setting('concordat.org', true), '')::uuid
     AND (recipient = nullif(current_setting('concordat.user', true), '')::uuid
          OR EXISTS (SELECT 1 FROM member m WHERE m.user_id = recipient AND m.org_id = recipient_org
                        AND m.manager_id = nullif(current_setting('concordat.user', true), '')::uuid))
$$;
-- The cases, and of each the people, that an accepted referral opens to the caller.
CREATE FUNCTION referred_to_me() RETURNS TABLE (case_id uuid, person_id uuid) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = records AS $$
  SELECT r.case_id, standing_for(p.id) FROM onward_referral r CROSS JOIN unnest(r.people) AS p(id)
   WHERE r.state = 'accepted' AND r.to_org = nullif(current_setting('concordat.org', true), '')::uuid AND answers_for(r.to_id, r.to_org)
     AND r.case_id <> ALL (hidden_cases(false))
$$;
REVOKE ALL ON FUNCTION is_closed_to(uuid, uuid), answers_for(uuid, uuid), referred_to_me() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION is_closed_to(uuid, uuid), answers_for(uuid, uuid), referred_to_me() TO concordat_records;

CREATE POLICY referred ON case_file FOR SELECT USING (id IN (SELECT r.case_id FROM referred_to_me() r));
CREATE POLICY referred ON case_person FOR SELECT USING ((case_id, person_id) IN (SELECT r.case_id, r.person_id FROM referred_to_me() r));
CREATE POLICY referred ON person FOR SELECT USING (id IN (SELECT r.person_id FROM referred_to_me() r));
CREATE POLICY referred_change ON person FOR UPDATE USING (id IN (SELECT r.person_id FROM referred_to_me() r));
CREATE POLICY referred ON person_version FOR INSERT WITH CHECK (person_id IN (SELECT r.person_id FROM referred_to_me() r));
CREATE POLICY referred ON person_match USING (person_id IN (SELECT r.person_id FROM referred_to_me() r));
CREATE POLICY referred ON relationship FOR SELECT USING (person_id IN (SELECT r.person_id FROM referred_to_me() r)
  AND other_id IN (SELECT r.person_id FROM referred_to_me() r));
-- What a recipient answers stands in the timeline of the case that they do not see.
CREATE POLICY party ON timeline FOR INSERT WITH CHECK (case_id IN (SELECT r.case_id FROM onward_referral r
  WHERE r.to_org = nullif(current_setting('concordat.org', true), '')::uuid));
`;
