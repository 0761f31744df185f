/**
 * The tables that the waist keeps in every context's own schema. A context's first migration runs this text; the search
 * path names the schema. Text is frozen once released: a change is a new migration that alters.
 */
export const WAIST_TABLES = `
-- One row per stream (a case, or a record where there is no case). Its lock makes commit order and version order one (W2).
CREATE TABLE stream (
  id uuid PRIMARY KEY,
  version bigint NOT NULL CHECK (version > 0),
  changed_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX stream_changed ON stream (changed_at, id);

CREATE TABLE outbox (
  event_id uuid PRIMARY KEY,
  seq bigint GENERATED ALWAYS AS IDENTITY,
  stream_id uuid NOT NULL,
  stream_version bigint NOT NULL,
  topic text NOT NULL,
  partition smallint NOT NULL,
  headers jsonb NOT NULL,
  body bytea NOT NULL,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  published_at timestamptz,
  UNIQUE (stream_id, stream_version)
) WITH (autovacuum_vacuum_scale_factor = 0.01);
CREATE INDEX outbox_unpublished ON outbox (seq) WHERE published_at IS NULL;

-- One row per act, unordered: no business transaction ever waits for a place in a chain (performance.md 1). The relay's
-- leader numbers rows after commit, without gaps; that number is src.seq of the ledger entry.
CREATE TABLE act (
  event_id uuid PRIMARY KEY,
  body bytea NOT NULL,
  seq bigint,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  published_at timestamptz
) WITH (autovacuum_vacuum_scale_factor = 0.01);
CREATE INDEX act_unnumbered ON act (event_id) WHERE seq IS NULL;
CREATE UNIQUE INDEX act_seq ON act (seq);
CREATE INDEX act_unpublished ON act (seq) WHERE published_at IS NULL AND seq IS NOT NULL;

-- The relay's lease: a leader that was paused and wakes finds its epoch gone and can mark nothing (R2).
CREATE TABLE relay_lease (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  epoch bigint NOT NULL DEFAULT 0,
  act_seq bigint NOT NULL DEFAULT 0
);
INSERT INTO relay_lease DEFAULT VALUES;

-- What was received and not yet applied. The cursor, not this table, remembers what was applied.
CREATE TABLE inbox (
  source text NOT NULL,
  stream_id uuid NOT NULL,
  stream_version bigint NOT NULL,
  event_id uuid NOT NULL,
  seq bigint GENERATED ALWAYS AS IDENTITY,
  body bytea NOT NULL,
  received_at timestamptz NOT NULL DEFAULT now(),
  attempts smallint NOT NULL DEFAULT 0,
  next_attempt_at timestamptz NOT NULL DEFAULT '-infinity',
  PRIMARY KEY (source, stream_id, stream_version)
) WITH (autovacuum_vacuum_scale_factor = 0.01);
-- Acts are read by their key, so a backlog of them is no burden to events.
CREATE INDEX inbox_order ON inbox (seq) WHERE source NOT LIKE '%.acts';

CREATE TABLE stream_cursor (
  source text NOT NULL,
  stream_id uuid NOT NULL,
  last_version bigint NOT NULL DEFAULT 0,
  parked_reason text,
  parked_at timestamptz,
  PRIMARY KEY (source, stream_id)
);
CREATE INDEX stream_cursor_parked ON stream_cursor (parked_at) WHERE parked_reason IS NOT NULL;

-- Records that could not even be read, by where they came from (C3). Nothing is thrown away.
CREATE TABLE malformed (
  topic text NOT NULL,
  partition int NOT NULL,
  position bigint NOT NULL,
  reason text NOT NULL,
  raw bytea NOT NULL,
  received_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (topic, partition, position)
);

-- When each source was last compared with ours, and what that healed (reconciler).
CREATE TABLE reconciliation (
  source text PRIMARY KEY,
  checked_at timestamptz NOT NULL DEFAULT '-infinity',
  changed_since timestamptz NOT NULL DEFAULT '-infinity',
  healed bigint NOT NULL DEFAULT 0
);

-- A command's key and its reply, in the command's own transaction (W3).
CREATE TABLE idempotency (
  actor_id uuid NOT NULL,
  key text NOT NULL,
  request_digest bytea NOT NULL,
  reply json NOT NULL, -- not jsonb: a repeated reply is the same to the letter
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (actor_id, key)
);
CREATE INDEX idempotency_age ON idempotency (created_at);

-- Jobs for a queue that cannot join a transaction (Bull). A row stays until its job has been done: Redis only says when.
CREATE TABLE job_outbox (
  job_key text PRIMARY KEY,
  revision integer NOT NULL DEFAULT 1,
  name text NOT NULL,
  payload jsonb NOT NULL,
  run_at timestamptz NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  moved_at timestamptz
);
CREATE INDEX job_outbox_due ON job_outbox (run_at);

GRANT USAGE ON ALL SEQUENCES IN SCHEMA SCHEMA_NAME TO concordat_SCHEMA_NAME;
`;

