import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who owns a case over time, and how it passes from one owner to the next. */
export class TransferCases1700000030200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
    await runner.query(WALL);
  }

  async down(): Promise<void> {
    throw new Error('records are never migrated away');
  }
}

const TABLES = `
-- The owners after the first. The first is whoever decided to open the case: their participation as lead says since when.
CREATE TABLE case_ownership (
  case_id uuid NOT NULL REFERENCES case_file,
  owner_id uuid NOT NULL,
  org_id uuid NOT NULL,
  area_id uuid NOT NULL,
  since timestamptz NOT NULL,
  until timestamptz,
  how text NOT NULL CHECK (how IN ('opened', 'assigned', 'transferred')),
  by_id uuid NOT NULL,
  PRIMARY KEY (case_id, since)
);
CREATE UNIQUE INDEX case_ownership_in_force ON case_ownership (case_id) WHERE until IS NULL;

CREATE TABLE case_transfer (
  id uuid PRIMARY KEY,
  version int NOT NULL DEFAULT 1,
  state text NOT NULL CHECK (state IN ('requested', 'refused', 'offered', 'accepted', 'declined', 'withdrawn', 'recorded')),
  case_id uuid NOT NULL REFERENCES case_file,
  reference text NOT NULL,
  bulk_id uuid,
  from_org uuid NOT NULL,
  from_id uuid NOT NULL,
  to_org uuid,
  to_id uuid,
  outside_body text,
  reason text NOT NULL,
  keep text NOT NULL CHECK (keep IN ('contributor', 'reader', 'nothing')),
  requested_at timestamptz,
  request_reason text,
  offered_at timestamptz,
  answered_at timestamptz,
  answered_by uuid,
  answer_reason text,
  ended_at timestamptz,
  ended_by uuid,
  made_at timestamptz NOT NULL,
  CHECK ((to_id IS NULL) = (outside_body IS NOT NULL)),
  CHECK ((to_id IS NULL) = (state = 'recorded'))
);
-- One offer of a case at a time, to whomever (TRF-7); and one request of it by the same person.
CREATE UNIQUE INDEX case_transfer_open ON case_transfer (case_id) WHERE state = 'offered';
CREATE UNIQUE INDEX case_transfer_asked ON case_transfer (case_id, to_id) WHERE state = 'requested';
CREATE INDEX case_transfer_case ON case_transfer (case_id, made_at DESC);
CREATE INDEX case_transfer_received ON case_transfer (to_org, made_at DESC, id);
CREATE INDEX case_transfer_sent ON case_transfer (from_org, made_at DESC, id);
`;

/**
 * The second wall, as for referrals between agencies. Accepting changes a case that its recipient does not see yet, so a
 * function of the owner does that, for a transfer that is offered to the caller.
 */
const WALL = `
ALTER TABLE case_ownership ENABLE ROW LEVEL SECURITY;
CREATE POLICY part ON case_ownership USING (current_setting('concordat.scope', true) = 'system' OR takes_part(case_id));
ALTER TABLE case_transfer ENABLE ROW LEVEL SECURITY;
CREATE POLICY party ON case_transfer USING (current_setting('concordat.scope', true) = 'system'
  OR (acting_org() IN (from_org, to_org) AND case_id <> ALL ((SELECT hidden_cases(false))::uuid[])));
CREATE POLICY transferred ON timeline FOR INSERT WITH CHECK (case_id IN (SELECT t.case_id FROM case_transfer t
  WHERE t.to_org = nullif(current_setting('concordat.org', true), '')::uuid));

-- Whether a case that the caller works on is on offer, by whichever agency led it then.
CREATE FUNCTION case_transfer_offers(asked uuid) RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = records AS $$
  SELECT t.id FROM case_transfer t WHERE t.case_id = asked AND t.state = 'offered' AND takes_part(asked)
$$;
CREATE FUNCTION owner_of(asked uuid) RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = records AS $$
  SELECT coalesce((SELECT o.owner_id FROM case_ownership o WHERE o.case_id = asked AND o.until IS NULL),
                  (SELECT p.changed_by FROM participation p WHERE p.case_id = asked AND p.level = 'lead' ORDER BY p.since LIMIT 1))
$$;

-- Ends the ownership in force, having written down the first one if nothing was, and begins the next.
CREATE FUNCTION change_owner(asked uuid, next_owner uuid, next_org uuid, moment timestamptz, cause text, mover uuid)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = records AS $$
BEGIN
  INSERT INTO case_ownership (case_id, owner_id, org_id, area_id, since, how, by_id)
  SELECT f.id, owner_of(f.id), f.lead_org, f.area_id, f.opened_at, 'opened', owner_of(f.id) FROM case_file f
   WHERE f.id = asked AND NOT EXISTS (SELECT 1 FROM case_ownership o WHERE o.case_id = asked);
  UPDATE case_ownership SET until = moment WHERE case_id = asked AND until IS NULL;
  INSERT INTO case_ownership (case_id, owner_id, org_id, area_id, since, how, by_id)
  SELECT f.id, next_owner, next_org, f.area_id, moment, cause, mover FROM case_file f WHERE f.id = asked;
END $$;

CREATE FUNCTION take_over_case(offer uuid, moment timestamptz, mover uuid)
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
  INSERT INTO participation (case_id, org_id, level, since, changed_by) VALUES (t.case_id, t.to_org, 'lead', moment, mover);
  IF t.keep <> 'nothing' AND t.from_org <> t.to_org THEN
    INSERT INTO participation (case_id, org_id, level, since, changed_by) VALUES (t.case_id, t.from_org, t.keep, moment, mover);
  END IF;
  RETURN QUERY UPDATE case_file f SET lead_org = t.to_org, version = f.version + 1 WHERE f.id = t.case_id RETURNING f.version, before;
END $$;
-- A case given to a colleague, by an agency that leads it.
CREATE FUNCTION assign_case(asked uuid, next_owner uuid, moment timestamptz, mover uuid) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = records AS $$
DECLARE lead uuid; moved int;
BEGIN
  SELECT f.lead_org INTO lead FROM case_file f WHERE f.id = asked;
  IF lead IS DISTINCT FROM nullif(current_setting('concordat.org', true), '')::uuid THEN
    RAISE insufficient_privilege;
  END IF;
  PERFORM change_owner(asked, next_owner, lead, moment, 'assigned', mover);
  UPDATE case_file f SET version = f.version + 1 WHERE f.id = asked RETURNING f.version INTO moved;
  RETURN moved;
END $$;
REVOKE ALL ON FUNCTION case_transfer_offers(uuid), owner_of(uuid), change_owner(uuid, uuid, uuid, timestamptz, text, uuid),
  take_over_case(uuid, timestamptz, uuid), assign_case(uuid, uuid, timestamptz, uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION case_transfer_offers(uuid), owner_of(uuid), take_over_case(uuid, timestamptz, uuid), assign_case(uuid, uuid, timestamptz, uuid) TO concordat_records;
`;
