import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = `
-- Where somebody of an agency is reached outside of the pages: theirs, sealed under a key that is not in the database, and told to
-- nobody. One that was confirmed serves until another is.
CREATE TABLE contact_detail (
  id uuid PRIMARY KEY,
  user_id uuid NOT NULL,
  org_id uuid NOT NULL,
  channel text NOT NULL CHECK (channel IN ('email', 'text')),
  sealed bytea NOT NULL,
  code_sealed bytea,
  code_until timestamptz,
  tries int NOT NULL DEFAULT 0,
  given_at timestamptz NOT NULL,
  confirmed_at timestamptz,
  -- Since when nothing arrives there.
  failed_at timestamptz,
  CHECK ((code_sealed IS NULL) = (code_until IS NULL))
);
CREATE UNIQUE INDEX contact_detail_confirmed ON contact_detail (user_id, org_id, channel) WHERE confirmed_at IS NOT NULL;
CREATE UNIQUE INDEX contact_detail_given ON contact_detail (user_id, org_id, channel) WHERE confirmed_at IS NULL;

-- What somebody chose for one kind; without a row, what the pack says.
CREATE TABLE message_choice (
  user_id uuid NOT NULL,
  org_id uuid NOT NULL,
  kind text NOT NULL,
  rhythm text NOT NULL CHECK (rhythm IN ('now', 'daily', 'weekly', 'none')),
  by_text boolean NOT NULL,
  PRIMARY KEY (user_id, org_id, kind)
);

-- What goes out. While it waits, whatever else is told to the same person in the same rhythm gathers in it. Nothing of what is sent
-- is kept but that it was.
CREATE TABLE notice (
  id uuid PRIMARY KEY,
  user_id uuid NOT NULL,
  org_id uuid NOT NULL,
  channel text NOT NULL CHECK (channel IN ('email', 'text')),
  what text NOT NULL CHECK (what IN ('now', 'daily', 'weekly', 'code')),
  -- Of a code: where it goes.
  detail_id uuid REFERENCES contact_detail ON DELETE CASCADE,
  state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'sending', 'sent', 'failed', 'withheld')),
  attempts int NOT NULL DEFAULT 0,
  made_at timestamptz NOT NULL,
  next_at timestamptz NOT NULL,
  leased_until timestamptz,
  ended_at timestamptz,
  delivered_at timestamptz,
  failure text,
  CHECK ((what = 'code') = (detail_id IS NOT NULL)),
  CHECK ((state = 'failed') = (failure IS NOT NULL))
);
CREATE UNIQUE INDEX notice_gathering ON notice (user_id, org_id, channel, what) WHERE state = 'waiting' AND what <> 'code';
CREATE INDEX notice_due ON notice (next_at) WHERE state IN ('waiting', 'sending');
CREATE INDEX notice_failed ON notice (org_id, ended_at DESC, id DESC) WHERE state = 'failed';
CREATE INDEX notice_detail ON notice (detail_id, made_at) WHERE detail_id IS NOT NULL;

-- Which messages a notice tells of. Each is told of once in a stage by a channel, however often the ladder tells it.
CREATE TABLE notice_about (
  message_id uuid NOT NULL REFERENCES message ON DELETE CASCADE,
  channel text NOT NULL,
  stage text NOT NULL,
  notice_id uuid NOT NULL REFERENCES notice ON DELETE CASCADE,
  PRIMARY KEY (message_id, channel, stage)
);
CREATE INDEX notice_about_notice ON notice_about (notice_id);

-- That a code was sent, whatever became of the address: codes are counted by who asks for them.
CREATE TABLE contact_code (
  notice_id uuid PRIMARY KEY,
  user_id uuid NOT NULL,
  org_id uuid NOT NULL,
  at timestamptz NOT NULL
);
CREATE INDEX contact_code_user ON contact_code (user_id, org_id, at);

-- Whether somebody may be told that something of a kind is due about a case: they could see it.
CREATE FUNCTION may_be_told(who uuid, org uuid, of_case uuid, of_kind text) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT of_case IS NULL OR (
    EXISTS (SELECT 1 FROM case_access c WHERE c.case_id = of_case AND c.org_id = org AND c.until IS NULL
      AND (c.level <> 'preview' OR of_kind = 'onward-referral')
      AND (NOT c.restricted OR EXISTS (SELECT 1 FROM restricted_record r WHERE r.record_id = of_case AND who = ANY (r.named))))
    AND NOT EXISTS (SELECT 1 FROM restricted_record r WHERE r.record_id = of_case AND NOT who = ANY (r.named)))
$$;

-- How much of what a notice tells of still needs its reader: not read, not done, and theirs to see now.
CREATE FUNCTION what_needs(asked uuid) RETURNS TABLE (things int, late int) LANGUAGE sql STABLE AS $$
  SELECT count(DISTINCT m.id)::int, count(DISTINCT m.id) FILTER (WHERE d.due_at <= statement_timestamp())::int
    FROM notice_about a JOIN message m ON m.id = a.message_id JOIN deadline d ON d.id = m.deadline_id
    JOIN member x ON x.user_id = m.user_id AND x.org_id = m.org_id AND x.active
   WHERE a.notice_id = asked AND m.read_at IS NULL AND d.status IN ('pending', 'fired')
     AND may_be_told(m.user_id, m.org_id, d.case_id, d.kind)
$$;

-- Second wall: one's own; of what goes out, also an administrator of the agency, without where it goes.
ALTER TABLE contact_detail ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON contact_detail
  USING (acting_as('system') OR (acting_as('user') AND user_id = acting_user() AND org_id = acting_org()));
ALTER TABLE message_choice ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON message_choice
  USING (acting_as('system') OR (acting_as('user') AND user_id = acting_user() AND org_id = acting_org()));
ALTER TABLE contact_code ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON contact_code
  USING (acting_as('system') OR (acting_as('user') AND user_id = acting_user() AND org_id = acting_org()));
ALTER TABLE notice ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON notice USING (acting_as('system')
  OR (acting_as('user') AND org_id = acting_org() AND (user_id = acting_user() OR holds_role('{administrator}'))));
ALTER TABLE notice_about ENABLE ROW LEVEL SECURITY;
CREATE POLICY told ON notice_about USING (acting_as('system'));
`;

export class KeepNotices1700000230000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
  }

  async down(): Promise<void> {
    throw new Error('where people are reached is theirs to take away');
  }
}
