import { MEMBER_PLACES, MEMBER_TABLES, waistTables } from '@concordat/messaging';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Agreements with all their versions, what was done to them, and every decision that was made by them. */
export class CreateSharing1700000040000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(waistTables('sharing'));
    await runner.query(MEMBER_TABLES);
    await runner.query(MEMBER_PLACES);
    await runner.query(AGREEMENTS);
    await runner.query(REGISTER);
    await runner.query(DECISIONS);
    await runner.query(WALL);
  }

  async down(): Promise<void> {
    throw new Error('agreements are never migrated away');
  }
}

const AGREEMENTS = `
-- One row per version of an agreement. The document is the whole of it; columns beside it repeat what lists need.
CREATE TABLE agreement (
  id uuid PRIMARY KEY,
  version int NOT NULL,
  -- The agreement's own id, and the number of this version of it.
  code text COLLATE "C" NOT NULL,
  number text COLLATE "C" NOT NULL,
  owner_org uuid NOT NULL,
  parties uuid[] NOT NULL,
  status text NOT NULL,
  title text NOT NULL,
  effective_from date NOT NULL,
  review_by date NOT NULL,
  expires_on date NOT NULL,
  document jsonb NOT NULL,
  -- Who last changed its terms, or gave it to be checked: they do not check it themselves.
  edited_by uuid NOT NULL,
  created_at timestamptz NOT NULL,
  changed_at timestamptz NOT NULL,
  UNIQUE (code, number)
);
CREATE INDEX agreement_changed ON agreement (changed_at DESC, id);

-- What was done to it, with its terms as they were then. It only grows.
CREATE TABLE agreement_step (
  agreement_id uuid NOT NULL,
  version int NOT NULL,
  what text NOT NULL,
  by_id uuid NOT NULL,
  org_id uuid NOT NULL,
  at timestamptz NOT NULL,
  reason text,
  document jsonb NOT NULL,
  PRIMARY KEY (agreement_id, version)
);
`;

/**
 * Decisions are made by agreements kept in memory. Each change of what may be decided by raises the revision, in the change's
 * own transaction, and each decision looks at it in its own: no process ever decides by an agreement that was suspended.
 */
const REGISTER = `
CREATE TABLE register_revision (one boolean PRIMARY KEY DEFAULT true CHECK (one), revision bigint NOT NULL DEFAULT 1);
INSERT INTO register_revision DEFAULT VALUES;

CREATE FUNCTION raise_register_revision() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = sharing, public AS $$
BEGIN
  UPDATE register_revision SET revision = revision + 1;
  RETURN NULL;
END $$;
CREATE TRIGGER register_begins AFTER INSERT ON agreement FOR EACH ROW
  WHEN (NEW.status NOT IN ('DRAFT', 'IN_QA')) EXECUTE FUNCTION raise_register_revision();
CREATE TRIGGER register_changes AFTER UPDATE ON agreement FOR EACH ROW
  WHEN (NEW.status NOT IN ('DRAFT', 'IN_QA') OR OLD.status NOT IN ('DRAFT', 'IN_QA')) EXECUTE FUNCTION raise_register_revision();

-- The agreements that decisions may be about, whoever asks: a draft is nobody's but its parties'.
CREATE FUNCTION register_documents() RETURNS SETOF jsonb LANGUAGE sql STABLE SECURITY DEFINER SET search_path = sharing, public AS $$
  SELECT document FROM agreement WHERE status NOT IN ('DRAFT', 'IN_QA') ORDER BY code, number $$;
-- Whether a code is another organisation's: said of drafts as well, so that two cannot make the same agreement.
CREATE FUNCTION code_is_taken(asked text, org uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = sharing, public AS $$
  SELECT EXISTS (SELECT 1 FROM agreement WHERE code = asked AND owner_org <> org) $$;
REVOKE ALL ON FUNCTION register_documents(), code_is_taken(text, uuid), raise_register_revision() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION register_documents(), code_is_taken(text, uuid) TO concordat_sharing;
REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON register_revision FROM concordat_sharing;
`;

const DECISIONS = `
-- Every decision with the request that it answers, whole, so that it can be made again. It is never changed.
CREATE TABLE decision (
  id uuid PRIMARY KEY,
  at timestamptz NOT NULL,
  actor_id uuid NOT NULL,
  actor_org uuid NOT NULL,
  sender text NOT NULL,
  recipients text[] NOT NULL,
  isa text,
  outcome text NOT NULL,
  reason text,
  request jsonb NOT NULL,
  decision jsonb NOT NULL
);
CREATE INDEX decision_at ON decision (at DESC, id DESC);
CREATE INDEX decision_isa ON decision (isa, at DESC);
CREATE INDEX decision_actor ON decision (actor_id, at DESC);
REVOKE UPDATE, DELETE, TRUNCATE ON decision, agreement_step FROM concordat_sharing;
`;

/** A version is its owner's and its parties'. A decision is its maker's, and of governance and audit at both of its ends. */
const WALL = `
CREATE FUNCTION acting_user() RETURNS uuid LANGUAGE sql STABLE AS
  $$ SELECT nullif(current_setting('concordat.user', true), '')::uuid $$;
CREATE FUNCTION acting_org() RETURNS uuid LANGUAGE sql STABLE AS
  $$ SELECT nullif(current_setting('concordat.org', true), '')::uuid $$;
CREATE FUNCTION acting_as(scope text) RETURNS boolean LANGUAGE sql STABLE AS
  $$ SELECT coalesce(current_setting('concordat.scope', true) = scope, false) $$;
CREATE FUNCTION governs() RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT coalesce((SELECT roles && '{information-governance-lead,auditor}'::text[]
                     FROM member WHERE user_id = acting_user() AND org_id = acting_org() AND active), false) $$;

ALTER TABLE agreement ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON agreement FOR SELECT USING (acting_as('system') OR acting_as('service')
  OR (acting_as('user') AND (owner_org = acting_org() OR acting_org() = ANY (parties))));
CREATE POLICY drafted ON agreement FOR INSERT WITH CHECK (acting_as('user') AND owner_org = acting_org());
CREATE POLICY changed ON agreement FOR UPDATE
  USING (acting_as('system') OR (acting_as('user') AND (owner_org = acting_org() OR acting_org() = ANY (parties))));
CREATE POLICY discarded ON agreement FOR DELETE USING (acting_as('user') AND owner_org = acting_org() AND status = 'DRAFT');

ALTER TABLE agreement_step ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON agreement_step FOR SELECT USING (acting_as('system')
  OR EXISTS (SELECT 1 FROM agreement a WHERE a.id = agreement_id));
CREATE POLICY added ON agreement_step FOR INSERT WITH CHECK (acting_as('system') OR acting_as('user'));

ALTER TABLE decision ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON decision FOR SELECT USING (acting_as('system')
  OR (acting_as('service') AND actor_id = acting_user())
  OR (acting_as('user') AND ((actor_id = acting_user() AND actor_org = acting_org())
    OR ((SELECT governs()) AND (sender = acting_org()::text OR acting_org()::text = ANY (recipients))))));
CREATE POLICY made ON decision FOR INSERT WITH CHECK (acting_as('service')
  OR (acting_as('user') AND actor_id = acting_user() AND actor_org = acting_org()));
`;
