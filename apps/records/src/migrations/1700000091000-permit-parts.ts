import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * An agency that takes part in a case, or takes it over, sees it whole: the row by which it does carries the decision that
 * permits it, as a referral does. Only who takes part from the moment at which a case opens needs none: one of them leads it,
 * and the other has told everything that is in it.
 */
export class PermitParts1700000091000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(PARTS);
    await runner.query(TRANSFERS);
  }

  async down(): Promise<void> {
    throw new Error('records are never migrated away');
  }
}

const PARTS = `
-- By what it was permitted; and for what, so that each look at the case can be decided as it was: purpose, and how consent stands.
ALTER TABLE participation ADD COLUMN permit jsonb, ADD COLUMN sharing jsonb;

CREATE FUNCTION is_permit(permit jsonb) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
  SELECT coalesce(permit ->> 'decisionId' IS NOT NULL AND permit ->> 'isa' IS NOT NULL AND permit ->> 'flowId' IS NOT NULL, false)
$$;
CREATE FUNCTION demand_permit_of_part() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = records AS $$
BEGIN
  -- A preview is the reference and the lead agency, and nothing of what is in the case.
  IF NEW.level = 'preview' OR (is_permit(NEW.permit) AND NEW.sharing ->> 'purpose' IS NOT NULL)
     OR EXISTS (SELECT 1 FROM case_file f WHERE f.id = NEW.case_id AND f.opened_at = NEW.since) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'an agency takes part in a case under the decision that permits it' USING ERRCODE = 'check_violation';
END $$;
REVOKE ALL ON FUNCTION demand_permit_of_part() FROM PUBLIC;
CREATE TRIGGER permitted BEFORE INSERT OR UPDATE OF level, org_id ON participation
  FOR EACH ROW EXECUTE FUNCTION demand_permit_of_part();
`;

/**
 * Looked at when a case is put on offer: an offer of before can still be declined or taken back, and is decided when it is
 * accepted, as every other.
 */
const TRANSFERS = `
ALTER TABLE case_transfer ADD COLUMN purpose text, ADD COLUMN consent jsonb, ADD COLUMN permit jsonb;

CREATE FUNCTION demand_permit_of_offer() RETURNS trigger LANGUAGE plpgsql SET search_path = records AS $$
BEGIN
  IF NEW.state = 'offered' AND NOT is_permit(NEW.permit) THEN
    RAISE EXCEPTION 'a case is offered to another agency under the decision that permits it' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER permitted BEFORE INSERT OR UPDATE ON case_transfer FOR EACH ROW EXECUTE FUNCTION demand_permit_of_offer();

-- Whom a case that is on offer to the caller is about, by ids and roles: so that it can be decided whether they may be told.
CREATE FUNCTION case_on_offer(offer uuid) RETURNS TABLE (kind text, id uuid, roles text[], deceased text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = records AS $$
  SELECT f.kind, p.id, c.roles, p.content -> 'deceased' ->> 'answer' FROM case_transfer t JOIN case_file f ON f.id = t.case_id
    JOIN case_person c ON c.case_id = t.case_id JOIN person p ON p.id = c.person_id
   WHERE t.id = offer AND t.state = 'offered' AND answers_for(t.to_id, t.to_org) AND t.case_id <> ALL (hidden_cases(false))
   ORDER BY c.place
$$;

-- As before, with the decisions by which the one agency takes it over and the other keeps its part.
DROP FUNCTION take_over_case(uuid, timestamptz, uuid);
CREATE FUNCTION take_over_case(offer uuid, moment timestamptz, mover uuid, permit jsonb, kept_permit jsonb, sharing jsonb)
RETURNS TABLE (version int, previous_owner uuid) LANGUAGE plpgsql SECURITY DEFINER SET search_path = records AS $$
DECLARE t case_transfer; before uuid;
BEGIN
  SELECT * INTO t FROM case_transfer c WHERE c.id = offer AND c.state = 'offered' FOR UPDATE;
  IF t.id IS NULL OR NOT answers_for(t.to_id, t.to_org) OR t.case_id = ANY (hidden_cases(false)) THEN
    RAISE insufficient_privilege;
  END IF;
  before := owner_of(t.case_id);
  PERFORM change_owner(t.case_id, t.to_id, t.to_org, moment, 'transferred', mover);
  UPDATE participation p SET until = moment WHERE p.case_id = t.case_id AND p.until IS NULL AND p.org_id IN (t.from_org, t.to_org);
  INSERT INTO participation (case_id, org_id, level, since, changed_by, permit, sharing)
  VALUES (t.case_id, t.to_org, 'lead', moment, mover, take_over_case.permit, take_over_case.sharing);
  IF t.keep <> 'nothing' AND t.from_org <> t.to_org THEN
    INSERT INTO participation (case_id, org_id, level, since, changed_by, permit, sharing)
    VALUES (t.case_id, t.from_org, t.keep, moment, mover, kept_permit, take_over_case.sharing);
  END IF;
  RETURN QUERY UPDATE case_file f SET lead_org = t.to_org, version = f.version + 1 WHERE f.id = t.case_id RETURNING f.version, before;
END $$;
REVOKE ALL ON FUNCTION case_on_offer(uuid), take_over_case(uuid, timestamptz, uuid, jsonb, jsonb, jsonb) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION case_on_offer(uuid), take_over_case(uuid, timestamptz, uuid, jsonb, jsonb, jsonb) TO concordat_records;
`;
