import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = `
-- Where systems of agencies are told of what happens.
CREATE TABLE webhook (
  id uuid PRIMARY KEY,
  org_id uuid NOT NULL,
  url text NOT NULL,
  events text[] NOT NULL CHECK (cardinality(events) > 0),
  state text NOT NULL CHECK (state IN ('live', 'off')),
  off_reason text CHECK (off_reason IN ('administrator', 'dead', 'gone')),
  failing_since timestamptz,
  version integer NOT NULL CHECK (version > 0),
  made_by uuid NOT NULL,
  made_at timestamptz NOT NULL,
  CHECK ((state = 'off') = (off_reason IS NOT NULL))
);
CREATE INDEX webhook_org ON webhook (org_id, made_at);

-- Keys that a webhook is signed with; the private half is sealed under a key that is not in the database.
CREATE TABLE webhook_key (
  id uuid PRIMARY KEY,
  webhook_id uuid NOT NULL REFERENCES webhook,
  public_key text NOT NULL,
  sealed bytea NOT NULL,
  made_at timestamptz NOT NULL,
  ends_at timestamptz
);
CREATE INDEX webhook_key_webhook ON webhook_key (webhook_id, made_at);

-- One event on its way to one webhook. The bytes are fixed when the event is heard, and are the same at every attempt.
CREATE TABLE webhook_delivery (
  webhook_id uuid NOT NULL REFERENCES webhook,
  event_id uuid NOT NULL,
  type text NOT NULL,
  body bytea NOT NULL,
  case_id uuid,
  records uuid[] NOT NULL,
  state text NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'delivered', 'withheld')),
  attempts integer NOT NULL DEFAULT 0,
  made_at timestamptz NOT NULL,
  next_at timestamptz NOT NULL,
  leased_until timestamptz,
  delivered_at timestamptz,
  PRIMARY KEY (webhook_id, event_id)
);
CREATE INDEX webhook_delivery_due ON webhook_delivery (next_at) WHERE state = 'pending';
CREATE INDEX webhook_delivery_made ON webhook_delivery (webhook_id, made_at DESC, event_id);

-- What became of each attempt: never what was answered, only how.
CREATE TABLE webhook_attempt (
  webhook_id uuid NOT NULL,
  event_id uuid NOT NULL,
  number integer NOT NULL,
  at timestamptz NOT NULL,
  outcome text NOT NULL,
  status integer,
  took_ms integer NOT NULL,
  PRIMARY KEY (webhook_id, event_id, number),
  FOREIGN KEY (webhook_id, event_id) REFERENCES webhook_delivery ON DELETE CASCADE
);

-- Whether a system may hear of something: none of the records in it is open to named staff only; and where it is of a case, the
-- agency takes part in that case now.
CREATE FUNCTION may_hear(org uuid, of_case uuid, about uuid[]) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT NOT EXISTS (SELECT 1 FROM restricted_record r WHERE r.record_id = ANY (about))
     AND NOT EXISTS (SELECT 1 FROM case_access c WHERE c.case_id = ANY (about) AND c.restricted)
     AND (of_case IS NULL OR EXISTS (SELECT 1 FROM case_access c WHERE c.case_id = of_case AND c.org_id = org
          AND c.until IS NULL AND c.level <> 'preview'))
$$;

-- Second wall: an agency's own, and the system that sends.
ALTER TABLE webhook ENABLE ROW LEVEL SECURITY;
CREATE POLICY webhook_own ON webhook USING (acting_as('system') OR (acting_as('user') AND org_id = acting_org()));
ALTER TABLE webhook_key ENABLE ROW LEVEL SECURITY;
CREATE POLICY webhook_key_own ON webhook_key USING (EXISTS (SELECT 1 FROM webhook w WHERE w.id = webhook_id));
ALTER TABLE webhook_delivery ENABLE ROW LEVEL SECURITY;
CREATE POLICY webhook_delivery_own ON webhook_delivery USING (EXISTS (SELECT 1 FROM webhook w WHERE w.id = webhook_id));
ALTER TABLE webhook_attempt ENABLE ROW LEVEL SECURITY;
CREATE POLICY webhook_attempt_own ON webhook_attempt USING (EXISTS (SELECT 1 FROM webhook w WHERE w.id = webhook_id));
`;

export class KeepWebhooks1700000206000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
  }

  async down(): Promise<void> {
    throw new Error('what was sent to whom is not forgotten');
  }
}
