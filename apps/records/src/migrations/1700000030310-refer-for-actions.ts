import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A referral for an action that is planned in a case: whoever completes it has done the action (REF-12). */
export class ReferForActions1700000030310 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(ACTIONS);
  }

  async down(): Promise<void> {
    throw new Error('records are never migrated away');
  }
}

/** Its recipient does not see the action, so a function of the owner does it, for a referral that is accepted by the caller. */
const ACTIONS = `
ALTER TABLE onward_referral ADD COLUMN action_id uuid REFERENCES case_fact;
CREATE INDEX onward_referral_action ON onward_referral (action_id) WHERE action_id IS NOT NULL;

-- An action is done once: an earlier moment stands, and what is said is added to what was. Answers whether this did it.
CREATE FUNCTION do_referred_action(completed uuid, moment timestamptz, doer uuid, said text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = records AS $$
DECLARE r onward_referral; was_open boolean;
BEGIN
  SELECT * INTO r FROM onward_referral o WHERE o.id = completed AND o.state = 'accepted' AND answers_for(o.to_id, o.to_org);
  IF r.id IS NULL OR r.case_id = ANY (hidden_cases(false)) THEN
    RAISE insufficient_privilege;
  END IF;
  SELECT f.ended_at IS NULL INTO was_open FROM case_fact f WHERE f.id = r.action_id FOR UPDATE;
  UPDATE case_fact f SET ended_at = coalesce(f.ended_at, moment), ended_by = coalesce(f.ended_by, doer),
         ended_org = coalesce(f.ended_org, r.to_org), ended_why = concat_ws(E'\\n', f.ended_why, said)
   WHERE f.id = r.action_id;
  RETURN coalesce(was_open, false);
END $$;
REVOKE ALL ON FUNCTION do_referred_action(uuid, timestamptz, uuid, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION do_referred_action(uuid, timestamptz, uuid, text) TO concordat_records;
`;