/** The waist's tables for one schema, to be run by its first migration with the search path set to it. */
export const waistTables = (schema: string): string => WAIST_TABLES.replaceAll('SCHEMA_NAME', schema);

/** The projection of who works where that every context keeps for itself (filled by libs/access). */
export const MEMBER_TABLES = `
CREATE TABLE member (
  user_id uuid NOT NULL,
  org_id uuid NOT NULL,
  subject text NOT NULL,
  roles text[] NOT NULL,
  areas uuid[] NOT NULL,
  active boolean NOT NULL,
  may_receive boolean NOT NULL DEFAULT true,
  changed_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (user_id, org_id)
);
CREATE INDEX member_subject ON member (subject);
CREATE TABLE organisation (org_id uuid PRIMARY KEY, agency_type text NOT NULL, active boolean NOT NULL);
CREATE TABLE area (area_id uuid PRIMARY KEY, lead_org uuid NOT NULL, active boolean NOT NULL);
`;

/** Where somebody works within their organisation, added to that projection later. A new context runs both. */
export const MEMBER_PLACES = `
ALTER TABLE member ADD COLUMN team_id uuid, ADD COLUMN manager_id uuid;
`;

/** Who acts, for whom and as what, as the unit of work says it to the walls. Contexts of before have these in their own migrations. */
export const ACTING = `
CREATE FUNCTION acting_user() RETURNS uuid LANGUAGE sql STABLE AS
  $$ SELECT nullif(current_setting('concordat.user', true), '')::uuid $$;
CREATE FUNCTION acting_org() RETURNS uuid LANGUAGE sql STABLE AS
  $$ SELECT nullif(current_setting('concordat.org', true), '')::uuid $$;
CREATE FUNCTION acting_as(scope text) RETURNS boolean LANGUAGE sql STABLE AS
  $$ SELECT coalesce(current_setting('concordat.scope', true) = scope, false) $$;
`;

/** The projection of which agency takes part in which case, for contexts with case-scoped tables (house.md §4). */
export const CASE_ACCESS_TABLES = `
CREATE TABLE case_access (
  case_id uuid NOT NULL,
  org_id uuid NOT NULL,
  level text NOT NULL,
  restricted boolean NOT NULL,
  since timestamptz NOT NULL,
  until timestamptz,
  PRIMARY KEY (case_id, org_id)
);
CREATE INDEX case_access_org ON case_access (org_id, case_id) WHERE until IS NULL;
`;

/**
 * The projection of what is open to named staff only, for contexts that show cases or people (house.md §4). A case is found
 * here under its own id and, when one of its people is restricted, under theirs as well. `concordat.scope` is set by the waist.
 */
export const RESTRICTION_TABLES = `
CREATE TABLE restricted_record (
  restriction_id uuid NOT NULL,
  record_id uuid NOT NULL,
  named uuid[] NOT NULL,
  PRIMARY KEY (restriction_id, record_id)
);
-- Records that are closed to the caller: to somebody who may read restricted records, only when they do not ask by that.
CREATE FUNCTION closed_to_caller(qualifies boolean) RETURNS uuid[] LANGUAGE sql STABLE AS $$
  SELECT coalesce(array_agg(DISTINCT x.record_id), '{}') FROM restricted_record x
   WHERE coalesce(current_setting('concordat.scope', true), '') NOT IN ('system', 'service')
     AND NOT coalesce(nullif(current_setting('concordat.user', true), '')::uuid = ANY (x.named), false)
     AND NOT (qualifies AND EXISTS (
           SELECT 1 FROM member m WHERE m.user_id = nullif(current_setting('concordat.user', true), '')::uuid
              AND m.org_id = nullif(current_setting('concordat.org', true), '')::uuid AND m.active AND 'restricted-records' = ANY (m.roles)))
$$;
-- Restricted records for which the caller is named.
CREATE FUNCTION open_by_name() RETURNS uuid[] LANGUAGE sql STABLE AS $$
  SELECT coalesce(array_agg(DISTINCT x.record_id), '{}') FROM restricted_record x
   WHERE nullif(current_setting('concordat.user', true), '')::uuid = ANY (x.named)
$$;
`;
