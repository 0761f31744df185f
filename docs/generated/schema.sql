-- What each context stores, read from the catalogs of a database that was just migrated. For reading, not for running.
-- Every context's role may use its own schema only; row-level security binds it, and it owns nothing.

-- schema identity

CREATE TABLE act (
  event_id uuid NOT NULL,
  body bytea NOT NULL,
  seq bigint,
  created_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  published_at timestamp with time zone,
  PRIMARY KEY (event_id)
);
CREATE INDEX act_unnumbered ON act USING btree (event_id) WHERE (seq IS NULL);
CREATE INDEX act_unpublished ON act USING btree (seq) WHERE ((published_at IS NULL) AND (seq IS NOT NULL));
CREATE UNIQUE INDEX act_seq ON act USING btree (seq) WHERE (seq IS NOT NULL);
GRANT DELETE, INSERT, SELECT, UPDATE ON act TO concordat_identity;

CREATE TABLE api_client (
  id uuid NOT NULL,
  org_id uuid NOT NULL,
  scopes text[] NOT NULL,
  registered_by uuid NOT NULL,
  registered_at timestamp with time zone NOT NULL,
  ended_at timestamp with time zone,
  version integer NOT NULL,
  PRIMARY KEY (id),
  FOREIGN KEY (id) REFERENCES staff(user_id),
  FOREIGN KEY (org_id) REFERENCES organisation_detail(id),
  CONSTRAINT api_client_scopes_check CHECK ((cardinality(scopes) > 0)),
  CONSTRAINT api_client_version_check CHECK ((version > 0))
);
CREATE INDEX api_client_org ON api_client USING btree (org_id, registered_at);
ALTER TABLE api_client ENABLE ROW LEVEL SECURITY;
CREATE POLICY api_client_add ON api_client FOR INSERT WITH CHECK ((current_setting('concordat.scope'::text, true) = 'user'::text) AND (ended_at IS NULL));
CREATE POLICY api_client_change ON api_client FOR UPDATE USING (current_setting('concordat.scope'::text, true) = 'user'::text);
CREATE POLICY api_client_read ON api_client FOR SELECT USING (current_setting('concordat.scope'::text, true) = ANY (ARRAY['user'::text, 'system'::text]));
GRANT DELETE, INSERT, SELECT, UPDATE ON api_client TO concordat_identity;

CREATE TABLE api_client_secret (
  id uuid NOT NULL,
  client_id uuid NOT NULL,
  hint text NOT NULL,
  hash text NOT NULL,
  made_by uuid NOT NULL,
  made_at timestamp with time zone NOT NULL,
  expires_at timestamp with time zone NOT NULL,
  ended_at timestamp with time zone,
  last_used_at timestamp with time zone,
  PRIMARY KEY (id),
  FOREIGN KEY (client_id) REFERENCES api_client(id),
  CONSTRAINT api_client_secret_hash_check CHECK ((hash ~~ 'scrypt$%'::text)),
  CONSTRAINT api_client_secret_hint_check CHECK ((length(hint) = 4))
);
CREATE INDEX api_client_secret_client ON api_client_secret USING btree (client_id, made_at);
ALTER TABLE api_client_secret ENABLE ROW LEVEL SECURITY;
CREATE POLICY api_client_secret_add ON api_client_secret FOR INSERT WITH CHECK ((current_setting('concordat.scope'::text, true) = 'user'::text) AND (ended_at IS NULL));
CREATE POLICY api_client_secret_change ON api_client_secret FOR UPDATE USING (current_setting('concordat.scope'::text, true) = ANY (ARRAY['user'::text, 'system'::text]));
CREATE POLICY api_client_secret_read ON api_client_secret FOR SELECT USING (current_setting('concordat.scope'::text, true) = ANY (ARRAY['user'::text, 'system'::text]));
GRANT DELETE, INSERT, SELECT, UPDATE ON api_client_secret TO concordat_identity;

CREATE TABLE area (
  area_id uuid NOT NULL,
  lead_org uuid NOT NULL,
  active boolean NOT NULL,
  PRIMARY KEY (area_id)
);
GRANT DELETE, INSERT, SELECT, UPDATE ON area TO concordat_identity;

CREATE TABLE area_detail (
  id uuid NOT NULL,
  code text NOT NULL,
  name text NOT NULL,
  lead_org uuid NOT NULL,
  active boolean NOT NULL DEFAULT true,
  version integer NOT NULL DEFAULT 1,
  decided_by text NOT NULL DEFAULT 'file'::text,
  PRIMARY KEY (id),
  UNIQUE (code),
  FOREIGN KEY (lead_org) REFERENCES organisation_detail(id),
  CONSTRAINT area_detail_decided_by_check CHECK ((decided_by = ANY (ARRAY['file'::text, 'administrator'::text]))),
  CONSTRAINT area_detail_version_check CHECK ((version > 0))
);
GRANT DELETE, INSERT, SELECT, UPDATE ON area_detail TO concordat_identity;

CREATE TABLE idempotency (
  actor_id uuid NOT NULL,
  key text NOT NULL,
  request_digest bytea NOT NULL,
  reply json NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  PRIMARY KEY (actor_id, key)
);
CREATE INDEX idempotency_age ON idempotency USING btree (created_at);
GRANT DELETE, INSERT, SELECT, UPDATE ON idempotency TO concordat_identity;

CREATE TABLE inbox (
  source text NOT NULL,
  stream_id uuid NOT NULL,
  stream_version bigint NOT NULL,
  event_id uuid NOT NULL,
  seq bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
  body bytea NOT NULL,
  received_at timestamp with time zone NOT NULL DEFAULT now(),
  attempts smallint NOT NULL DEFAULT 0,
  next_attempt_at timestamp with time zone NOT NULL DEFAULT '-infinity'::timestamp with time zone,
  PRIMARY KEY (source, stream_id, stream_version)
);
CREATE INDEX inbox_order ON inbox USING btree (seq) WHERE (source !~~ '%.acts'::text);
GRANT DELETE, INSERT, SELECT, UPDATE ON inbox TO concordat_identity;

CREATE TABLE job_outbox (
  job_key text NOT NULL,
  revision integer NOT NULL DEFAULT 1,
  name text NOT NULL,
  payload jsonb NOT NULL,
  run_at timestamp with time zone NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  moved_at timestamp with time zone,
  PRIMARY KEY (job_key)
);
CREATE INDEX job_outbox_due ON job_outbox USING btree (run_at);
GRANT DELETE, INSERT, SELECT, UPDATE ON job_outbox TO concordat_identity;

CREATE TABLE malformed (
  topic text NOT NULL,
  partition integer NOT NULL,
  position bigint NOT NULL,
  reason text NOT NULL,
  raw bytea NOT NULL,
  received_at timestamp with time zone NOT NULL DEFAULT now(),
  PRIMARY KEY (topic, partition, "position")
);
GRANT DELETE, INSERT, SELECT, UPDATE ON malformed TO concordat_identity;

CREATE TABLE member (
  user_id uuid NOT NULL,
  org_id uuid NOT NULL,
  subject text NOT NULL,
  roles text[] NOT NULL,
  areas uuid[] NOT NULL,
  active boolean NOT NULL,
  may_receive boolean NOT NULL DEFAULT true,
  changed_at timestamp with time zone NOT NULL DEFAULT now(),
  team_id uuid,
  manager_id uuid,
  PRIMARY KEY (user_id, org_id)
);
CREATE INDEX member_subject ON member USING btree (subject);
GRANT DELETE, INSERT, SELECT, UPDATE ON member TO concordat_identity;

CREATE TABLE membership (
  user_id uuid NOT NULL,
  org_id uuid NOT NULL,
  roles text[] NOT NULL,
  areas uuid[] NOT NULL,
  active boolean NOT NULL,
  may_receive boolean NOT NULL,
  job_title text,
  team text,
  manager uuid,
  version integer NOT NULL,
  decided_by text NOT NULL,
  changed_at timestamp with time zone NOT NULL,
  PRIMARY KEY (user_id, org_id),
  FOREIGN KEY (org_id) REFERENCES organisation_detail(id),
  FOREIGN KEY (user_id) REFERENCES staff(user_id),
  CONSTRAINT membership_decided_by_check CHECK ((decided_by = ANY (ARRAY['file'::text, 'administrator'::text]))),
  CONSTRAINT membership_version_check CHECK ((version > 0))
);
CREATE INDEX membership_org ON membership USING btree (org_id, user_id);
ALTER TABLE membership ENABLE ROW LEVEL SECURITY;
CREATE POLICY membership_add ON membership FOR INSERT WITH CHECK (current_setting('concordat.scope'::text, true) = ANY (ARRAY['user'::text, 'system'::text]));
CREATE POLICY membership_change ON membership FOR UPDATE USING (current_setting('concordat.scope'::text, true) = ANY (ARRAY['user'::text, 'system'::text]));
CREATE POLICY membership_read ON membership FOR SELECT USING (current_setting('concordat.scope'::text, true) = ANY (ARRAY['user'::text, 'service'::text, 'system'::text]));
GRANT DELETE, INSERT, SELECT, UPDATE ON membership TO concordat_identity;

CREATE TABLE organisation (
  org_id uuid NOT NULL,
  agency_type text NOT NULL,
  active boolean NOT NULL,
  PRIMARY KEY (org_id)
);
GRANT DELETE, INSERT, SELECT, UPDATE ON organisation TO concordat_identity;

CREATE TABLE organisation_detail (
  id uuid NOT NULL,
  code text NOT NULL,
  name text NOT NULL,
  agency_type text NOT NULL,
  active boolean NOT NULL DEFAULT true,
  version integer NOT NULL DEFAULT 1,
  decided_by text NOT NULL DEFAULT 'file'::text,
  PRIMARY KEY (id),
  UNIQUE (code),
  CONSTRAINT organisation_detail_decided_by_check CHECK ((decided_by = ANY (ARRAY['file'::text, 'administrator'::text]))),
  CONSTRAINT organisation_detail_version_check CHECK ((version > 0))
);
GRANT DELETE, INSERT, SELECT, UPDATE ON organisation_detail TO concordat_identity;

CREATE TABLE outbox (
  event_id uuid NOT NULL,
  seq bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
  stream_id uuid NOT NULL,
  stream_version bigint NOT NULL,
  topic text NOT NULL,
  partition smallint NOT NULL,
  headers jsonb NOT NULL,
  body bytea NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  published_at timestamp with time zone,
  PRIMARY KEY (event_id),
  UNIQUE (stream_id, stream_version)
);
CREATE INDEX outbox_unpublished ON outbox USING btree (seq) WHERE (published_at IS NULL);
GRANT DELETE, INSERT, SELECT, UPDATE ON outbox TO concordat_identity;

CREATE TABLE partnership (
  one boolean NOT NULL DEFAULT true,
  id uuid NOT NULL,
  name text NOT NULL,
  digest text NOT NULL,
  loaded_at timestamp with time zone NOT NULL,
  PRIMARY KEY (one),
  CONSTRAINT partnership_one_check CHECK (one)
);
GRANT DELETE, INSERT, SELECT, UPDATE ON partnership TO concordat_identity;

CREATE TABLE reconciliation (
  source text NOT NULL,
  checked_at timestamp with time zone NOT NULL DEFAULT '-infinity'::timestamp with time zone,
  changed_since timestamp with time zone NOT NULL DEFAULT '-infinity'::timestamp with time zone,
  healed bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (source)
);
GRANT DELETE, INSERT, SELECT, UPDATE ON reconciliation TO concordat_identity;

CREATE TABLE relay_lease (
  one boolean NOT NULL DEFAULT true,
  epoch bigint NOT NULL DEFAULT 0,
  act_seq bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (one),
  CONSTRAINT relay_lease_one_check CHECK (one)
);
GRANT DELETE, INSERT, SELECT, UPDATE ON relay_lease TO concordat_identity;

CREATE TABLE staff (
  user_id uuid NOT NULL,
  username text NOT NULL,
  subject text NOT NULL,
  name text NOT NULL,
  kind text NOT NULL,
  created_at timestamp with time zone NOT NULL,
  PRIMARY KEY (user_id),
  UNIQUE (subject),
  UNIQUE (username),
  CONSTRAINT staff_kind_check CHECK ((kind = ANY (ARRAY['person'::text, 'system'::text])))
);
ALTER TABLE staff ENABLE ROW LEVEL SECURITY;
CREATE POLICY staff_add ON staff FOR INSERT WITH CHECK (current_setting('concordat.scope'::text, true) = ANY (ARRAY['user'::text, 'system'::text]));
CREATE POLICY staff_change ON staff FOR UPDATE USING (current_setting('concordat.scope'::text, true) = ANY (ARRAY['user'::text, 'system'::text]));
CREATE POLICY staff_read ON staff FOR SELECT USING (current_setting('concordat.scope'::text, true) = ANY (ARRAY['user'::text, 'service'::text, 'system'::text]));
GRANT DELETE, INSERT, SELECT, UPDATE ON staff TO concordat_identity;

CREATE TABLE stream (
  id uuid NOT NULL,
  version bigint NOT NULL,
  changed_at timestamp with time zone NOT NULL DEFAULT now(),
  PRIMARY KEY (id),
  CONSTRAINT stream_version_check CHECK ((version > 0))
);
CREATE INDEX stream_changed ON stream USING btree (changed_at, id);
GRANT DELETE, INSERT, SELECT, UPDATE ON stream TO concordat_identity;

CREATE TABLE stream_cursor (
  source text NOT NULL,
  stream_id uuid NOT NULL,
  last_version bigint NOT NULL DEFAULT 0,
  parked_reason text,
  parked_at timestamp with time zone,
  PRIMARY KEY (source, stream_id)
);
CREATE INDEX stream_cursor_parked ON stream_cursor USING btree (parked_at) WHERE (parked_reason IS NOT NULL);
GRANT DELETE, INSERT, SELECT, UPDATE ON stream_cursor TO concordat_identity;

CREATE TABLE token_key (
  id text NOT NULL,
  public_key jsonb NOT NULL,
  sealed bytea NOT NULL,
  made_at timestamp with time zone NOT NULL,
  PRIMARY KEY (id)
);
GRANT DELETE, INSERT, SELECT, UPDATE ON token_key TO concordat_identity;

-- schema referrals

CREATE TABLE act (
  event_id uuid NOT NULL,
  body bytea NOT NULL,
  seq bigint,
  created_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  published_at timestamp with time zone,
  PRIMARY KEY (event_id)
);
CREATE INDEX act_unnumbered ON act USING btree (event_id) WHERE (seq IS NULL);
CREATE INDEX act_unpublished ON act USING btree (seq) WHERE ((published_at IS NULL) AND (seq IS NOT NULL));
CREATE UNIQUE INDEX act_seq ON act USING btree (seq) WHERE (seq IS NOT NULL);
GRANT DELETE, INSERT, SELECT, UPDATE ON act TO concordat_referrals;

CREATE TABLE area (
  area_id uuid NOT NULL,
  lead_org uuid NOT NULL,
  active boolean NOT NULL,
  PRIMARY KEY (area_id)
);
GRANT DELETE, INSERT, SELECT, UPDATE ON area TO concordat_referrals;

CREATE TABLE case_access (
  case_id uuid NOT NULL,
  org_id uuid NOT NULL,
  level text NOT NULL,
  restricted boolean NOT NULL,
  since timestamp with time zone NOT NULL,
  until timestamp with time zone,
  apart boolean,
  referral_id uuid,
  received_at timestamp with time zone,
  PRIMARY KEY (case_id, org_id)
);
CREATE INDEX case_access_apart ON case_access USING btree (org_id, case_id) WHERE ((until IS NULL) AND apart);
CREATE INDEX case_access_apart_received ON case_access USING btree (org_id, received_at, referral_id) WHERE ((until IS NULL) AND apart);
CREATE INDEX case_access_org ON case_access USING btree (org_id, case_id) WHERE (until IS NULL);
GRANT DELETE, INSERT, SELECT, UPDATE ON case_access TO concordat_referrals;

CREATE TABLE idempotency (
  actor_id uuid NOT NULL,
  key text NOT NULL,
  request_digest bytea NOT NULL,
  reply json NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  PRIMARY KEY (actor_id, key)
);
CREATE INDEX idempotency_age ON idempotency USING btree (created_at);
GRANT DELETE, INSERT, SELECT, UPDATE ON idempotency TO concordat_referrals;

CREATE TABLE inbox (
  source text NOT NULL,
  stream_id uuid NOT NULL,
  stream_version bigint NOT NULL,
  event_id uuid NOT NULL,
  seq bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
  body bytea NOT NULL,
  received_at timestamp with time zone NOT NULL DEFAULT now(),
  attempts smallint NOT NULL DEFAULT 0,
  next_attempt_at timestamp with time zone NOT NULL DEFAULT '-infinity'::timestamp with time zone,
  PRIMARY KEY (source, stream_id, stream_version)
);
CREATE INDEX inbox_order ON inbox USING btree (seq) WHERE (source !~~ '%.acts'::text);
GRANT DELETE, INSERT, SELECT, UPDATE ON inbox TO concordat_referrals;

CREATE TABLE job_outbox (
  job_key text NOT NULL,
  revision integer NOT NULL DEFAULT 1,
  name text NOT NULL,
  payload jsonb NOT NULL,
  run_at timestamp with time zone NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  moved_at timestamp with time zone,
  PRIMARY KEY (job_key)
);
CREATE INDEX job_outbox_due ON job_outbox USING btree (run_at);
GRANT DELETE, INSERT, SELECT, UPDATE ON job_outbox TO concordat_referrals;

CREATE TABLE malformed (
  topic text NOT NULL,
  partition integer NOT NULL,
  position bigint NOT NULL,
  reason text NOT NULL,
  raw bytea NOT NULL,
  received_at timestamp with time zone NOT NULL DEFAULT now(),
  PRIMARY KEY (topic, partition, "position")
);
GRANT DELETE, INSERT, SELECT, UPDATE ON malformed TO concordat_referrals;

CREATE TABLE member (
  user_id uuid NOT NULL,
  org_id uuid NOT NULL,
  subject text NOT NULL,
  roles text[] NOT NULL,
  areas uuid[] NOT NULL,
  active boolean NOT NULL,
  may_receive boolean NOT NULL DEFAULT true,
  changed_at timestamp with time zone NOT NULL DEFAULT now(),
  team_id uuid,
  manager_id uuid,
  PRIMARY KEY (user_id, org_id)
);
CREATE INDEX member_subject ON member USING btree (subject);
GRANT DELETE, INSERT, SELECT, UPDATE ON member TO concordat_referrals;

CREATE TABLE organisation (
  org_id uuid NOT NULL,
  agency_type text NOT NULL,
  active boolean NOT NULL,
  PRIMARY KEY (org_id)
);
GRANT DELETE, INSERT, SELECT, UPDATE ON organisation TO concordat_referrals;

CREATE TABLE outbox (
  event_id uuid NOT NULL,
  seq bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
  stream_id uuid NOT NULL,
  stream_version bigint NOT NULL,
  topic text NOT NULL,
  partition smallint NOT NULL,
  headers jsonb NOT NULL,
  body bytea NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  published_at timestamp with time zone,
  PRIMARY KEY (event_id),
  UNIQUE (stream_id, stream_version)
);
CREATE INDEX outbox_unpublished ON outbox USING btree (seq) WHERE (published_at IS NULL);
GRANT DELETE, INSERT, SELECT, UPDATE ON outbox TO concordat_referrals;

CREATE TABLE pack_taken (
  place bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
  pack text NOT NULL,
  documents jsonb NOT NULL,
  taken_at timestamp with time zone NOT NULL,
  PRIMARY KEY (place)
);
ALTER TABLE pack_taken ENABLE ROW LEVEL SECURITY;
CREATE POLICY pack_taken_add ON pack_taken FOR INSERT WITH CHECK (current_setting('concordat.scope'::text, true) = 'system'::text);
CREATE POLICY pack_taken_read ON pack_taken FOR SELECT USING (current_setting('concordat.scope'::text, true) = ANY (ARRAY['user'::text, 'system'::text]));
GRANT DELETE, INSERT, SELECT, UPDATE ON pack_taken TO concordat_referrals;

CREATE TABLE reconciliation (
  source text NOT NULL,
  checked_at timestamp with time zone NOT NULL DEFAULT '-infinity'::timestamp with time zone,
  changed_since timestamp with time zone NOT NULL DEFAULT '-infinity'::timestamp with time zone,
  healed bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (source)
);
GRANT DELETE, INSERT, SELECT, UPDATE ON reconciliation TO concordat_referrals;

CREATE TABLE referral (
  id uuid NOT NULL,
  version integer NOT NULL DEFAULT 1,
  status text NOT NULL,
  referring_org uuid NOT NULL,
  referred_by uuid NOT NULL,
  created_at timestamp with time zone NOT NULL,
  changed_at timestamp with time zone NOT NULL,
  discarded_at timestamp with time zone,
  reference text COLLATE "C",
  pathway text,
  area_id uuid,
  receiving_org uuid,
  received_at timestamp with time zone,
  subject_name text,
  people uuid[] NOT NULL DEFAULT '{}'::uuid[],
  content jsonb NOT NULL,
  pack text,
  entries jsonb NOT NULL DEFAULT '[]'::jsonb,
  colour text,
  colour_rank smallint NOT NULL DEFAULT 0,
  due_at timestamp with time zone NOT NULL DEFAULT 'infinity'::timestamp with time zone,
  assigned_to uuid,
  case_id uuid,
  clock text,
  clock_version integer NOT NULL DEFAULT 0,
  PRIMARY KEY (id),
  UNIQUE (reference),
  CONSTRAINT received_whole CHECK (((status = ANY (ARRAY['draft'::text, 'discarded'::text])) OR ((reference IS NOT NULL) AND (pathway IS NOT NULL) AND (area_id IS NOT NULL) AND (receiving_org IS NOT NULL) AND (received_at IS NOT NULL) AND (pack IS NOT NULL)))),
  CONSTRAINT referral_clock_check CHECK ((clock = ANY (ARRAY['pending'::text, 'fired'::text, 'stopped'::text])))
);
CREATE INDEX referral_area ON referral USING btree (receiving_org, area_id, received_at, id);
CREATE INDEX referral_assigned ON referral USING btree (receiving_org, assigned_to, due_at, id) WHERE (assigned_to IS NOT NULL);
CREATE INDEX referral_assigned_open ON referral USING btree (receiving_org, assigned_to, due_at, id) WHERE (status = ANY (ARRAY['received'::text, 'rated'::text, 'information-requested'::text, 'returned'::text, 'reopened'::text]));
CREATE INDEX referral_author ON referral USING btree (referred_by, received_at, id);
CREATE INDEX referral_case ON referral USING btree (case_id) WHERE (case_id IS NOT NULL);
CREATE INDEX referral_clock ON referral USING btree (due_at) WHERE (clock = 'pending'::text);
CREATE INDEX referral_made ON referral USING btree (referring_org, received_at, id);
CREATE INDEX referral_made_open ON referral USING btree (referring_org, id) WHERE (status = ANY (ARRAY['received'::text, 'rated'::text, 'information-requested'::text, 'returned'::text, 'reopened'::text]));
CREATE INDEX referral_open ON referral USING btree (receiving_org, due_at, id) WHERE (status = ANY (ARRAY['received'::text, 'rated'::text, 'information-requested'::text, 'returned'::text, 'reopened'::text]));
CREATE INDEX referral_received ON referral USING btree (receiving_org, received_at, id);
CREATE INDEX referral_status ON referral USING btree (receiving_org, status, received_at, id);
ALTER TABLE referral ENABLE ROW LEVEL SECURITY;
CREATE POLICY changed ON referral FOR UPDATE USING (( SELECT acting_as('system'::text) AS acting_as) OR (( SELECT acting_as('service'::text) AS acting_as) AND (case_id IS NOT NULL)) OR (( SELECT acting_as('user'::text) AS acting_as) AND (NOT ((people && ( SELECT closed_to_caller(false) AS closed_to_caller)) OR COALESCE((case_id = ANY (( SELECT closed_to_caller(false) AS closed_to_caller)::uuid[])), false))) AND (((receiving_org = ( SELECT acting_org() AS acting_org)) AND (status <> ALL (ARRAY['draft'::text, 'discarded'::text])) AND ((( SELECT acting_areas() AS acting_areas) = '{}'::uuid[]) OR (area_id = ANY (( SELECT acting_areas() AS acting_areas)::uuid[])))) OR ((referring_org = ( SELECT acting_org() AS acting_org)) AND (referred_by = ( SELECT acting_user() AS acting_user))) OR ((referring_org = ( SELECT acting_org() AS acting_org)) AND (status <> ALL (ARRAY['draft'::text, 'discarded'::text])) AND ( SELECT acting_widely() AS acting_widely)) OR ((case_id IS NOT NULL) AND (EXISTS ( SELECT 1
   FROM case_access c
  WHERE ((c.case_id = referral.case_id) AND (c.org_id = ( SELECT acting_org() AS acting_org)) AND (c.until IS NULL) AND (c.level <> 'preview'::text) AND ((NOT c.restricted) OR (c.case_id = ANY (( SELECT open_by_name() AS open_by_name)::uuid[])))))))))) WITH CHECK (( SELECT acting_as('system'::text) AS acting_as) OR (( SELECT acting_as('user'::text) AS acting_as) AND ((receiving_org = ( SELECT acting_org() AS acting_org)) OR (referring_org = ( SELECT acting_org() AS acting_org)))));
CREATE POLICY erased ON referral FOR DELETE USING ( SELECT acting_as('system'::text) AS acting_as);
CREATE POLICY made ON referral FOR INSERT WITH CHECK (acting_as('user'::text) AND (referring_org = acting_org()) AND (referred_by = acting_user()));
CREATE POLICY seen ON referral FOR SELECT USING (( SELECT acting_as('system'::text) AS acting_as) OR (( SELECT acting_as('service'::text) AS acting_as) AND (case_id IS NOT NULL)) OR (( SELECT acting_as('user'::text) AS acting_as) AND (NOT ((people && ( SELECT closed_to_caller(false) AS closed_to_caller)) OR COALESCE((case_id = ANY (( SELECT closed_to_caller(false) AS closed_to_caller)::uuid[])), false))) AND (((receiving_org = ( SELECT acting_org() AS acting_org)) AND (status <> ALL (ARRAY['draft'::text, 'discarded'::text])) AND ((( SELECT acting_areas() AS acting_areas) = '{}'::uuid[]) OR (area_id = ANY (( SELECT acting_areas() AS acting_areas)::uuid[])))) OR ((referring_org = ( SELECT acting_org() AS acting_org)) AND (referred_by = ( SELECT acting_user() AS acting_user))) OR ((referring_org = ( SELECT acting_org() AS acting_org)) AND (status <> ALL (ARRAY['draft'::text, 'discarded'::text])) AND ( SELECT acting_widely() AS acting_widely)) OR ((case_id IS NOT NULL) AND (EXISTS ( SELECT 1
   FROM case_access c
  WHERE ((c.case_id = referral.case_id) AND (c.org_id = ( SELECT acting_org() AS acting_org)) AND (c.until IS NULL) AND (c.level <> 'preview'::text) AND ((NOT c.restricted) OR (c.case_id = ANY (( SELECT open_by_name() AS open_by_name)::uuid[]))))))))));
GRANT DELETE, INSERT, SELECT, UPDATE ON referral TO concordat_referrals;

CREATE TABLE referral_search (
  referral_id uuid NOT NULL,
  received_at timestamp with time zone NOT NULL,
  reference text COLLATE "C" NOT NULL,
  receiving_org uuid NOT NULL,
  referring_org uuid NOT NULL,
  referred_by uuid NOT NULL,
  area_id uuid NOT NULL,
  names text NOT NULL,
  words tsvector NOT NULL,
  PRIMARY KEY (referral_id)
);
CREATE INDEX referral_search_names ON referral_search USING gin (names gin_trgm_ops);
CREATE INDEX referral_search_reference ON referral_search USING btree (reference);
CREATE INDEX referral_search_words ON referral_search USING gin (words);
ALTER TABLE referral_search ENABLE ROW LEVEL SECURITY;
CREATE POLICY fed ON referral_search FOR ALL USING acting_as('system'::text);
GRANT DELETE, INSERT, SELECT, UPDATE ON referral_search TO concordat_referrals;

CREATE TABLE relay_lease (
  one boolean NOT NULL DEFAULT true,
  epoch bigint NOT NULL DEFAULT 0,
  act_seq bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (one),
  CONSTRAINT relay_lease_one_check CHECK (one)
);
GRANT DELETE, INSERT, SELECT, UPDATE ON relay_lease TO concordat_referrals;

CREATE TABLE restricted_record (
  restriction_id uuid NOT NULL,
  record_id uuid NOT NULL,
  named uuid[] NOT NULL,
  PRIMARY KEY (restriction_id, record_id)
);
GRANT DELETE, INSERT, SELECT, UPDATE ON restricted_record TO concordat_referrals;

CREATE TABLE search (
  id uuid NOT NULL,
  user_id uuid NOT NULL,
  org_id uuid NOT NULL,
  asked jsonb NOT NULL,
  created_at timestamp with time zone NOT NULL,
  expires_at timestamp with time zone NOT NULL,
  PRIMARY KEY (id)
);
CREATE INDEX search_expiry ON search USING btree (expires_at);
ALTER TABLE search ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON search FOR ALL USING (acting_as('system'::text) OR (acting_as('user'::text) AND (user_id = acting_user()) AND (org_id = acting_org())));
GRANT DELETE, INSERT, SELECT, UPDATE ON search TO concordat_referrals;

CREATE TABLE stream (
  id uuid NOT NULL,
  version bigint NOT NULL,
  changed_at timestamp with time zone NOT NULL DEFAULT now(),
  PRIMARY KEY (id),
  CONSTRAINT stream_version_check CHECK ((version > 0))
);
CREATE INDEX stream_changed ON stream USING btree (changed_at, id);
GRANT DELETE, INSERT, SELECT, UPDATE ON stream TO concordat_referrals;

CREATE TABLE stream_cursor (
  source text NOT NULL,
  stream_id uuid NOT NULL,
  last_version bigint NOT NULL DEFAULT 0,
  parked_reason text,
  parked_at timestamp with time zone,
  PRIMARY KEY (source, stream_id)
);
CREATE INDEX stream_cursor_parked ON stream_cursor USING btree (parked_at) WHERE (parked_reason IS NOT NULL);
GRANT DELETE, INSERT, SELECT, UPDATE ON stream_cursor TO concordat_referrals;

CREATE SEQUENCE reference_block INCREMENT BY 100;

CREATE OR REPLACE FUNCTION referrals.acting_areas()
 RETURNS uuid[]
 LANGUAGE sql
 STABLE
AS $function$
  SELECT areas FROM member WHERE user_id = acting_user() AND org_id = acting_org() AND active $function$;

CREATE OR REPLACE FUNCTION referrals.acting_as(scope text)
 RETURNS boolean
 LANGUAGE sql
 STABLE
AS $function$ SELECT current_setting('concordat.scope', true) = scope $function$;

CREATE OR REPLACE FUNCTION referrals.acting_org()
 RETURNS uuid
 LANGUAGE sql
 STABLE
AS $function$ SELECT nullif(current_setting('concordat.org', true), '')::uuid $function$;

CREATE OR REPLACE FUNCTION referrals.acting_user()
 RETURNS uuid
 LANGUAGE sql
 STABLE
AS $function$ SELECT nullif(current_setting('concordat.user', true), '')::uuid $function$;

CREATE OR REPLACE FUNCTION referrals.acting_widely()
 RETURNS boolean
 LANGUAGE sql
 STABLE
AS $function$
  SELECT coalesce((SELECT roles && '{safeguarding-lead,panel-coordinator,panel-chair}'::text[]
                     FROM member WHERE user_id = acting_user() AND org_id = acting_org() AND active), false) $function$;

CREATE OR REPLACE FUNCTION referrals.closed_to_caller(qualifies boolean)
 RETURNS uuid[]
 LANGUAGE sql
 STABLE
AS $function$
  SELECT coalesce(array_agg(DISTINCT x.record_id), '{}') FROM restricted_record x
   WHERE coalesce(current_setting('concordat.scope', true), '') NOT IN ('system', 'service')
     AND NOT coalesce(nullif(current_setting('concordat.user', true), '')::uuid = ANY (x.named), false)
     AND NOT (qualifies AND EXISTS (
           SELECT 1 FROM member m WHERE m.user_id = nullif(current_setting('concordat.user', true), '')::uuid
              AND m.org_id = nullif(current_setting('concordat.org', true), '')::uuid AND m.active AND 'restricted-records' = ANY (m.roles)))
$function$;

CREATE OR REPLACE FUNCTION referrals.finds_by_words(query tsquery)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'referrals', 'public'
AS $function$
  SELECT EXISTS (SELECT 1 FROM referral_search s
   WHERE s.words @@ (query && ('''org:' || acting_org()::text || '''')::tsquery) AND (
       (s.receiving_org = acting_org() AND ((SELECT acting_areas()) = '{}' OR s.area_id = ANY ((SELECT acting_areas())::uuid[])))
    OR (s.referring_org = acting_org() AND (s.referred_by = acting_user() OR (SELECT acting_widely())))
    OR EXISTS (SELECT 1 FROM referral r JOIN case_access c ON c.case_id = r.case_id AND c.org_id = acting_org()
                WHERE r.id = s.referral_id AND c.until IS NULL AND c.level <> 'preview'
                  AND (NOT c.restricted OR c.case_id = ANY ((SELECT open_by_name())::uuid[])) OFFSET 0))
  AND (cardinality((SELECT closed_to_caller(false))) = 0
    OR NOT EXISTS (SELECT 1 FROM referral x WHERE x.id = s.referral_id AND (x.people && (SELECT closed_to_caller(false))
         OR coalesce(x.case_id = ANY ((SELECT closed_to_caller(false))::uuid[]), false)) OFFSET 0)))
$function$;

CREATE OR REPLACE FUNCTION referrals.found_by_likeness(asked text[], at_most integer)
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER ROWS 100
 SET search_path TO 'referrals', 'public'
 SET "pg_trgm.word_similarity_threshold" TO '0.4'
AS $function$
  SELECT s.referral_id FROM referral_search s
   WHERE asked[1] <% s.names AND (
       (s.receiving_org = acting_org() AND ((SELECT acting_areas()) = '{}' OR s.area_id = ANY ((SELECT acting_areas())::uuid[])))
    OR (s.referring_org = acting_org() AND (s.referred_by = acting_user() OR (SELECT acting_widely())))
    OR EXISTS (SELECT 1 FROM referral r JOIN case_access c ON c.case_id = r.case_id AND c.org_id = acting_org()
                WHERE r.id = s.referral_id AND c.until IS NULL AND c.level <> 'preview'
                  AND (NOT c.restricted OR c.case_id = ANY ((SELECT open_by_name())::uuid[])) OFFSET 0))
  AND (cardinality((SELECT closed_to_caller(false))) = 0
    OR NOT EXISTS (SELECT 1 FROM referral x WHERE x.id = s.referral_id AND (x.people && (SELECT closed_to_caller(false))
         OR coalesce(x.case_id = ANY ((SELECT closed_to_caller(false))::uuid[]), false)) OFFSET 0))
     AND NOT EXISTS (SELECT 1 FROM unnest(asked) a WHERE word_similarity(a, s.names) < 0.4)
   ORDER BY s.received_at DESC LIMIT at_most
$function$;

CREATE OR REPLACE FUNCTION referrals.found_by_reference(asked text, at_most integer)
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER ROWS 1
 SET search_path TO 'referrals', 'public'
AS $function$
  SELECT s.referral_id FROM referral_search s WHERE s.reference = asked AND (
       (s.receiving_org = acting_org() AND ((SELECT acting_areas()) = '{}' OR s.area_id = ANY ((SELECT acting_areas())::uuid[])))
    OR (s.referring_org = acting_org() AND (s.referred_by = acting_user() OR (SELECT acting_widely())))
    OR EXISTS (SELECT 1 FROM referral r JOIN case_access c ON c.case_id = r.case_id AND c.org_id = acting_org()
                WHERE r.id = s.referral_id AND c.until IS NULL AND c.level <> 'preview'
                  AND (NOT c.restricted OR c.case_id = ANY ((SELECT open_by_name())::uuid[])) OFFSET 0))
  AND (cardinality((SELECT closed_to_caller(false))) = 0
    OR NOT EXISTS (SELECT 1 FROM referral x WHERE x.id = s.referral_id AND (x.people && (SELECT closed_to_caller(false))
         OR coalesce(x.case_id = ANY ((SELECT closed_to_caller(false))::uuid[]), false)) OFFSET 0)) LIMIT at_most
$function$;

CREATE OR REPLACE FUNCTION referrals.found_by_words(query tsquery, at_most integer)
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER ROWS 100
 SET search_path TO 'referrals', 'public'
AS $function$
  SELECT s.referral_id FROM referral_search s
   WHERE s.words @@ (query && ('''org:' || acting_org()::text || '''')::tsquery) AND (
       (s.receiving_org = acting_org() AND ((SELECT acting_areas()) = '{}' OR s.area_id = ANY ((SELECT acting_areas())::uuid[])))
    OR (s.referring_org = acting_org() AND (s.referred_by = acting_user() OR (SELECT acting_widely())))
    OR EXISTS (SELECT 1 FROM referral r JOIN case_access c ON c.case_id = r.case_id AND c.org_id = acting_org()
                WHERE r.id = s.referral_id AND c.until IS NULL AND c.level <> 'preview'
                  AND (NOT c.restricted OR c.case_id = ANY ((SELECT open_by_name())::uuid[])) OFFSET 0))
  AND (cardinality((SELECT closed_to_caller(false))) = 0
    OR NOT EXISTS (SELECT 1 FROM referral x WHERE x.id = s.referral_id AND (x.people && (SELECT closed_to_caller(false))
         OR coalesce(x.case_id = ANY ((SELECT closed_to_caller(false))::uuid[]), false)) OFFSET 0))
   ORDER BY s.received_at DESC LIMIT at_most
$function$;

CREATE OR REPLACE FUNCTION referrals.open_by_name()
 RETURNS uuid[]
 LANGUAGE sql
 STABLE
AS $function$
  SELECT coalesce(array_agg(DISTINCT x.record_id), '{}') FROM restricted_record x
   WHERE nullif(current_setting('concordat.user', true), '')::uuid = ANY (x.named)
$function$;

CREATE OR REPLACE FUNCTION referrals.received_elsewhere(areas uuid[])
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'referrals'
AS $function$
  SELECT EXISTS (SELECT 1 FROM area a WHERE a.area_id <> ALL (areas) AND (
    SELECT x.receiving_org = acting_org() AND x.area_id = a.area_id FROM referral x
     WHERE (x.receiving_org, x.area_id) >= (acting_org(), a.area_id) ORDER BY x.receiving_org, x.area_id LIMIT 1))
$function$;

CREATE OR REPLACE FUNCTION referrals.referrals_about(asked uuid)
 RETURNS TABLE(id uuid, reference text, received_at timestamp with time zone, content jsonb)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'referrals'
AS $function$
  SELECT r.id, r.reference, r.received_at, r.content FROM referral r
   WHERE acting_as('service') AND r.received_at IS NOT NULL AND r.people @> ARRAY[asked] ORDER BY r.received_at, r.id
$function$;

CREATE OR REPLACE FUNCTION referrals.tell_apart()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'referrals', 'public'
AS $function$
DECLARE r record;
BEGIN
  SELECT id, received_at, receiving_org, referring_org INTO r FROM referral WHERE case_id = NEW.case_id FOR NO KEY UPDATE;
  NEW.apart := r.id IS NULL OR NEW.org_id NOT IN (r.receiving_org, r.referring_org);
  IF NEW.apart AND r.id IS NOT NULL THEN
    NEW.referral_id := r.id;
    NEW.received_at := r.received_at;
    UPDATE referral_search SET words = words || array_to_tsvector(ARRAY['org:' || NEW.org_id])
     WHERE referral_id = r.id AND NOT words @@ ('''org:' || NEW.org_id || '''')::tsquery;
  END IF;
  RETURN NEW;
END $function$;

-- schema records

CREATE TABLE access_item (
  id uuid NOT NULL,
  request_id uuid NOT NULL,
  source text NOT NULL,
  kind text NOT NULL,
  ref text NOT NULL,
  at timestamp with time zone NOT NULL,
  title text NOT NULL,
  text text NOT NULL,
  others boolean NOT NULL,
  third_party boolean,
  decision text,
  exemption text,
  opinion text,
  redacted text,
  decided_by uuid,
  decided_at timestamp with time zone,
  PRIMARY KEY (id),
  UNIQUE (request_id, source, kind, ref),
  FOREIGN KEY (request_id) REFERENCES access_request(id),
  CONSTRAINT access_item_check CHECK (((decision IS NULL) = (decided_by IS NULL))),
  CONSTRAINT access_item_decision_check CHECK ((decision = ANY (ARRAY['give'::text, 'redact'::text, 'withhold'::text])))
);
ALTER TABLE access_item ENABLE ROW LEVEL SECURITY;
CREATE POLICY answers ON access_item FOR ALL USING (EXISTS ( SELECT 1
   FROM access_request r
  WHERE (r.id = access_item.request_id)));
GRANT INSERT, SELECT, UPDATE ON access_item TO concordat_records;

CREATE TABLE access_request (
  id uuid NOT NULL,
  version integer NOT NULL DEFAULT 1,
  person_id uuid NOT NULL,
  area_id uuid NOT NULL,
  requester text NOT NULL,
  requester_name text NOT NULL,
  state text NOT NULL,
  received_on date NOT NULL,
  identity_proven boolean NOT NULL,
  pauses jsonb NOT NULL DEFAULT '[]'::jsonb,
  extended boolean NOT NULL DEFAULT false,
  gathered_at timestamp with time zone,
  prepared_by uuid,
  released_by uuid,
  released_at timestamp with time zone,
  pack text NOT NULL,
  made_at timestamp with time zone NOT NULL,
  made_by uuid NOT NULL,
  PRIMARY KEY (id),
  FOREIGN KEY (person_id) REFERENCES person(id),
  CONSTRAINT access_request_check CHECK (((state = ANY (ARRAY['prepared'::text, 'released'::text])) = (prepared_by IS NOT NULL))),
  CONSTRAINT access_request_check1 CHECK (((state = 'released'::text) = (released_by IS NOT NULL))),
  CONSTRAINT access_request_requester_check CHECK ((requester = ANY (ARRAY['themselves'::text, 'parent'::text, 'representative'::text]))),
  CONSTRAINT access_request_state_check CHECK ((state = ANY (ARRAY['open'::text, 'prepared'::text, 'released'::text, 'closed'::text]))),
  CONSTRAINT released_by_second CHECK ((prepared_by <> released_by))
);
CREATE INDEX access_request_person ON access_request USING btree (person_id);
CREATE INDEX access_request_received ON access_request USING btree (received_on DESC, id DESC);
ALTER TABLE access_request ENABLE ROW LEVEL SECURITY;
CREATE POLICY answers ON access_request FOR ALL USING ((current_setting('concordat.scope'::text, true) = 'system'::text) OR (( SELECT acting_by('information-governance-lead'::text) AS acting_by) AND ((cardinality(( SELECT acting_areas() AS acting_areas)) = 0) OR (area_id = ANY (( SELECT acting_areas() AS acting_areas)::uuid[])))));
GRANT INSERT, SELECT, UPDATE ON access_request TO concordat_records;

CREATE TABLE access_step (
  request_id uuid NOT NULL,
  version integer NOT NULL,
  at timestamp with time zone NOT NULL,
  what text NOT NULL,
  reason text,
  by_id uuid NOT NULL,
  org_id uuid NOT NULL,
  PRIMARY KEY (request_id, version),
  FOREIGN KEY (request_id) REFERENCES access_request(id)
);
ALTER TABLE access_step ENABLE ROW LEVEL SECURITY;
CREATE POLICY answers ON access_step FOR ALL USING (EXISTS ( SELECT 1
   FROM access_request r
  WHERE (r.id = access_step.request_id)));
GRANT INSERT, SELECT, UPDATE ON access_step TO concordat_records;

CREATE TABLE act (
  event_id uuid NOT NULL,
  body bytea NOT NULL,
  seq bigint,
  created_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  published_at timestamp with time zone,
  PRIMARY KEY (event_id)
);
CREATE INDEX act_unnumbered ON act USING btree (event_id) WHERE (seq IS NULL);
CREATE INDEX act_unpublished ON act USING btree (seq) WHERE ((published_at IS NULL) AND (seq IS NOT NULL));
CREATE UNIQUE INDEX act_seq ON act USING btree (seq) WHERE (seq IS NOT NULL);
GRANT DELETE, INSERT, SELECT, UPDATE ON act TO concordat_records;

CREATE TABLE area (
  area_id uuid NOT NULL,
  lead_org uuid NOT NULL,
  active boolean NOT NULL,
  PRIMARY KEY (area_id)
);
GRANT DELETE, INSERT, SELECT, UPDATE ON area TO concordat_records;

CREATE TABLE break_glass (
  id uuid NOT NULL,
  version integer NOT NULL DEFAULT 1,
  case_id uuid NOT NULL,
  reference text NOT NULL,
  lead_org uuid NOT NULL,
  area_id uuid NOT NULL,
  restricted boolean NOT NULL,
  user_id uuid NOT NULL,
  org_id uuid NOT NULL,
  refused boolean NOT NULL,
  ground text,
  reason text,
  pack text NOT NULL,
  since timestamp with time zone NOT NULL,
  until timestamp with time zone,
  ended_at timestamp with time zone,
  outcome text,
  review_note text,
  reviewed_at timestamp with time zone,
  reviewed_by uuid,
  reviewed_org uuid,
  PRIMARY KEY (id),
  FOREIGN KEY (case_id) REFERENCES case_file(id),
  CONSTRAINT break_glass_check CHECK ((refused = (until IS NULL)))
);
CREATE INDEX break_glass_case ON break_glass USING btree (case_id);
CREATE INDEX break_glass_ending ON break_glass USING btree (until) WHERE ((until IS NOT NULL) AND (ended_at IS NULL));
CREATE INDEX break_glass_live ON break_glass USING btree (user_id, until) WHERE (until IS NOT NULL);
CREATE INDEX break_glass_newest ON break_glass USING btree (since DESC, id DESC);
ALTER TABLE break_glass ENABLE ROW LEVEL SECURITY;
CREATE POLICY made ON break_glass FOR INSERT WITH CHECK ((current_setting('concordat.scope'::text, true) = 'system'::text) OR (user_id = ( SELECT acting_user() AS acting_user)));
CREATE POLICY reviewed ON break_glass FOR UPDATE USING ((current_setting('concordat.scope'::text, true) = 'system'::text) OR (( SELECT acting_by('information-governance-lead'::text) AS acting_by) AND (user_id <> ( SELECT acting_user() AS acting_user))));
CREATE POLICY told ON break_glass FOR SELECT USING ((current_setting('concordat.scope'::text, true) = 'system'::text) OR (user_id = ( SELECT acting_user() AS acting_user)) OR ((lead_org = ( SELECT acting_org() AS acting_org)) AND ( SELECT acting_by('safeguarding-lead'::text) AS acting_by) AND (case_id <> ALL (( SELECT hidden_cases(true) AS hidden_cases)::uuid[]))) OR (( SELECT acting_by('information-governance-lead'::text) AS acting_by) AND ((cardinality(( SELECT acting_areas() AS acting_areas)) = 0) OR (area_id = ANY (( SELECT acting_areas() AS acting_areas)::uuid[])))) OR ( SELECT acting_by('auditor'::text) AS acting_by));
GRANT DELETE, INSERT, SELECT, UPDATE ON break_glass TO concordat_records;

CREATE TABLE bulk_row (
  bulk_id uuid NOT NULL,
  place integer NOT NULL,
  case_id uuid NOT NULL,
  version integer NOT NULL,
  state text NOT NULL,
  code text,
  result_id uuid,
  PRIMARY KEY (bulk_id, place),
  FOREIGN KEY (bulk_id) REFERENCES bulk_work(id),
  FOREIGN KEY (case_id) REFERENCES case_file(id),
  CONSTRAINT bulk_row_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'done'::text, 'refused'::text])))
);
ALTER TABLE bulk_row ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON bulk_row FOR ALL USING ((current_setting('concordat.scope'::text, true) = 'system'::text) OR (bulk_id IN ( SELECT b.id
   FROM bulk_work b
  WHERE (b.user_id = acting_user()))));
GRANT DELETE, INSERT, SELECT, UPDATE ON bulk_row TO concordat_records;

CREATE TABLE bulk_work (
  id uuid NOT NULL,
  kind text NOT NULL,
  state text NOT NULL,
  user_id uuid NOT NULL,
  org_id uuid NOT NULL,
  body jsonb NOT NULL,
  correlation_id text NOT NULL,
  purpose text NOT NULL,
  path text NOT NULL,
  made_at timestamp with time zone NOT NULL,
  done_at timestamp with time zone,
  claimed_until timestamp with time zone,
  PRIMARY KEY (id),
  CONSTRAINT bulk_work_kind_check CHECK ((kind = ANY (ARRAY['assign'::text, 'transfer'::text, 'refer'::text, 'flag'::text]))),
  CONSTRAINT bulk_work_state_check CHECK ((state = ANY (ARRAY['running'::text, 'done'::text])))
);
CREATE INDEX bulk_work_mine ON bulk_work USING btree (user_id, made_at DESC);
CREATE INDEX bulk_work_running ON bulk_work USING btree (made_at) WHERE (state = 'running'::text);
ALTER TABLE bulk_work ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON bulk_work FOR ALL USING ((current_setting('concordat.scope'::text, true) = 'system'::text) OR (user_id = acting_user()));
GRANT DELETE, INSERT, SELECT, UPDATE ON bulk_work TO concordat_records;

CREATE TABLE case_approval (
  id uuid NOT NULL,
  version integer NOT NULL DEFAULT 1,
  case_id uuid NOT NULL,
  stage text NOT NULL,
  state text NOT NULL,
  requested_by uuid NOT NULL,
  requested_org uuid NOT NULL,
  requested_at timestamp with time zone NOT NULL,
  comment text NOT NULL,
  answered_by uuid,
  answered_at timestamp with time zone,
  answer_comment text,
  pack text NOT NULL,
  seen_at timestamp with time zone,
  PRIMARY KEY (id),
  FOREIGN KEY (case_id) REFERENCES case_file(id),
  CONSTRAINT case_approval_check CHECK (((state = 'requested'::text) = (answered_by IS NULL))),
  CONSTRAINT case_approval_state_check CHECK ((state = ANY (ARRAY['requested'::text, 'approved'::text, 'rejected'::text])))
);
CREATE INDEX case_approval_case ON case_approval USING btree (case_id, requested_at DESC);
CREATE INDEX case_approval_waiting ON case_approval USING btree (requested_at) WHERE (state = 'requested'::text);
CREATE UNIQUE INDEX case_approval_open ON case_approval USING btree (case_id, stage) WHERE (state = 'requested'::text);
ALTER TABLE case_approval ENABLE ROW LEVEL SECURITY;
CREATE POLICY add ON case_approval FOR INSERT WITH CHECK ((current_setting('concordat.scope'::text, true) = 'system'::text) OR works_on_case(case_id));
CREATE POLICY change ON case_approval FOR UPDATE USING ((current_setting('concordat.scope'::text, true) = 'system'::text) OR works_on_case(case_id));
CREATE POLICY read ON case_approval FOR SELECT USING ((current_setting('concordat.scope'::text, true) = 'system'::text) OR reads_case(case_id));
GRANT DELETE, INSERT, SELECT, UPDATE ON case_approval TO concordat_records;

CREATE TABLE case_fact (
  id uuid NOT NULL,
  case_id uuid NOT NULL,
  kind text NOT NULL,
  content jsonb NOT NULL,
  org_id uuid NOT NULL,
  by_id uuid NOT NULL,
  recorded_at timestamp with time zone NOT NULL,
  ended_at timestamp with time zone,
  ended_by uuid,
  ended_org uuid,
  ended_why text,
  PRIMARY KEY (id),
  FOREIGN KEY (case_id) REFERENCES case_file(id),
  CONSTRAINT case_fact_kind_check CHECK ((kind = ANY (ARRAY['order'::text, 'step'::text])))
);
CREATE INDEX case_fact_case ON case_fact USING btree (case_id);
ALTER TABLE case_fact ENABLE ROW LEVEL SECURITY;
CREATE POLICY add ON case_fact FOR INSERT WITH CHECK ((current_setting('concordat.scope'::text, true) = 'system'::text) OR works_on_case(case_id));
CREATE POLICY change ON case_fact FOR UPDATE USING ((current_setting('concordat.scope'::text, true) = 'system'::text) OR works_on_case(case_id));
CREATE POLICY read ON case_fact FOR SELECT USING ((current_setting('concordat.scope'::text, true) = 'system'::text) OR reads_case(case_id));
GRANT DELETE, INSERT, SELECT, UPDATE ON case_fact TO concordat_records;

CREATE TABLE case_file (
  id uuid NOT NULL,
  reference text NOT NULL,
  version integer NOT NULL DEFAULT 1,
  status text NOT NULL,
  kind text NOT NULL,
  area_id uuid NOT NULL,
  lead_org uuid NOT NULL,
  referral_id uuid,
  opened_at timestamp with time zone NOT NULL,
  subject_name text NOT NULL,
  key_facts jsonb NOT NULL DEFAULT '{}'::jsonb,
  PRIMARY KEY (id),
  UNIQUE (reference),
  CONSTRAINT case_file_status_check CHECK ((status = ANY (ARRAY['open'::text, 'closed'::text])))
);
CREATE INDEX case_file_opened ON case_file USING btree (opened_at DESC, id);
CREATE INDEX case_file_referral ON case_file USING btree (referral_id);
ALTER TABLE case_file ENABLE ROW LEVEL SECURITY;
CREATE POLICY part ON case_file FOR ALL USING ((current_setting('concordat.scope'::text, true) = 'system'::text) OR (has_part(id) AND (id <> ALL (( SELECT hidden_cases(false) AS hidden_cases)::uuid[]))));
CREATE POLICY referred ON case_file FOR SELECT USING (id IN ( SELECT r.case_id
   FROM referred_to_me() r(case_id, person_id)));
CREATE POLICY shown ON case_file FOR SELECT USING ((has_part(id) AND (id <> ALL (( SELECT hidden_cases(true) AS hidden_cases)::uuid[]))) OR (id = ANY (( SELECT glass_cases() AS glass_cases)::uuid[])));
CREATE POLICY system ON case_file FOR SELECT USING (current_setting('concordat.scope'::text, true) = 'system'::text);
GRANT DELETE, INSERT, SELECT, UPDATE ON case_file TO concordat_records;

CREATE TABLE case_flag (
  case_id uuid NOT NULL,
  flag text NOT NULL,
  since timestamp with time zone NOT NULL,
  by_id uuid NOT NULL,
  org_id uuid NOT NULL,
  until timestamp with time zone,
  ended_by uuid,
  PRIMARY KEY (case_id, flag, since),
  FOREIGN KEY (case_id) REFERENCES case_file(id)
);
CREATE UNIQUE INDEX case_flag_on ON case_flag USING btree (case_id, flag) WHERE (until IS NULL);
ALTER TABLE case_flag ENABLE ROW LEVEL SECURITY;
CREATE POLICY add ON case_flag FOR INSERT WITH CHECK ((current_setting('concordat.scope'::text, true) = 'system'::text) OR works_on_case(case_id));
CREATE POLICY change ON case_flag FOR UPDATE USING ((current_setting('concordat.scope'::text, true) = 'system'::text) OR works_on_case(case_id));
CREATE POLICY read ON case_flag FOR SELECT USING ((current_setting('concordat.scope'::text, true) = 'system'::text) OR reads_case(case_id));
GRANT DELETE, INSERT, SELECT, UPDATE ON case_flag TO concordat_records;

CREATE TABLE case_link (
  id uuid NOT NULL,
  case_id uuid NOT NULL,
  other_id uuid NOT NULL,
  kind text NOT NULL,
  at timestamp with time zone NOT NULL,
  by_id uuid NOT NULL,
  org_id uuid NOT NULL,
  ended_at timestamp with time zone,
  ended_by uuid,
  PRIMARY KEY (id),
  FOREIGN KEY (case_id) REFERENCES case_file(id),
  FOREIGN KEY (other_id) REFERENCES case_file(id),
  CONSTRAINT case_link_check CHECK ((case_id <> other_id))
);
CREATE INDEX case_link_case ON case_link USING btree (case_id);
CREATE INDEX case_link_other ON case_link USING btree (other_id);
CREATE UNIQUE INDEX case_link_in_force ON case_link USING btree (LEAST(case_id, other_id), GREATEST(case_id, other_id)) WHERE (ended_at IS NULL);
ALTER TABLE case_link ENABLE ROW LEVEL SECURITY;
CREATE POLICY part ON case_link FOR ALL USING ((current_setting('concordat.scope'::text, true) = 'system'::text) OR (takes_part(case_id) AND takes_part(other_id)));
GRANT DELETE, INSERT, SELECT, UPDATE ON case_link TO concordat_records;

CREATE TABLE case_note (
  id uuid NOT NULL,
  case_id uuid NOT NULL,
  text text NOT NULL,
  mentions uuid[] NOT NULL,
  org_id uuid NOT NULL,
  by_id uuid NOT NULL,
  at timestamp with time zone NOT NULL,
  PRIMARY KEY (id),
  FOREIGN KEY (case_id) REFERENCES case_file(id)
);
CREATE INDEX case_note_case ON case_note USING btree (case_id, at DESC, id DESC);
ALTER TABLE case_note ENABLE ROW LEVEL SECURITY;
CREATE POLICY add ON case_note FOR INSERT WITH CHECK ((current_setting('concordat.scope'::text, true) = 'system'::text) OR works_on_case(case_id));
CREATE POLICY read ON case_note FOR SELECT USING ((current_setting('concordat.scope'::text, true) = 'system'::text) OR reads_case(case_id));
GRANT DELETE, INSERT, SELECT, UPDATE ON case_note TO concordat_records;

CREATE TABLE case_origin (
  case_id uuid NOT NULL,
  org_id uuid NOT NULL,
  source text NOT NULL,
  record text NOT NULL,
  called text NOT NULL DEFAULT lower(record),
  said jsonb NOT NULL,
  opened date NOT NULL,
  latest date NOT NULL,
  import_id uuid NOT NULL,
  by_id uuid NOT NULL,
  at timestamp with time zone NOT NULL,
  PRIMARY KEY (case_id),
  UNIQUE (org_id, source, record),
  FOREIGN KEY (case_id) REFERENCES case_file(id)
);
CREATE INDEX case_origin_called ON case_origin USING btree (called);
ALTER TABLE case_origin ENABLE ROW LEVEL SECURITY;
CREATE POLICY read ON case_origin FOR SELECT USING ((current_setting('concordat.scope'::text, true) = 'system'::text) OR reads_case(case_id) OR (case_id = ANY (( SELECT glass_cases() AS glass_cases)::uuid[])));
GRANT SELECT ON case_origin TO concordat_records;

CREATE TABLE case_origin_before (
  case_id uuid NOT NULL,
  ended_at timestamp with time zone NOT NULL,
  said jsonb NOT NULL,
  by_id uuid NOT NULL,
  import_id uuid NOT NULL,
  PRIMARY KEY (case_id, ended_at),
  FOREIGN KEY (case_id) REFERENCES case_file(id)
);
ALTER TABLE case_origin_before ENABLE ROW LEVEL SECURITY;
CREATE POLICY read ON case_origin_before FOR SELECT USING ((current_setting('concordat.scope'::text, true) = 'system'::text) OR reads_case(case_id) OR (case_id = ANY (( SELECT glass_cases() AS glass_cases)::uuid[])));
GRANT SELECT ON case_origin_before TO concordat_records;

CREATE TABLE case_ownership (
  case_id uuid NOT NULL,
  owner_id uuid NOT NULL,
  org_id uuid NOT NULL,
  area_id uuid NOT NULL,
  since timestamp with time zone NOT NULL,
  until timestamp with time zone,
  how text NOT NULL,
  by_id uuid NOT NULL,
  told_at timestamp with time zone,
  left_told_at timestamp with time zone,
  PRIMARY KEY (case_id, since),
  FOREIGN KEY (case_id) REFERENCES case_file(id),
  CONSTRAINT case_ownership_how_check CHECK ((how = ANY (ARRAY['opened'::text, 'assigned'::text, 'transferred'::text])))
);
CREATE INDEX case_ownership_untold ON case_ownership USING btree (owner_id) WHERE ((told_at IS NULL) OR (left_told_at IS NULL));
CREATE UNIQUE INDEX case_ownership_in_force ON case_ownership USING btree (case_id) WHERE (until IS NULL);
ALTER TABLE case_ownership ENABLE ROW LEVEL SECURITY;
CREATE POLICY part ON case_ownership FOR ALL USING ((current_setting('concordat.scope'::text, true) = 'system'::text) OR takes_part(case_id));
GRANT DELETE, INSERT, SELECT, UPDATE ON case_ownership TO concordat_records;

CREATE TABLE case_person (
  case_id uuid NOT NULL,
  person_id uuid NOT NULL,
  place smallint NOT NULL,
  roles text[] NOT NULL,
  PRIMARY KEY (case_id, person_id),
  FOREIGN KEY (case_id) REFERENCES case_file(id),
  FOREIGN KEY (person_id) REFERENCES person(id)
);
CREATE INDEX case_person_person ON case_person USING btree (person_id);
ALTER TABLE case_person ENABLE ROW LEVEL SECURITY;
CREATE POLICY part ON case_person FOR ALL USING ((current_setting('concordat.scope'::text, true) = 'system'::text) OR (has_part(case_id) AND (case_id <> ALL (( SELECT hidden_cases(false) AS hidden_cases)::uuid[]))));
CREATE POLICY referred ON case_person FOR SELECT USING ((case_id, person_id) IN ( SELECT r.case_id,
    r.person_id
   FROM referred_to_me() r(case_id, person_id)));
CREATE POLICY shown ON case_person FOR SELECT USING ((has_part(case_id) AND (case_id <> ALL (( SELECT hidden_cases(true) AS hidden_cases)::uuid[]))) OR (case_id = ANY (( SELECT glass_cases() AS glass_cases)::uuid[])));
CREATE POLICY system ON case_person FOR SELECT USING (current_setting('concordat.scope'::text, true) = 'system'::text);
GRANT DELETE, INSERT, SELECT, UPDATE ON case_person TO concordat_records;

CREATE TABLE case_place (
  case_id uuid NOT NULL,
  person_id uuid NOT NULL,
  place smallint NOT NULL,
  roles text[] NOT NULL,
  since timestamp with time zone NOT NULL,
  until timestamp with time zone,
  PRIMARY KEY (case_id, person_id, since),
  FOREIGN KEY (case_id) REFERENCES case_file(id) ON DELETE CASCADE
);
ALTER TABLE case_place ENABLE ROW LEVEL SECURITY;
CREATE POLICY read ON case_place FOR SELECT USING ((current_setting('concordat.scope'::text, true) = 'system'::text) OR reads_case(case_id));
GRANT SELECT ON case_place TO concordat_records;

CREATE TABLE case_transfer (
  id uuid NOT NULL,
  version integer NOT NULL DEFAULT 1,
  state text NOT NULL,
  case_id uuid NOT NULL,
  reference text NOT NULL,
  bulk_id uuid,
  from_org uuid NOT NULL,
  from_id uuid NOT NULL,
  to_org uuid,
  to_id uuid,
  outside_body text,
  reason text NOT NULL,
  keep text NOT NULL,
  requested_at timestamp with time zone,
  request_reason text,
  offered_at timestamp with time zone,
  answered_at timestamp with time zone,
  answered_by uuid,
  answer_reason text,
  ended_at timestamp with time zone,
  ended_by uuid,
  made_at timestamp with time zone NOT NULL,
  seen_at timestamp with time zone,
  purpose text,
  consent jsonb,
  permit jsonb,
  payload_key bytea DEFAULT sha256(((uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())) || uuid_send(gen_random_uuid()))),
  PRIMARY KEY (id),
  FOREIGN KEY (case_id) REFERENCES case_file(id),
  CONSTRAINT case_transfer_check CHECK (((to_id IS NULL) = (outside_body IS NOT NULL))),
  CONSTRAINT case_transfer_check1 CHECK (((to_id IS NULL) = (state = 'recorded'::text))),
  CONSTRAINT case_transfer_keep_check CHECK ((keep = ANY (ARRAY['contributor'::text, 'reader'::text, 'nothing'::text]))),
  CONSTRAINT case_transfer_state_check CHECK ((state = ANY (ARRAY['requested'::text, 'refused'::text, 'offered'::text, 'accepted'::text, 'declined'::text, 'withdrawn'::text, 'recorded'::text])))
);
CREATE INDEX case_transfer_case ON case_transfer USING btree (case_id, made_at DESC);
CREATE INDEX case_transfer_received ON case_transfer USING btree (to_org, made_at DESC, id);
CREATE INDEX case_transfer_sent ON case_transfer USING btree (from_org, made_at DESC, id);
CREATE UNIQUE INDEX case_transfer_asked ON case_transfer USING btree (case_id, to_id) WHERE (state = 'requested'::text);
CREATE UNIQUE INDEX case_transfer_open ON case_transfer USING btree (case_id) WHERE (state = 'offered'::text);
ALTER TABLE case_transfer ENABLE ROW LEVEL SECURITY;
CREATE POLICY party ON case_transfer FOR ALL USING ((current_setting('concordat.scope'::text, true) = 'system'::text) OR (((acting_org() = from_org) OR (acting_org() = to_org)) AND (case_id <> ALL (( SELECT hidden_cases(false) AS hidden_cases)::uuid[]))));
GRANT DELETE, INSERT, SELECT, UPDATE ON case_transfer TO concordat_records;

CREATE TABLE chronology_entry (
  id uuid NOT NULL,
  version integer NOT NULL,
  case_id uuid NOT NULL,
  org_id uuid NOT NULL,
  by_id uuid NOT NULL,
  first_recorded_at timestamp with time zone NOT NULL,
  recorded_at timestamp with time zone NOT NULL,
  superseded_at timestamp with time zone,
  what text NOT NULL,
  reason text,
  content jsonb NOT NULL,
  category text NOT NULL,
  pack text NOT NULL,
  earliest date NOT NULL,
  latest date NOT NULL,
  words tsvector DEFAULT to_tsvector('english'::regconfig, ((((COALESCE((content ->> 'fact'::text), ''::text) || ' '::text) || COALESCE((content ->> 'comment'::text), ''::text)) || ' '::text) || COALESCE((content ->> 'sourceRef'::text), ''::text))),
  said jsonb,
  PRIMARY KEY (id, version),
  FOREIGN KEY (case_id) REFERENCES case_file(id),
  CONSTRAINT chronology_entry_check CHECK ((earliest <= latest)),
  CONSTRAINT chronology_entry_check1 CHECK ((((what = 'recorded'::text) = (version = 1)) AND ((reason IS NULL) = (version = 1)))),
  CONSTRAINT chronology_entry_what_check CHECK ((what = ANY (ARRAY['recorded'::text, 'corrected'::text, 'withdrawn'::text])))
);
CREATE INDEX chronology_entry_order ON chronology_entry USING btree (case_id, earliest, org_id, first_recorded_at, id);
CREATE UNIQUE INDEX chronology_entry_in_force ON chronology_entry USING btree (id) WHERE (superseded_at IS NULL);
ALTER TABLE chronology_entry ENABLE ROW LEVEL SECURITY;
CREATE POLICY add ON chronology_entry FOR INSERT WITH CHECK ((current_setting('concordat.scope'::text, true) = 'system'::text) OR works_on_case(case_id));
CREATE POLICY read ON chronology_entry FOR SELECT USING ((current_setting('concordat.scope'::text, true) = 'system'::text) OR reads_case(case_id));
CREATE POLICY supersede ON chronology_entry FOR UPDATE USING ((current_setting('concordat.scope'::text, true) = 'system'::text) OR works_on_case(case_id));
GRANT DELETE, INSERT, SELECT, UPDATE ON chronology_entry TO concordat_records;

CREATE TABLE chronology_same (
  entry_id uuid NOT NULL,
  other_id uuid NOT NULL,
  case_id uuid NOT NULL,
  other_case uuid NOT NULL,
  at timestamp with time zone NOT NULL,
  by_id uuid NOT NULL,
  org_id uuid NOT NULL,
  ended_at timestamp with time zone,
  ended_by uuid,
  PRIMARY KEY (entry_id, other_id, at),
  FOREIGN KEY (case_id) REFERENCES case_file(id),
  FOREIGN KEY (other_case) REFERENCES case_file(id),
  CONSTRAINT chronology_same_check CHECK ((entry_id < other_id))
);
CREATE INDEX chronology_same_case ON chronology_same USING btree (case_id);
CREATE INDEX chronology_same_other ON chronology_same USING btree (other_case);
CREATE UNIQUE INDEX chronology_same_in_force ON chronology_same USING btree (entry_id, other_id) WHERE (ended_at IS NULL);
ALTER TABLE chronology_same ENABLE ROW LEVEL SECURITY;
CREATE POLICY part ON chronology_same FOR ALL USING ((current_setting('concordat.scope'::text, true) = 'system'::text) OR (reads_case(case_id) AND reads_case(other_case)));
GRANT DELETE, INSERT, SELECT, UPDATE ON chronology_same TO concordat_records;

CREATE TABLE chronology_search (
  id uuid NOT NULL,
  case_id uuid NOT NULL,
  user_id uuid NOT NULL,
  asked text NOT NULL,
  expires_at timestamp with time zone NOT NULL,
  PRIMARY KEY (id),
  FOREIGN KEY (case_id) REFERENCES case_file(id)
);
CREATE INDEX chronology_search_expiry ON chronology_search USING btree (expires_at);
ALTER TABLE chronology_search ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON chronology_search FOR ALL USING ((current_setting('concordat.scope'::text, true) = 'system'::text) OR (user_id = (NULLIF(current_setting('concordat.user'::text, true), ''::text))::uuid));
GRANT DELETE, INSERT, SELECT, UPDATE ON chronology_search TO concordat_records;

CREATE TABLE document (
  id uuid NOT NULL,
  case_id uuid NOT NULL,
  title text NOT NULL,
  note text,
  sensitive boolean NOT NULL,
  redaction_of uuid,
  org_id uuid NOT NULL,
  by_id uuid NOT NULL,
  recorded_at timestamp with time zone NOT NULL,
  PRIMARY KEY (id),
  FOREIGN KEY (case_id) REFERENCES case_file(id),
  FOREIGN KEY (redaction_of) REFERENCES document(id)
);
CREATE INDEX document_case ON document USING btree (case_id, recorded_at DESC);
ALTER TABLE document ENABLE ROW LEVEL SECURITY;
CREATE POLICY add ON document FOR INSERT WITH CHECK ((current_setting('concordat.scope'::text, true) = 'system'::text) OR works_on_case(case_id));
CREATE POLICY read ON document FOR SELECT USING ((current_setting('concordat.scope'::text, true) = 'system'::text) OR reads_case(case_id));
GRANT DELETE, INSERT, SELECT, UPDATE ON document TO concordat_records;

CREATE TABLE document_upload (
  id uuid NOT NULL,
  case_id uuid NOT NULL,
  user_id uuid NOT NULL,
  type text NOT NULL,
  ending text NOT NULL,
  size integer NOT NULL,
  digest text NOT NULL,
  scan text NOT NULL,
  expires_at timestamp with time zone NOT NULL,
  PRIMARY KEY (id),
  FOREIGN KEY (case_id) REFERENCES case_file(id),
  CONSTRAINT document_upload_scan_check CHECK ((scan = ANY (ARRAY['clean'::text, 'not-scanned'::text])))
);
CREATE INDEX document_upload_expiry ON document_upload USING btree (expires_at);
ALTER TABLE document_upload ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON document_upload FOR ALL USING ((current_setting('concordat.scope'::text, true) = 'system'::text) OR (user_id = (NULLIF(current_setting('concordat.user'::text, true), ''::text))::uuid));
GRANT DELETE, INSERT, SELECT, UPDATE ON document_upload TO concordat_records;

CREATE TABLE document_version (
  document_id uuid NOT NULL,
  version integer NOT NULL,
  case_id uuid NOT NULL,
  key uuid NOT NULL,
  type text NOT NULL,
  ending text NOT NULL,
  size integer NOT NULL,
  digest text NOT NULL,
  scan text NOT NULL,
  reason text,
  by_id uuid NOT NULL,
  at timestamp with time zone NOT NULL,
  PRIMARY KEY (document_id, version),
  UNIQUE (key),
  FOREIGN KEY (case_id) REFERENCES case_file(id),
  FOREIGN KEY (document_id) REFERENCES document(id),
  CONSTRAINT document_version_scan_check CHECK ((scan = ANY (ARRAY['clean'::text, 'not-scanned'::text])))
);
CREATE INDEX document_version_case ON document_version USING btree (case_id);
ALTER TABLE document_version ENABLE ROW LEVEL SECURITY;
CREATE POLICY add ON document_version FOR INSERT WITH CHECK ((current_setting('concordat.scope'::text, true) = 'system'::text) OR works_on_case(case_id));
CREATE POLICY read ON document_version FOR SELECT USING ((current_setting('concordat.scope'::text, true) = 'system'::text) OR reads_case(case_id));
GRANT DELETE, INSERT, SELECT, UPDATE ON document_version TO concordat_records;

CREATE TABLE erasure (
  case_id uuid NOT NULL,
  reference text NOT NULL,
  referral_id uuid,
  kind text NOT NULL,
  area_id uuid NOT NULL,
  lead_org uuid NOT NULL,
  restricted boolean NOT NULL,
  rule text NOT NULL,
  rule_version integer NOT NULL,
  pack text NOT NULL,
  due_on date NOT NULL,
  decision_id uuid NOT NULL,
  proposed_by uuid NOT NULL,
  proposed_at timestamp with time zone NOT NULL,
  confirmed_by uuid NOT NULL,
  confirmed_at timestamp with time zone NOT NULL,
  erased_at timestamp with time zone NOT NULL,
  people integer NOT NULL,
  documents integer NOT NULL,
  PRIMARY KEY (case_id)
);
CREATE INDEX erasure_newest ON erasure USING btree (erased_at DESC, case_id DESC);
ALTER TABLE erasure ENABLE ROW LEVEL SECURITY;
CREATE POLICY told ON erasure FOR SELECT USING ((current_setting('concordat.scope'::text, true) = 'system'::text) OR (( SELECT acting_by('information-governance-lead'::text) AS acting_by) AND ((cardinality(( SELECT acting_areas() AS acting_areas)) = 0) OR (area_id = ANY (( SELECT acting_areas() AS acting_areas)::uuid[])))) OR (( SELECT acting_by('auditor'::text) AS acting_by) AND ((NOT restricted) OR ( SELECT acting_by('restricted-records'::text) AS acting_by))));
GRANT SELECT ON erasure TO concordat_records;

CREATE TABLE export_piece (
  export_id uuid NOT NULL,
  place integer NOT NULL,
  bytes bytea NOT NULL,
  PRIMARY KEY (export_id, place),
  FOREIGN KEY (export_id) REFERENCES record_export(id)
);
ALTER TABLE export_piece ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON export_piece FOR ALL USING ((current_setting('concordat.scope'::text, true) = 'system'::text) OR (export_id IN ( SELECT e.id
   FROM record_export e
  WHERE (e.user_id = acting_user()))));
GRANT DELETE, INSERT, SELECT, UPDATE ON export_piece TO concordat_records;

CREATE TABLE glass_attempt (
  user_id uuid NOT NULL,
  at timestamp with time zone NOT NULL
);
CREATE INDEX glass_attempt_at ON glass_attempt USING btree (at);
CREATE INDEX glass_attempt_user ON glass_attempt USING btree (user_id, at);
ALTER TABLE glass_attempt ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON glass_attempt FOR ALL USING (current_setting('concordat.scope'::text, true) = 'system'::text);
GRANT DELETE, INSERT, SELECT, UPDATE ON glass_attempt TO concordat_records;

CREATE TABLE idempotency (
  actor_id uuid NOT NULL,
  key text NOT NULL,
  request_digest bytea NOT NULL,
  reply json NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  PRIMARY KEY (actor_id, key)
);
CREATE INDEX idempotency_age ON idempotency USING btree (created_at);
GRANT DELETE, INSERT, SELECT, UPDATE ON idempotency TO concordat_records;

CREATE TABLE import_row (
  import_id uuid NOT NULL,
  row_number integer NOT NULL,
  case_id uuid,
  entry_id uuid,
  state text NOT NULL,
  problems jsonb NOT NULL DEFAULT '[]'::jsonb,
  content jsonb,
  code text,
  candidates jsonb,
  decided boolean NOT NULL DEFAULT false,
  same_as uuid,
  PRIMARY KEY (import_id, row_number),
  FOREIGN KEY (case_id) REFERENCES case_file(id),
  FOREIGN KEY (import_id) REFERENCES import_work(id),
  CONSTRAINT import_row_check CHECK (((content IS NULL) OR (state = 'ready'::text))),
  CONSTRAINT import_row_check1 CHECK (((same_as IS NULL) OR decided)),
  CONSTRAINT import_row_state_check CHECK ((state = ANY (ARRAY['ready'::text, 'wrong'::text, 'added'::text, 'corrected'::text, 'unchanged'::text, 'refused'::text])))
);
CREATE INDEX import_row_case ON import_row USING btree (case_id);
ALTER TABLE import_row ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON import_row FOR ALL USING ((current_setting('concordat.scope'::text, true) = 'system'::text) OR (import_id IN ( SELECT w.id
   FROM import_work w
  WHERE ((w.user_id = acting_user()) AND (w.org_id = acting_org())))));
GRANT DELETE, INSERT, SELECT, UPDATE ON import_row TO concordat_records;

CREATE TABLE import_work (
  id uuid NOT NULL,
  version integer NOT NULL DEFAULT 1,
  state text NOT NULL,
  user_id uuid NOT NULL,
  org_id uuid NOT NULL,
  correlation_id text NOT NULL,
  purpose text NOT NULL,
  path text NOT NULL,
  made_at timestamp with time zone NOT NULL,
  started_at timestamp with time zone,
  done_at timestamp with time zone,
  claimed_until timestamp with time zone,
  kind text NOT NULL DEFAULT 'chronology'::text,
  source text,
  area_id uuid,
  corrections boolean NOT NULL DEFAULT false,
  PRIMARY KEY (id),
  CONSTRAINT import_work_check CHECK (((kind = 'chronology'::text) OR (source IS NOT NULL))),
  CONSTRAINT import_work_kind_check CHECK ((kind = ANY (ARRAY['cases'::text, 'people'::text, 'relationships'::text, 'chronology'::text]))),
  CONSTRAINT import_work_state_check CHECK ((state = ANY (ARRAY['matching'::text, 'checked'::text, 'running'::text, 'done'::text, 'lapsed'::text])))
);
CREATE INDEX import_work_mine ON import_work USING btree (user_id, made_at DESC);
CREATE INDEX import_work_open ON import_work USING btree (made_at) WHERE (state = ANY (ARRAY['matching'::text, 'checked'::text, 'running'::text]));
ALTER TABLE import_work ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON import_work FOR ALL USING ((current_setting('concordat.scope'::text, true) = 'system'::text) OR ((user_id = acting_user()) AND (org_id = acting_org())));
GRANT DELETE, INSERT, SELECT, UPDATE ON import_work TO concordat_records;

CREATE TABLE inbox (
  source text NOT NULL,
  stream_id uuid NOT NULL,
  stream_version bigint NOT NULL,
  event_id uuid NOT NULL,
  seq bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
  body bytea NOT NULL,
  received_at timestamp with time zone NOT NULL DEFAULT now(),
  attempts smallint NOT NULL DEFAULT 0,
  next_attempt_at timestamp with time zone NOT NULL DEFAULT '-infinity'::timestamp with time zone,
  PRIMARY KEY (source, stream_id, stream_version)
);
CREATE INDEX inbox_order ON inbox USING btree (seq) WHERE (source !~~ '%.acts'::text);
GRANT DELETE, INSERT, SELECT, UPDATE ON inbox TO concordat_records;

CREATE TABLE job_outbox (
  job_key text NOT NULL,
  revision integer NOT NULL DEFAULT 1,
  name text NOT NULL,
  payload jsonb NOT NULL,
  run_at timestamp with time zone NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  moved_at timestamp with time zone,
  PRIMARY KEY (job_key)
);
CREATE INDEX job_outbox_due ON job_outbox USING btree (run_at);
GRANT DELETE, INSERT, SELECT, UPDATE ON job_outbox TO concordat_records;

CREATE TABLE known_match (
  question_id uuid NOT NULL,
  person_id uuid NOT NULL,
  band text NOT NULL,
  PRIMARY KEY (question_id, person_id),
  FOREIGN KEY (person_id) REFERENCES person(id),
  FOREIGN KEY (question_id) REFERENCES known_question(id)
);
CREATE INDEX known_match_person ON known_match USING btree (person_id);
ALTER TABLE known_match ENABLE ROW LEVEL SECURITY;
CREATE POLICY recorded ON known_match FOR SELECT USING (current_setting('concordat.scope'::text, true) = 'system'::text);
GRANT DELETE, INSERT, SELECT, UPDATE ON known_match TO concordat_records;

CREATE TABLE known_question (
  id uuid NOT NULL,
  version integer NOT NULL DEFAULT 1,
  state text NOT NULL,
  asked_by uuid NOT NULL,
  asked_org uuid NOT NULL,
  asked_at timestamp with time zone NOT NULL,
  to_org uuid NOT NULL,
  purpose text NOT NULL,
  consent jsonb,
  pack text NOT NULL,
  who jsonb,
  forget_at timestamp with time zone NOT NULL,
  permit jsonb,
  decision_id uuid NOT NULL,
  isa text,
  reasons text[] NOT NULL DEFAULT '{}'::text[],
  contact jsonb,
  answered_at timestamp with time zone,
  policies text[] NOT NULL DEFAULT '{}'::text[],
  PRIMARY KEY (id),
  CONSTRAINT known_question_check CHECK ((asked_org <> to_org)),
  CONSTRAINT known_question_check1 CHECK (((state = 'waiting'::text) = (answered_at IS NULL))),
  CONSTRAINT known_question_check2 CHECK (((state = 'waiting'::text) OR is_permit(permit))),
  CONSTRAINT known_question_check3 CHECK (((contact IS NULL) OR (state = 'known'::text))),
  CONSTRAINT known_question_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'known'::text, 'not-known'::text])))
);
CREATE INDEX known_question_asked ON known_question USING btree (asked_by, asked_at DESC);
CREATE INDEX known_question_forget ON known_question USING btree (forget_at) WHERE (who IS NOT NULL);
CREATE INDEX known_question_of_agency ON known_question USING btree (asked_org, asked_at DESC);
CREATE INDEX known_question_received ON known_question USING btree (to_org, asked_at DESC);
ALTER TABLE known_question ENABLE ROW LEVEL SECURITY;
CREATE POLICY asked ON known_question FOR INSERT WITH CHECK ((asked_by = acting_user()) AND (asked_org = acting_org()));
CREATE POLICY changed ON known_question FOR UPDATE USING ((current_setting('concordat.scope'::text, true) = 'system'::text) OR ((asked_by = acting_user()) AND (asked_org = acting_org())));
CREATE POLICY seen ON known_question FOR SELECT USING ((current_setting('concordat.scope'::text, true) = 'system'::text) OR ((asked_by = acting_user()) AND (asked_org = acting_org())) OR ((to_org = acting_org()) AND ( SELECT (acting_by('information-governance-lead'::text) OR acting_by('safeguarding-lead'::text) OR acting_by('auditor'::text)))));
GRANT INSERT, SELECT, UPDATE ON known_question TO concordat_records;

CREATE TABLE malformed (
  topic text NOT NULL,
  partition integer NOT NULL,
  position bigint NOT NULL,
  reason text NOT NULL,
  raw bytea NOT NULL,
  received_at timestamp with time zone NOT NULL DEFAULT now(),
  PRIMARY KEY (topic, partition, "position")
);
GRANT DELETE, INSERT, SELECT, UPDATE ON malformed TO concordat_records;

CREATE TABLE member (
  user_id uuid NOT NULL,
  org_id uuid NOT NULL,
  subject text NOT NULL,
  roles text[] NOT NULL,
  areas uuid[] NOT NULL,
  active boolean NOT NULL,
  may_receive boolean NOT NULL DEFAULT true,
  changed_at timestamp with time zone NOT NULL DEFAULT now(),
  team_id uuid,
  manager_id uuid,
  PRIMARY KEY (user_id, org_id)
);
CREATE INDEX member_subject ON member USING btree (subject);
GRANT DELETE, INSERT, SELECT, UPDATE ON member TO concordat_records;

CREATE TABLE member_history (
  user_id uuid NOT NULL,
  org_id uuid NOT NULL,
  since timestamp with time zone NOT NULL,
  roles text[] NOT NULL,
  areas uuid[] NOT NULL,
  active boolean NOT NULL,
  PRIMARY KEY (user_id, org_id, since)
);
GRANT SELECT ON member_history TO concordat_records;

CREATE TABLE note_mention (
  note_id uuid NOT NULL,
  user_id uuid NOT NULL,
  case_id uuid NOT NULL,
  at timestamp with time zone NOT NULL,
  seen_at timestamp with time zone,
  PRIMARY KEY (note_id, user_id),
  FOREIGN KEY (case_id) REFERENCES case_file(id),
  FOREIGN KEY (note_id) REFERENCES case_note(id)
);
CREATE INDEX note_mention_case ON note_mention USING btree (case_id);
CREATE INDEX note_mention_unseen ON note_mention USING btree (user_id, at DESC) WHERE (seen_at IS NULL);
ALTER TABLE note_mention ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON note_mention FOR ALL USING ((current_setting('concordat.scope'::text, true) = 'system'::text) OR ((user_id = (NULLIF(current_setting('concordat.user'::text, true), ''::text))::uuid) AND reads_case(case_id))) WITH CHECK ((current_setting('concordat.scope'::text, true) = 'system'::text) OR works_on_case(case_id) OR reads_case(case_id));
GRANT DELETE, INSERT, SELECT, UPDATE ON note_mention TO concordat_records;

CREATE TABLE object_to_remove (
  key uuid NOT NULL,
  since timestamp with time zone NOT NULL,
  PRIMARY KEY (key)
);
ALTER TABLE object_to_remove ENABLE ROW LEVEL SECURITY;
CREATE POLICY known ON object_to_remove FOR ALL USING (current_setting('concordat.scope'::text, true) = 'system'::text);
GRANT DELETE, INSERT, SELECT, UPDATE ON object_to_remove TO concordat_records;

CREATE TABLE onward_referral (
  id uuid NOT NULL,
  version integer NOT NULL DEFAULT 1,
  state text NOT NULL,
  case_id uuid NOT NULL,
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
  offered_at timestamp with time zone NOT NULL,
  respond_by timestamp with time zone,
  answered_at timestamp with time zone,
  answered_by uuid,
  answer_reason text,
  ended_at timestamp with time zone,
  ended_by uuid,
  end_note text,
  seen_at timestamp with time zone,
  action_id uuid,
  permit jsonb,
  payload_key bytea DEFAULT sha256(((uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())) || uuid_send(gen_random_uuid()))),
  PRIMARY KEY (id),
  FOREIGN KEY (action_id) REFERENCES case_fact(id),
  FOREIGN KEY (case_id) REFERENCES case_file(id),
  CONSTRAINT onward_referral_check CHECK (((to_id IS NULL) = (outside_body IS NOT NULL))),
  CONSTRAINT onward_referral_check1 CHECK (((to_id IS NULL) = (state = 'recorded'::text))),
  CONSTRAINT onward_referral_state_check CHECK ((state = ANY (ARRAY['offered'::text, 'accepted'::text, 'completed'::text, 'declined'::text, 'withdrawn'::text, 'expired'::text, 'recorded'::text])))
);
CREATE INDEX onward_referral_action ON onward_referral USING btree (action_id) WHERE (action_id IS NOT NULL);
CREATE INDEX onward_referral_case ON onward_referral USING btree (case_id, offered_at DESC);
CREATE INDEX onward_referral_due ON onward_referral USING btree (respond_by) WHERE (state = 'offered'::text);
CREATE INDEX onward_referral_received ON onward_referral USING btree (to_org, offered_at DESC, id);
CREATE INDEX onward_referral_sent ON onward_referral USING btree (from_org, offered_at DESC, id);
CREATE UNIQUE INDEX onward_referral_open ON onward_referral USING btree (case_id, to_id) WHERE (state = 'offered'::text);
ALTER TABLE onward_referral ENABLE ROW LEVEL SECURITY;
CREATE POLICY party ON onward_referral FOR ALL USING ((current_setting('concordat.scope'::text, true) = 'system'::text) OR (((acting_org() = from_org) OR (acting_org() = to_org)) AND (case_id <> ALL (( SELECT hidden_cases(false) AS hidden_cases)::uuid[]))));
GRANT DELETE, INSERT, SELECT, UPDATE ON onward_referral TO concordat_records;

CREATE TABLE organisation (
  org_id uuid NOT NULL,
  agency_type text NOT NULL,
  active boolean NOT NULL,
  PRIMARY KEY (org_id)
);
GRANT DELETE, INSERT, SELECT, UPDATE ON organisation TO concordat_records;

CREATE TABLE outbox (
  event_id uuid NOT NULL,
  seq bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
  stream_id uuid NOT NULL,
  stream_version bigint NOT NULL,
  topic text NOT NULL,
  partition smallint NOT NULL,
  headers jsonb NOT NULL,
  body bytea NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  published_at timestamp with time zone,
  PRIMARY KEY (event_id),
  UNIQUE (stream_id, stream_version)
);
CREATE INDEX outbox_unpublished ON outbox USING btree (seq) WHERE (published_at IS NULL);
GRANT DELETE, INSERT, SELECT, UPDATE ON outbox TO concordat_records;

CREATE TABLE participation (
  case_id uuid NOT NULL,
  org_id uuid NOT NULL,
  level text NOT NULL,
  since timestamp with time zone NOT NULL,
  until timestamp with time zone,
  changed_by uuid NOT NULL,
  permit jsonb,
  sharing jsonb,
  PRIMARY KEY (case_id, org_id, since),
  FOREIGN KEY (case_id) REFERENCES case_file(id),
  CONSTRAINT participation_level_check CHECK ((level = ANY (ARRAY['lead'::text, 'contributor'::text, 'reader'::text, 'preview'::text])))
);
CREATE INDEX participation_org ON participation USING btree (org_id, case_id) WHERE (until IS NULL);
CREATE UNIQUE INDEX participation_in_force ON participation USING btree (case_id, org_id) WHERE (until IS NULL);
ALTER TABLE participation ENABLE ROW LEVEL SECURITY;
CREATE POLICY part ON participation FOR ALL USING ((current_setting('concordat.scope'::text, true) = 'system'::text) OR (has_part(case_id) AND (case_id <> ALL (( SELECT hidden_cases(false) AS hidden_cases)::uuid[]))));
CREATE POLICY shown ON participation FOR SELECT USING ((has_part(case_id) AND (case_id <> ALL (( SELECT hidden_cases(true) AS hidden_cases)::uuid[]))) OR (case_id = ANY (( SELECT glass_cases() AS glass_cases)::uuid[])));
CREATE POLICY system ON participation FOR SELECT USING (current_setting('concordat.scope'::text, true) = 'system'::text);
CREATE POLICY their_own ON participation FOR SELECT USING ((org_id = acting_org()) AND (until IS NULL) AND (case_id <> ALL (( SELECT hidden_cases(true) AS hidden_cases)::uuid[])));
GRANT DELETE, INSERT, SELECT, UPDATE ON participation TO concordat_records;

CREATE TABLE person (
  id uuid NOT NULL,
  version integer NOT NULL DEFAULT 1,
  content jsonb NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  merged_into uuid,
  PRIMARY KEY (id),
  FOREIGN KEY (merged_into) REFERENCES person(id)
);
CREATE INDEX person_merged ON person USING btree (merged_into) WHERE (merged_into IS NOT NULL);
ALTER TABLE person ENABLE ROW LEVEL SECURITY;
CREATE POLICY part ON person FOR ALL USING ((current_setting('concordat.scope'::text, true) = 'system'::text) OR in_case_outside(id, ( SELECT hidden_cases(false) AS hidden_cases)) OR ((merged_into IS NOT NULL) AND in_case_outside(merged_into, ( SELECT hidden_cases(false) AS hidden_cases))));
CREATE POLICY referred ON person FOR SELECT USING (id IN ( SELECT r.person_id
   FROM referred_to_me() r(case_id, person_id)));
CREATE POLICY referred_change ON person FOR UPDATE USING (id IN ( SELECT r.person_id
   FROM referred_to_me() r(case_id, person_id)));
CREATE POLICY shown ON person FOR SELECT USING (in_case_outside(id, ( SELECT hidden_cases(true) AS hidden_cases)) OR ((merged_into IS NOT NULL) AND in_case_outside(merged_into, ( SELECT hidden_cases(true) AS hidden_cases))) OR in_case_among(id, ( SELECT glass_cases() AS glass_cases)));
CREATE POLICY system ON person FOR SELECT USING (current_setting('concordat.scope'::text, true) = 'system'::text);
GRANT DELETE, INSERT, SELECT, UPDATE ON person TO concordat_records;

CREATE TABLE person_distinct (
  person_id uuid NOT NULL,
  other_id uuid NOT NULL,
  digest text NOT NULL,
  other_digest text NOT NULL,
  at timestamp with time zone NOT NULL,
  by_id uuid NOT NULL,
  org_id uuid NOT NULL,
  reason text NOT NULL,
  PRIMARY KEY (person_id, other_id),
  FOREIGN KEY (other_id) REFERENCES person(id),
  FOREIGN KEY (person_id) REFERENCES person(id),
  CONSTRAINT person_distinct_check CHECK ((person_id < other_id))
);
CREATE INDEX person_distinct_other ON person_distinct USING btree (other_id);
ALTER TABLE person_distinct ENABLE ROW LEVEL SECURITY;
CREATE POLICY part ON person_distinct FOR ALL USING ((current_setting('concordat.scope'::text, true) = 'system'::text) OR (in_shared_case(person_id) AND in_shared_case(other_id)));
GRANT DELETE, INSERT, SELECT, UPDATE ON person_distinct TO concordat_records;

CREATE TABLE person_match (
  person_id uuid NOT NULL,
  keys text[] NOT NULL,
  terms text[] NOT NULL,
  facts jsonb NOT NULL,
  digest text NOT NULL,
  PRIMARY KEY (person_id),
  FOREIGN KEY (person_id) REFERENCES person(id)
);
CREATE INDEX person_match_keys ON person_match USING gin (keys);
ALTER TABLE person_match ENABLE ROW LEVEL SECURITY;
CREATE POLICY part ON person_match FOR ALL USING ((current_setting('concordat.scope'::text, true) = 'system'::text) OR in_shared_case(person_id));
CREATE POLICY referred ON person_match FOR ALL USING (person_id IN ( SELECT r.person_id
   FROM referred_to_me() r(case_id, person_id)));
CREATE POLICY system ON person_match FOR SELECT USING (current_setting('concordat.scope'::text, true) = 'system'::text);
GRANT DELETE, INSERT, SELECT, UPDATE ON person_match TO concordat_records;

CREATE TABLE person_match_key (
  key bigint NOT NULL,
  person_id uuid NOT NULL,
  PRIMARY KEY (key, person_id)
);
ALTER TABLE person_match_key ENABLE ROW LEVEL SECURITY;

CREATE TABLE person_merge (
  id uuid NOT NULL,
  survivor_id uuid NOT NULL,
  merged_id uuid NOT NULL,
  at timestamp with time zone NOT NULL,
  by_id uuid NOT NULL,
  org_id uuid NOT NULL,
  reason text,
  choices jsonb NOT NULL,
  survivor_before jsonb NOT NULL,
  merged_before jsonb NOT NULL,
  survivor_after jsonb NOT NULL,
  places jsonb NOT NULL,
  undone_at timestamp with time zone,
  undone_by uuid,
  undone_org uuid,
  undone_reason text,
  PRIMARY KEY (id),
  FOREIGN KEY (merged_id) REFERENCES person(id),
  FOREIGN KEY (survivor_id) REFERENCES person(id)
);
CREATE INDEX person_merge_survivor ON person_merge USING btree (survivor_id);
CREATE UNIQUE INDEX person_merge_in_force ON person_merge USING btree (merged_id) WHERE (undone_at IS NULL);
ALTER TABLE person_merge ENABLE ROW LEVEL SECURITY;
CREATE POLICY part ON person_merge FOR ALL USING ((current_setting('concordat.scope'::text, true) = 'system'::text) OR in_shared_case(survivor_id));
CREATE POLICY shown ON person_merge FOR SELECT USING in_case_outside(survivor_id, ( SELECT hidden_cases(true) AS hidden_cases));
CREATE POLICY system ON person_merge FOR SELECT USING (current_setting('concordat.scope'::text, true) = 'system'::text);
GRANT DELETE, INSERT, SELECT, UPDATE ON person_merge TO concordat_records;

CREATE TABLE person_origin (
  org_id uuid NOT NULL,
  source text NOT NULL,
  record text NOT NULL,
  called text NOT NULL DEFAULT lower(record),
  case_id uuid NOT NULL,
  person_id uuid NOT NULL,
  said jsonb NOT NULL,
  import_id uuid NOT NULL,
  by_id uuid NOT NULL,
  at timestamp with time zone NOT NULL,
  PRIMARY KEY (org_id, source, record, case_id),
  FOREIGN KEY (case_id) REFERENCES case_file(id),
  FOREIGN KEY (person_id) REFERENCES person(id) ON DELETE CASCADE
);
CREATE INDEX person_origin_called ON person_origin USING btree (called);
CREATE INDEX person_origin_case ON person_origin USING btree (case_id);
CREATE INDEX person_origin_person ON person_origin USING btree (person_id);
ALTER TABLE person_origin ENABLE ROW LEVEL SECURITY;
CREATE POLICY read ON person_origin FOR SELECT USING ((current_setting('concordat.scope'::text, true) = 'system'::text) OR reads_case(case_id) OR (case_id = ANY (( SELECT glass_cases() AS glass_cases)::uuid[])));
GRANT SELECT ON person_origin TO concordat_records;

CREATE TABLE person_version (
  person_id uuid NOT NULL,
  version integer NOT NULL,
  content jsonb NOT NULL,
  ended_by text NOT NULL,
  ended_at timestamp with time zone NOT NULL,
  by_id uuid NOT NULL,
  org_id uuid NOT NULL,
  PRIMARY KEY (person_id, version),
  FOREIGN KEY (person_id) REFERENCES person(id),
  CONSTRAINT person_version_ended_by_check CHECK ((ended_by = ANY (ARRAY['corrected'::text, 'merged'::text, 'separated'::text])))
);
ALTER TABLE person_version ENABLE ROW LEVEL SECURITY;
CREATE POLICY part ON person_version FOR ALL USING ((current_setting('concordat.scope'::text, true) = 'system'::text) OR in_shared_case(person_id) OR in_shared_case(( SELECT p.merged_into
   FROM person p
  WHERE (p.id = person_version.person_id))));
CREATE POLICY referred ON person_version FOR INSERT WITH CHECK (person_id IN ( SELECT r.person_id
   FROM referred_to_me() r(case_id, person_id)));
CREATE POLICY shown ON person_version FOR SELECT USING in_case_outside(person_id, ( SELECT hidden_cases(true) AS hidden_cases));
CREATE POLICY system ON person_version FOR SELECT USING (current_setting('concordat.scope'::text, true) = 'system'::text);
GRANT DELETE, INSERT, SELECT, UPDATE ON person_version TO concordat_records;

CREATE TABLE reconciliation (
  source text NOT NULL,
  checked_at timestamp with time zone NOT NULL DEFAULT '-infinity'::timestamp with time zone,
  changed_since timestamp with time zone NOT NULL DEFAULT '-infinity'::timestamp with time zone,
  healed bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (source)
);
GRANT DELETE, INSERT, SELECT, UPDATE ON reconciliation TO concordat_records;

CREATE TABLE record_export (
  id uuid NOT NULL,
  version integer NOT NULL DEFAULT 1,
  type text NOT NULL,
  format text NOT NULL,
  state text NOT NULL,
  user_id uuid NOT NULL,
  org_id uuid NOT NULL,
  status text,
  area_id uuid,
  lock text,
  total integer NOT NULL,
  rows integer NOT NULL DEFAULT 0,
  bytes bigint NOT NULL DEFAULT 0,
  code text,
  correlation_id text NOT NULL,
  purpose text NOT NULL,
  path text NOT NULL,
  pack text NOT NULL,
  requested_at timestamp with time zone NOT NULL,
  ended_at timestamp with time zone,
  expires_at timestamp with time zone,
  claimed_until timestamp with time zone,
  withheld integer NOT NULL DEFAULT 0,
  PRIMARY KEY (id),
  CONSTRAINT record_export_check CHECK (((state = 'running'::text) OR (lock IS NULL))),
  CONSTRAINT record_export_state_check CHECK ((state = ANY (ARRAY['running'::text, 'done'::text, 'cancelled'::text, 'failed'::text, 'expired'::text, 'removed'::text])))
);
CREATE INDEX record_export_kept ON record_export USING btree (expires_at) WHERE (state = 'done'::text);
CREATE INDEX record_export_mine ON record_export USING btree (user_id, requested_at DESC);
CREATE INDEX record_export_running ON record_export USING btree (requested_at) WHERE (state = 'running'::text);
ALTER TABLE record_export ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON record_export FOR ALL USING ((current_setting('concordat.scope'::text, true) = 'system'::text) OR (user_id = acting_user()));
GRANT DELETE, INSERT, SELECT, UPDATE ON record_export TO concordat_records;

CREATE TABLE record_search (
  id uuid NOT NULL,
  user_id uuid NOT NULL,
  org_id uuid NOT NULL,
  asked text NOT NULL,
  expires_at timestamp with time zone NOT NULL,
  PRIMARY KEY (id)
);
CREATE INDEX record_search_expiry ON record_search USING btree (expires_at);
ALTER TABLE record_search ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON record_search FOR ALL USING ((current_setting('concordat.scope'::text, true) = 'system'::text) OR ((user_id = (NULLIF(current_setting('concordat.user'::text, true), ''::text))::uuid) AND (org_id = (NULLIF(current_setting('concordat.org'::text, true), ''::text))::uuid)));
GRANT DELETE, INSERT, SELECT, UPDATE ON record_search TO concordat_records;

CREATE TABLE relationship (
  id uuid NOT NULL,
  person_id uuid NOT NULL,
  other_id uuid NOT NULL,
  kind text NOT NULL,
  since text,
  until text,
  org_id uuid NOT NULL,
  recorded_at timestamp with time zone NOT NULL,
  ended_by uuid,
  origin jsonb,
  PRIMARY KEY (id),
  FOREIGN KEY (other_id) REFERENCES person(id),
  FOREIGN KEY (person_id) REFERENCES person(id),
  CONSTRAINT relationship_check CHECK ((person_id <> other_id))
);
CREATE INDEX relationship_other ON relationship USING btree (other_id);
CREATE INDEX relationship_person ON relationship USING btree (person_id);
ALTER TABLE relationship ENABLE ROW LEVEL SECURITY;
CREATE POLICY part ON relationship FOR ALL USING ((current_setting('concordat.scope'::text, true) = 'system'::text) OR (in_case_outside(person_id, ( SELECT hidden_cases(false) AS hidden_cases)) AND in_case_outside(other_id, ( SELECT hidden_cases(false) AS hidden_cases))));
CREATE POLICY referred ON relationship FOR SELECT USING ((person_id IN ( SELECT r.person_id
   FROM referred_to_me() r(case_id, person_id))) AND (other_id IN ( SELECT r.person_id
   FROM referred_to_me() r(case_id, person_id))));
CREATE POLICY shown ON relationship FOR SELECT USING ((in_case_outside(person_id, ( SELECT hidden_cases(true) AS hidden_cases)) AND in_case_outside(other_id, ( SELECT hidden_cases(true) AS hidden_cases))) OR (in_case_among(person_id, ( SELECT glass_cases() AS glass_cases)) AND in_case_among(other_id, ( SELECT glass_cases() AS glass_cases))));
CREATE POLICY system ON relationship FOR SELECT USING (current_setting('concordat.scope'::text, true) = 'system'::text);
GRANT DELETE, INSERT, SELECT, UPDATE ON relationship TO concordat_records;

CREATE TABLE relationship_state (
  relationship_id uuid NOT NULL,
  person_id uuid NOT NULL,
  other_id uuid NOT NULL,
  kind text NOT NULL,
  since text,
  until text,
  org_id uuid NOT NULL,
  known_from timestamp with time zone NOT NULL,
  known_until timestamp with time zone,
  PRIMARY KEY (relationship_id, known_from),
  FOREIGN KEY (other_id) REFERENCES person(id) ON DELETE CASCADE,
  FOREIGN KEY (person_id) REFERENCES person(id) ON DELETE CASCADE
);
CREATE INDEX relationship_state_other ON relationship_state USING btree (other_id);
CREATE INDEX relationship_state_person ON relationship_state USING btree (person_id);
ALTER TABLE relationship_state ENABLE ROW LEVEL SECURITY;
CREATE POLICY read ON relationship_state FOR SELECT USING (EXISTS ( SELECT 1
   FROM (case_place a
     JOIN case_place b ON ((b.case_id = a.case_id)))
  WHERE ((a.person_id = relationship_state.person_id) AND (b.person_id = relationship_state.other_id))));
CREATE POLICY system ON relationship_state FOR SELECT USING (current_setting('concordat.scope'::text, true) = 'system'::text);
GRANT SELECT ON relationship_state TO concordat_records;

CREATE TABLE relay_lease (
  one boolean NOT NULL DEFAULT true,
  epoch bigint NOT NULL DEFAULT 0,
  act_seq bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (one),
  CONSTRAINT relay_lease_one_check CHECK (one)
);
GRANT DELETE, INSERT, SELECT, UPDATE ON relay_lease TO concordat_records;

CREATE TABLE restriction (
  id uuid NOT NULL,
  version integer NOT NULL DEFAULT 1,
  case_id uuid,
  person_id uuid,
  applies_to uuid,
  kind text NOT NULL,
  trace text NOT NULL,
  reason text NOT NULL,
  review_on date NOT NULL,
  pack text NOT NULL,
  since timestamp with time zone NOT NULL,
  by_id uuid NOT NULL,
  org_id uuid NOT NULL,
  lifted_at timestamp with time zone,
  PRIMARY KEY (id),
  FOREIGN KEY (applies_to) REFERENCES person(id),
  FOREIGN KEY (case_id) REFERENCES case_file(id),
  FOREIGN KEY (person_id) REFERENCES person(id),
  CONSTRAINT restriction_check CHECK ((((case_id IS NULL) <> (person_id IS NULL)) AND ((person_id IS NULL) = (applies_to IS NULL)))),
  CONSTRAINT restriction_trace_check CHECK ((trace = ANY (ARRAY['stub'::text, 'nothing'::text])))
);
CREATE INDEX restriction_applies ON restriction USING btree (applies_to);
CREATE INDEX restriction_case ON restriction USING btree (case_id);
CREATE INDEX restriction_person ON restriction USING btree (person_id);
ALTER TABLE restriction ENABLE ROW LEVEL SECURITY;
CREATE POLICY part ON restriction FOR ALL USING ((current_setting('concordat.scope'::text, true) = 'system'::text) OR sees_restricted(case_id, applies_to)) WITH CHECK ((current_setting('concordat.scope'::text, true) = 'system'::text) OR acting_by('safeguarding-lead'::text));
GRANT DELETE, INSERT, SELECT, UPDATE ON restriction TO concordat_records;

CREATE TABLE restriction_named (
  restriction_id uuid NOT NULL,
  user_id uuid NOT NULL,
  since timestamp with time zone NOT NULL,
  until timestamp with time zone,
  by_rule boolean NOT NULL DEFAULT false,
  PRIMARY KEY (restriction_id, user_id, since),
  FOREIGN KEY (restriction_id) REFERENCES restriction(id)
);
CREATE UNIQUE INDEX restriction_named_now ON restriction_named USING btree (restriction_id, user_id) WHERE (until IS NULL);
ALTER TABLE restriction_named ENABLE ROW LEVEL SECURITY;
CREATE POLICY part ON restriction_named FOR ALL USING ((current_setting('concordat.scope'::text, true) = 'system'::text) OR sees_restriction(restriction_id)) WITH CHECK ((current_setting('concordat.scope'::text, true) = 'system'::text) OR acting_by('safeguarding-lead'::text));
GRANT DELETE, INSERT, SELECT, UPDATE ON restriction_named TO concordat_records;

CREATE TABLE restriction_step (
  restriction_id uuid NOT NULL,
  version integer NOT NULL,
  at timestamp with time zone NOT NULL,
  what text NOT NULL,
  reason text NOT NULL,
  named uuid[] NOT NULL,
  review_on date,
  by_id uuid NOT NULL,
  org_id uuid NOT NULL,
  PRIMARY KEY (restriction_id, version),
  FOREIGN KEY (restriction_id) REFERENCES restriction(id),
  CONSTRAINT restriction_step_what_check CHECK ((what = ANY (ARRAY['set'::text, 'changed'::text, 'lifted'::text])))
);
ALTER TABLE restriction_step ENABLE ROW LEVEL SECURITY;
CREATE POLICY part ON restriction_step FOR ALL USING ((current_setting('concordat.scope'::text, true) = 'system'::text) OR sees_restriction(restriction_id)) WITH CHECK ((current_setting('concordat.scope'::text, true) = 'system'::text) OR acting_by('safeguarding-lead'::text));
GRANT DELETE, INSERT, SELECT, UPDATE ON restriction_step TO concordat_records;

CREATE TABLE retention (
  case_id uuid NOT NULL,
  version integer NOT NULL DEFAULT 1,
  reference text NOT NULL,
  kind text NOT NULL,
  area_id uuid NOT NULL,
  lead_org uuid NOT NULL,
  due_on date NOT NULL,
  rule text NOT NULL,
  rule_version integer NOT NULL,
  pack text NOT NULL,
  moratorium text,
  calculated_at timestamp with time zone NOT NULL,
  kept_until date,
  state text NOT NULL DEFAULT 'kept'::text,
  decision_id uuid,
  proposed_by uuid,
  proposed_at timestamp with time zone,
  confirmed_by uuid,
  confirmed_at timestamp with time zone,
  PRIMARY KEY (case_id),
  FOREIGN KEY (case_id) REFERENCES case_file(id),
  CONSTRAINT retention_check CHECK (((state = 'kept'::text) = (proposed_by IS NULL))),
  CONSTRAINT retention_check1 CHECK (((state = 'confirmed'::text) = (confirmed_by IS NOT NULL))),
  CONSTRAINT retention_state_check CHECK ((state = ANY (ARRAY['kept'::text, 'proposed'::text, 'confirmed'::text]))),
  CONSTRAINT two_people CHECK ((proposed_by <> confirmed_by))
);
CREATE INDEX retention_calculated ON retention USING btree (calculated_at);
CREATE INDEX retention_confirmed ON retention USING btree (confirmed_at) WHERE (state = 'confirmed'::text);
CREATE INDEX retention_due ON retention USING btree (due_on, case_id);
CREATE INDEX retention_pack ON retention USING btree (pack);
CREATE INDEX retention_reference ON retention USING btree (reference);
ALTER TABLE retention ENABLE ROW LEVEL SECURITY;
CREATE POLICY calculated ON retention FOR INSERT WITH CHECK (current_setting('concordat.scope'::text, true) = 'system'::text);
CREATE POLICY decided ON retention FOR UPDATE USING ((current_setting('concordat.scope'::text, true) = 'system'::text) OR (( SELECT acting_by('information-governance-lead'::text) AS acting_by) AND ((cardinality(( SELECT acting_areas() AS acting_areas)) = 0) OR (area_id = ANY (( SELECT acting_areas() AS acting_areas)::uuid[])))));
CREATE POLICY told ON retention FOR SELECT USING ((current_setting('concordat.scope'::text, true) = 'system'::text) OR (( SELECT acting_by('information-governance-lead'::text) AS acting_by) AND ((cardinality(( SELECT acting_areas() AS acting_areas)) = 0) OR (area_id = ANY (( SELECT acting_areas() AS acting_areas)::uuid[])))) OR (( SELECT acting_by('auditor'::text) AS acting_by) AND (case_id <> ALL (( SELECT hidden_cases(true) AS hidden_cases)::uuid[]))));
GRANT INSERT, SELECT, UPDATE ON retention TO concordat_records;

CREATE TABLE retention_hold (
  id uuid NOT NULL,
  case_id uuid NOT NULL,
  reason text NOT NULL,
  since timestamp with time zone NOT NULL,
  by_id uuid NOT NULL,
  org_id uuid NOT NULL,
  released_at timestamp with time zone,
  released_by uuid,
  released_org uuid,
  release_reason text,
  PRIMARY KEY (id),
  FOREIGN KEY (case_id) REFERENCES case_file(id)
);
CREATE INDEX retention_hold_case ON retention_hold USING btree (case_id);
CREATE INDEX retention_hold_live ON retention_hold USING btree (case_id) WHERE (released_at IS NULL);
ALTER TABLE retention_hold ENABLE ROW LEVEL SECURITY;
CREATE POLICY made ON retention_hold FOR INSERT WITH CHECK ((current_setting('concordat.scope'::text, true) = 'system'::text) OR (( SELECT acting_by('information-governance-lead'::text) AS acting_by) AND (EXISTS ( SELECT 1
   FROM retention k
  WHERE (k.case_id = retention_hold.case_id)))));
CREATE POLICY released ON retention_hold FOR UPDATE USING (( SELECT acting_by('information-governance-lead'::text) AS acting_by) AND (EXISTS ( SELECT 1
   FROM retention k
  WHERE (k.case_id = retention_hold.case_id))));
CREATE POLICY told ON retention_hold FOR SELECT USING (EXISTS ( SELECT 1
   FROM retention k
  WHERE (k.case_id = retention_hold.case_id)));
GRANT INSERT, SELECT, UPDATE ON retention_hold TO concordat_records;

CREATE TABLE retention_step (
  case_id uuid NOT NULL,
  seq bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
  at timestamp with time zone NOT NULL,
  what text NOT NULL,
  reason text,
  until date,
  by_id uuid NOT NULL,
  org_id uuid,
  PRIMARY KEY (case_id, seq),
  FOREIGN KEY (case_id) REFERENCES case_file(id)
);
ALTER TABLE retention_step ENABLE ROW LEVEL SECURITY;
CREATE POLICY made ON retention_step FOR INSERT WITH CHECK ((current_setting('concordat.scope'::text, true) = 'system'::text) OR (( SELECT acting_by('information-governance-lead'::text) AS acting_by) AND (EXISTS ( SELECT 1
   FROM retention k
  WHERE (k.case_id = retention_step.case_id)))));
CREATE POLICY told ON retention_step FOR SELECT USING (EXISTS ( SELECT 1
   FROM retention k
  WHERE (k.case_id = retention_step.case_id)));
GRANT INSERT, SELECT ON retention_step TO concordat_records;

CREATE TABLE search_person (
  person_id uuid NOT NULL,
  terms tsvector NOT NULL,
  PRIMARY KEY (person_id),
  FOREIGN KEY (person_id) REFERENCES person(id) ON DELETE CASCADE
);
CREATE INDEX search_person_terms ON search_person USING gin (terms);
ALTER TABLE search_person ENABLE ROW LEVEL SECURITY;
CREATE POLICY fed ON search_person FOR ALL USING (current_setting('concordat.scope'::text, true) = 'system'::text);
GRANT DELETE, INSERT, SELECT, UPDATE ON search_person TO concordat_records;

CREATE TABLE search_text (
  id uuid NOT NULL,
  kind text NOT NULL,
  case_id uuid NOT NULL,
  at timestamp with time zone NOT NULL,
  terms tsvector NOT NULL,
  PRIMARY KEY (id),
  FOREIGN KEY (case_id) REFERENCES case_file(id) ON DELETE CASCADE,
  CONSTRAINT search_text_kind_check CHECK ((kind = ANY (ARRAY['entry'::text, 'note'::text, 'document'::text])))
);
CREATE INDEX search_text_case ON search_text USING btree (case_id);
CREATE INDEX search_text_newest ON search_text USING btree (at DESC, id DESC);
CREATE INDEX search_text_terms ON search_text USING gin (terms);
ALTER TABLE search_text ENABLE ROW LEVEL SECURITY;
CREATE POLICY fed ON search_text FOR ALL USING (current_setting('concordat.scope'::text, true) = 'system'::text);
GRANT DELETE, INSERT, SELECT, UPDATE ON search_text TO concordat_records;

CREATE TABLE stream (
  id uuid NOT NULL,
  version bigint NOT NULL,
  changed_at timestamp with time zone NOT NULL DEFAULT now(),
  PRIMARY KEY (id),
  CONSTRAINT stream_version_check CHECK ((version > 0))
);
CREATE INDEX stream_changed ON stream USING btree (changed_at, id);
GRANT DELETE, INSERT, SELECT, UPDATE ON stream TO concordat_records;

CREATE TABLE stream_cursor (
  source text NOT NULL,
  stream_id uuid NOT NULL,
  last_version bigint NOT NULL DEFAULT 0,
  parked_reason text,
  parked_at timestamp with time zone,
  PRIMARY KEY (source, stream_id)
);
CREATE INDEX stream_cursor_parked ON stream_cursor USING btree (parked_at) WHERE (parked_reason IS NOT NULL);
GRANT DELETE, INSERT, SELECT, UPDATE ON stream_cursor TO concordat_records;

CREATE TABLE timeline (
  case_id uuid NOT NULL,
  seq bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
  at timestamp with time zone NOT NULL,
  what text NOT NULL,
  org_id uuid,
  by_id uuid,
  detail jsonb NOT NULL DEFAULT '{}'::jsonb,
  PRIMARY KEY (case_id, seq),
  FOREIGN KEY (case_id) REFERENCES case_file(id)
);
CREATE INDEX timeline_newest ON timeline USING btree (case_id, at DESC, seq DESC);
ALTER TABLE timeline ENABLE ROW LEVEL SECURITY;
CREATE POLICY part ON timeline FOR ALL USING ((current_setting('concordat.scope'::text, true) = 'system'::text) OR (has_part(case_id) AND (case_id <> ALL (( SELECT hidden_cases(false) AS hidden_cases)::uuid[]))));
CREATE POLICY party ON timeline FOR INSERT WITH CHECK (case_id IN ( SELECT r.case_id
   FROM onward_referral r
  WHERE (r.to_org = (NULLIF(current_setting('concordat.org'::text, true), ''::text))::uuid)));
CREATE POLICY shown ON timeline FOR SELECT USING ((has_part(case_id) AND (case_id <> ALL (( SELECT hidden_cases(true) AS hidden_cases)::uuid[]))) OR (case_id = ANY (( SELECT glass_cases() AS glass_cases)::uuid[])));
CREATE POLICY system ON timeline FOR SELECT USING (current_setting('concordat.scope'::text, true) = 'system'::text);
CREATE POLICY transferred ON timeline FOR INSERT WITH CHECK (case_id IN ( SELECT t.case_id
   FROM case_transfer t
  WHERE (t.to_org = (NULLIF(current_setting('concordat.org'::text, true), ''::text))::uuid)));
GRANT DELETE, INSERT, SELECT, UPDATE ON timeline TO concordat_records;

CREATE SEQUENCE case_serial INCREMENT BY 1;

CREATE OR REPLACE FUNCTION records.acting_areas()
 RETURNS uuid[]
 LANGUAGE sql
 STABLE
AS $function$
  SELECT areas FROM member WHERE user_id = acting_user() AND org_id = acting_org() AND active $function$;

CREATE OR REPLACE FUNCTION records.acting_by(role text)
 RETURNS boolean
 LANGUAGE sql
 STABLE
AS $function$
  SELECT EXISTS (SELECT 1 FROM member m WHERE m.user_id = acting_user() AND m.org_id = acting_org() AND m.active AND role = ANY (m.roles)) $function$;

CREATE OR REPLACE FUNCTION records.acting_org()
 RETURNS uuid
 LANGUAGE sql
 STABLE
AS $function$ SELECT nullif(current_setting('concordat.org', true), '')::uuid $function$;

CREATE OR REPLACE FUNCTION records.acting_user()
 RETURNS uuid
 LANGUAGE sql
 STABLE
AS $function$ SELECT nullif(current_setting('concordat.user', true), '')::uuid $function$;

CREATE OR REPLACE FUNCTION records.answers_for(recipient uuid, recipient_org uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'records'
AS $function$
  SELECT recipient_org = nullif(current_setting('concordat.org', true), '')::uuid
     AND (recipient = nullif(current_setting('concordat.user', true), '')::uuid
          OR EXISTS (SELECT 1 FROM member m WHERE m.user_id = recipient AND m.org_id = recipient_org
                        AND m.manager_id = nullif(current_setting('concordat.user', true), '')::uuid))
$function$;

CREATE OR REPLACE FUNCTION records.assign_case(asked uuid, next_owner uuid, moment timestamp with time zone, mover uuid)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'records'
AS $function$
DECLARE lead uuid; moved int;
BEGIN
  SELECT f.lead_org INTO lead FROM case_file f WHERE f.id = asked;
  IF lead IS DISTINCT FROM nullif(current_setting('concordat.org', true), '')::uuid THEN
    RAISE insufficient_privilege;
  END IF;
  PERFORM change_owner(asked, next_owner, lead, moment, 'assigned', mover);
  UPDATE case_file f SET version = f.version + 1 WHERE f.id = asked RETURNING f.version INTO moved;
  RETURN moved;
END $function$;

CREATE OR REPLACE FUNCTION records.bring_in_case(new_id uuid, reference text, kind text, area uuid, facts jsonb, is_closed boolean, of_source text, of_record text, said jsonb, opened date, latest date, import uuid, moment timestamp with time zone)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'records'
AS $function$
BEGIN
  IF NOT (current_setting('concordat.scope', true) = 'user' AND acting_org() IS NOT NULL AND acting_by('safeguarding-lead')) OR NOT (cardinality(acting_areas()) = 0 OR area = ANY (acting_areas()))
     OR NOT EXISTS (SELECT 1 FROM area a WHERE a.area_id = bring_in_case.area AND a.active)
     OR EXISTS (SELECT 1 FROM erasure e WHERE e.case_id = new_id) THEN
    RAISE insufficient_privilege;
  END IF;
  INSERT INTO case_file (id, reference, status, kind, area_id, lead_org, referral_id, opened_at, subject_name, key_facts)
  VALUES (new_id, reference, CASE WHEN is_closed THEN 'closed' ELSE 'open' END, kind, area, acting_org(), NULL, moment, 'Name not known', facts);
  INSERT INTO participation (case_id, org_id, level, since, changed_by) VALUES (new_id, acting_org(), 'lead', moment, acting_user());
  INSERT INTO case_origin (case_id, org_id, source, record, said, opened, latest, import_id, by_id, at)
  VALUES (new_id, acting_org(), of_source, of_record, said, opened, latest, import, acting_user(), moment);
END $function$;

CREATE OR REPLACE FUNCTION records.bring_in_person(asked uuid, person uuid, details jsonb, part text[], of_source text, of_record text, said jsonb, import uuid, moment timestamp with time zone)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'records'
AS $function$
BEGIN
  IF NOT (current_setting('concordat.scope', true) = 'user' AND acting_org() IS NOT NULL AND acting_by('safeguarding-lead')) OR NOT works_on_case(asked) OR (details IS NULL AND NOT in_shared_case(person)) THEN
    RAISE insufficient_privilege;
  END IF;
  IF details IS NOT NULL THEN
    INSERT INTO person (id, content) VALUES (person, details);
  END IF;
  INSERT INTO case_person (case_id, person_id, place, roles)
  SELECT asked, person, coalesce(max(place), 0) + 1, part FROM case_person WHERE case_id = asked ON CONFLICT DO NOTHING;
  INSERT INTO person_origin (org_id, source, record, case_id, person_id, said, import_id, by_id, at)
  VALUES (acting_org(), of_source, of_record, asked, person, said, import, acting_user(), moment);
END $function$;

CREATE OR REPLACE FUNCTION records.case_behind(asked text, asked_id uuid)
 RETURNS TABLE(id uuid, reference text, lead_org uuid, area_id uuid, restricted boolean)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'records'
AS $function$
  SELECT f.id, f.reference, f.lead_org, f.area_id, is_restricted(f.id) FROM case_file f WHERE f.reference = asked OR f.id = asked_id
$function$;

CREATE OR REPLACE FUNCTION records.case_on_offer(offer uuid)
 RETURNS TABLE(kind text, id uuid, roles text[], deceased text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'records'
AS $function$
  SELECT f.kind, p.id, c.roles, p.content -> 'deceased' ->> 'answer' FROM case_transfer t JOIN case_file f ON f.id = t.case_id
    JOIN case_person c ON c.case_id = t.case_id JOIN person p ON p.id = c.person_id
   WHERE t.id = offer AND t.state = 'offered' AND answers_for(t.to_id, t.to_org) AND t.case_id <> ALL (hidden_cases(false))
   ORDER BY c.place
$function$;

CREATE OR REPLACE FUNCTION records.case_transfer_offers(asked uuid)
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'records'
AS $function$
  SELECT t.id FROM case_transfer t WHERE t.case_id = asked AND t.state = 'offered' AND takes_part(asked)
$function$;

CREATE OR REPLACE FUNCTION records.change_owner(asked uuid, next_owner uuid, next_org uuid, moment timestamp with time zone, cause text, mover uuid)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'records'
AS $function$
BEGIN
  INSERT INTO case_ownership (case_id, owner_id, org_id, area_id, since, how, by_id)
  SELECT f.id, owner_of(f.id), f.lead_org, f.area_id, f.opened_at, 'opened', owner_of(f.id) FROM case_file f
   WHERE f.id = asked AND NOT EXISTS (SELECT 1 FROM case_ownership o WHERE o.case_id = asked);
  UPDATE case_ownership SET until = moment WHERE case_id = asked AND until IS NULL;
  INSERT INTO case_ownership (case_id, owner_id, org_id, area_id, since, how, by_id)
  SELECT f.id, next_owner, next_org, f.area_id, moment, cause, mover FROM case_file f WHERE f.id = asked;
END $function$;

CREATE OR REPLACE FUNCTION records.correct_case_origin(asked uuid, now_said jsonb, now_opened date, now_latest date, import uuid, moment timestamp with time zone)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'records'
AS $function$
BEGIN
  IF current_setting('concordat.scope', true) IS DISTINCT FROM 'user' OR NOT acting_by('safeguarding-lead') OR NOT works_on_case(asked)
     OR NOT EXISTS (SELECT 1 FROM case_origin o WHERE o.case_id = asked AND o.org_id = acting_org()) THEN
    RAISE insufficient_privilege;
  END IF;
  INSERT INTO case_origin_before (case_id, ended_at, said, by_id, import_id)
  SELECT asked, moment, o.said, acting_user(), import FROM case_origin o WHERE o.case_id = asked;
  UPDATE case_origin SET said = now_said, opened = now_opened, latest = now_latest WHERE case_id = asked;
  -- Until when it is kept is calculated anew.
  UPDATE retention SET calculated_at = '-infinity' WHERE case_id = asked;
END $function$;

CREATE OR REPLACE FUNCTION records.correct_person_origin(asked uuid, of_source text, of_record text, now_said jsonb)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'records'
AS $function$
BEGIN
  IF current_setting('concordat.scope', true) IS DISTINCT FROM 'user' OR NOT acting_by('safeguarding-lead') OR NOT works_on_case(asked) THEN
    RAISE insufficient_privilege;
  END IF;
  UPDATE person_origin SET said = now_said
   WHERE org_id = acting_org() AND source = of_source AND record = of_record AND case_id = asked;
END $function$;

CREATE OR REPLACE FUNCTION records.create_person_in(asked uuid, new_id uuid, details jsonb, part text[])
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'records'
AS $function$
BEGIN
  IF NOT works_on_case(asked) THEN
    RAISE insufficient_privilege;
  END IF;
  INSERT INTO person (id, content) VALUES (new_id, details);
  INSERT INTO case_person (case_id, person_id, place, roles)
  SELECT asked, new_id, coalesce(max(place), 0) + 1, part FROM case_person WHERE case_id = asked;
END $function$;

CREATE OR REPLACE FUNCTION records.demand_permit()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  IF NEW.to_id IS NOT NULL AND (NEW.permit ->> 'decisionId' IS NULL OR NEW.permit ->> 'isa' IS NULL OR NEW.permit ->> 'flowId' IS NULL) THEN
    RAISE EXCEPTION 'a referral to another agency carries the decision that permits it' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $function$;

CREATE OR REPLACE FUNCTION records.demand_permit_of_offer()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'records'
AS $function$
BEGIN
  IF NEW.state = 'offered' AND NOT is_permit(NEW.permit) THEN
    RAISE EXCEPTION 'a case is offered to another agency under the decision that permits it' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $function$;

CREATE OR REPLACE FUNCTION records.demand_permit_of_part()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'records'
AS $function$
BEGIN
  -- A preview is the reference and the lead agency, and nothing of what is in the case.
  IF NEW.level = 'preview' OR (is_permit(NEW.permit) AND NEW.sharing ->> 'purpose' IS NOT NULL)
     OR EXISTS (SELECT 1 FROM case_file f WHERE f.id = NEW.case_id AND f.opened_at = NEW.since) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'an agency takes part in a case under the decision that permits it' USING ERRCODE = 'check_violation';
END $function$;

CREATE OR REPLACE FUNCTION records.do_referred_action(completed uuid, moment timestamp with time zone, doer uuid, said text)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'records'
AS $function$
DECLARE r onward_referral; was_open boolean;
BEGIN
  SELECT * INTO r FROM onward_referral o WHERE o.id = completed AND o.state = 'accepted' AND answers_for(o.to_id, o.to_org);
  IF r.id IS NULL OR r.case_id = ANY (hidden_cases(false)) THEN
    RAISE insufficient_privilege;
  END IF;
  SELECT f.ended_at IS NULL INTO was_open FROM case_fact f WHERE f.id = r.action_id FOR UPDATE;
  UPDATE case_fact f SET ended_at = coalesce(f.ended_at, moment), ended_by = coalesce(f.ended_by, doer),
         ended_org = coalesce(f.ended_org, r.to_org), ended_why = concat_ws(E'\n', f.ended_why, said)
   WHERE f.id = r.action_id;
  RETURN coalesce(was_open, false);
END $function$;

CREATE OR REPLACE FUNCTION records.erase_case(asked uuid, moment timestamp with time zone)
 RETURNS TABLE(erased_referral uuid, erased_people uuid[])
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'records'
AS $function$
DECLARE k retention; f case_file; gone uuid[];
BEGIN
  SELECT * INTO k FROM retention WHERE case_id = asked FOR UPDATE;
  IF current_setting('concordat.scope', true) IS DISTINCT FROM 'system' OR k.state IS DISTINCT FROM 'confirmed'
     OR k.moratorium IS NOT NULL OR k.due_on > (moment AT TIME ZONE 'Europe/London')::date
     OR EXISTS (SELECT 1 FROM retention_hold h WHERE h.case_id = asked AND h.released_at IS NULL) THEN
    RAISE insufficient_privilege;
  END IF;
  SELECT * INTO f FROM case_file WHERE id = asked FOR UPDATE;
  WITH RECURSIVE alone(id) AS (
    SELECT c.person_id FROM case_person c WHERE c.case_id = asked
       AND NOT EXISTS (SELECT 1 FROM case_person o WHERE o.person_id = c.person_id AND o.case_id <> asked)
    -- Records that stand aside for somebody who stays, and came from this case alone: apart they would be in no case.
    UNION SELECT m.merged_id FROM person_merge m JOIN case_person c ON c.case_id = asked AND c.person_id = m.survivor_id
     WHERE m.undone_at IS NULL AND NOT EXISTS (SELECT 1 FROM jsonb_array_elements(m.places->'cases') p WHERE p->>'case_id' <> asked::text)
    UNION SELECT p.id FROM alone a JOIN person p ON p.merged_into = a.id)
  SELECT coalesce(array_agg(id), '{}') INTO gone FROM alone;
  -- A restriction of such a record goes on protecting whoever stays.
  UPDATE restriction SET person_id = applies_to WHERE person_id = ANY (gone) AND applies_to <> ALL (gone);

  INSERT INTO erasure (case_id, reference, referral_id, kind, area_id, lead_org, restricted, rule, rule_version, pack, due_on,
    decision_id, proposed_by, proposed_at, confirmed_by, confirmed_at, erased_at, people, documents)
  SELECT f.id, f.reference, f.referral_id, f.kind, f.area_id, f.lead_org, is_restricted(f.id), k.rule, k.rule_version, k.pack, k.due_on,
    k.decision_id, k.proposed_by, k.proposed_at, k.confirmed_by, k.confirmed_at, moment, cardinality(gone),
    (SELECT count(*) FROM document d WHERE d.case_id = asked);

  INSERT INTO object_to_remove (key, since)
  SELECT v.key, moment FROM document_version v WHERE v.case_id = asked
   UNION SELECT u.id, moment FROM document_upload u WHERE u.case_id = asked ON CONFLICT DO NOTHING;
  PERFORM erase_what_belongs('case_file', ARRAY[asked]);

  -- What was known of somebody else while the two records were one: it is of both.
  DELETE FROM person_version v USING person_merge m
   WHERE m.merged_id = ANY (gone) AND m.survivor_id = v.person_id AND v.ended_by = 'separated';
  -- Undoing a merge of others would put them back into what is no longer there.
  UPDATE person_merge m SET places = jsonb_set(jsonb_set(m.places,
      '{cases}', (SELECT coalesce(jsonb_agg(c), '[]') FROM jsonb_array_elements(m.places->'cases') c WHERE c->>'case_id' <> asked::text)),
      '{relationships}', (SELECT coalesce(jsonb_agg(r), '[]') FROM jsonb_array_elements(m.places->'relationships') r
         WHERE (r->>'person_id')::uuid <> ALL (gone) AND (r->>'other_id')::uuid <> ALL (gone)))
   WHERE m.places->'cases' @> jsonb_build_array(jsonb_build_object('case_id', asked))
      OR EXISTS (SELECT 1 FROM jsonb_array_elements(m.places->'relationships') r
                  WHERE (r->>'person_id')::uuid = ANY (gone) OR (r->>'other_id')::uuid = ANY (gone));
  PERFORM erase_what_belongs('person', gone);
  DELETE FROM person WHERE id = ANY (gone);
  DELETE FROM case_file WHERE id = asked;
  -- A referral that was reopened has another case: it stays with that.
  RETURN QUERY SELECT CASE WHEN EXISTS (SELECT 1 FROM case_file o WHERE o.referral_id = f.referral_id) THEN NULL ELSE f.referral_id END, gone;
END $function$;

CREATE OR REPLACE FUNCTION records.erase_what_belongs(to_table regclass, wanted uuid[])
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'records'
AS $function$
DECLARE link record; found uuid[];
BEGIN
  FOR link IN SELECT c.conrelid::regclass AS child, a.attname AS part,
                     EXISTS (SELECT 1 FROM pg_constraint d WHERE d.contype = 'f' AND d.confrelid = c.conrelid) AS has_more
                FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
               WHERE c.contype = 'f' AND c.confrelid = to_table AND c.conrelid <> to_table AND cardinality(c.conkey) = 1
               ORDER BY 3 DESC, 1, 2
  LOOP
    IF link.has_more THEN
      EXECUTE format('SELECT array_agg(id) FROM %s WHERE %I = ANY ($1)', link.child, link.part) INTO found USING wanted;
      IF found IS NOT NULL THEN
        PERFORM erase_what_belongs(link.child, found);
      END IF;
    END IF;
    EXECUTE format('DELETE FROM %s WHERE %I = ANY ($1)', link.child, link.part) USING wanted;
  END LOOP;
END $function$;

CREATE OR REPLACE FUNCTION records.files_to_answer(asked_request uuid)
 RETURNS TABLE(item_id uuid, document_id uuid, version integer, key uuid, type text, ending text, digest text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'records'
AS $function$
  SELECT i.id, v.document_id, v.version, v.key, v.type, v.ending, v.digest
    FROM access_request r JOIN access_item i ON i.request_id = r.id AND i.source = 'records' AND i.kind = 'document'
    JOIN document_version v ON i.ref = v.document_id || '/' || v.version
   WHERE r.id = asked_request AND acting_by('information-governance-lead')
     AND (cardinality(acting_areas()) = 0 OR r.area_id = ANY (acting_areas()))
     AND EXISTS (SELECT 1 FROM people_to_answer(NULL, NULL, r.person_id))
   ORDER BY i.at, i.ref
$function$;

CREATE OR REPLACE FUNCTION records.follow_people(changed uuid[])
 RETURNS TABLE(id uuid)
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'records'
AS $function$
  UPDATE restriction r SET applies_to = standing_for(r.person_id)
   WHERE r.lifted_at IS NULL AND (r.applies_to = ANY (changed) OR r.person_id = ANY (changed)) RETURNING r.id
$function$;

CREATE OR REPLACE FUNCTION records.forget_known_match()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'records'
AS $function$
BEGIN
  UPDATE known_question SET who = NULL WHERE id = OLD.question_id AND current_setting('concordat.scope', true) = 'system';
  RETURN NULL;
END $function$;

CREATE OR REPLACE FUNCTION records.forget_text()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'records'
AS $function$
BEGIN
  DELETE FROM search_text WHERE id = OLD.id;
  RETURN NULL;
END $function$;

CREATE OR REPLACE FUNCTION records.glass_cases()
 RETURNS uuid[]
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'records'
AS $function$
  SELECT coalesce(array_agg(case_id), '{}') FROM break_glass
   WHERE user_id = acting_user() AND org_id = acting_org() AND until > statement_timestamp()
$function$;

CREATE OR REPLACE FUNCTION records.ground_of(asked uuid)
 RETURNS text
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'records'
AS $function$
  SELECT CASE WHEN has_part(asked) AND asked <> ALL (hidden_cases(false)) THEN 'part'
              WHEN has_part(asked) AND asked <> ALL (hidden_cases(true)) THEN 'qualified'
              WHEN asked = ANY (glass_cases()) THEN 'glass' END
$function$;

CREATE OR REPLACE FUNCTION records.has_part(asked uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'records'
AS $function$
  SELECT EXISTS (SELECT 1 FROM participation p WHERE p.case_id = asked AND p.until IS NULL AND p.org_id = acting_org())
$function$;

CREATE OR REPLACE FUNCTION records.held_about(asked uuid)
 RETURNS TABLE(kind text, ref text, at timestamp with time zone, title text, content jsonb, others boolean)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'records'
AS $function$
  WITH asked_for AS (SELECT a.id FROM people_to_answer(NULL, NULL, asked) a),
  places AS (SELECT c.case_id, c.roles, f.reference, f.kind, f.opened_at
               FROM asked_for a JOIN case_person c ON c.person_id = a.id JOIN case_file f ON f.id = c.case_id)
  SELECT 'details', p.id::text, p.created_at, 'What is known of them', p.content, false FROM asked_for a JOIN person p ON p.id = a.id
  UNION ALL
  SELECT 'earlier-details', v.person_id || '/' || v.version, v.ended_at, 'What was known of them before', v.content, v.ended_by <> 'corrected'
    FROM asked_for a JOIN person_version v ON v.person_id = a.id
  UNION ALL
  SELECT 'relationship', r.id::text, r.recorded_at, 'A relationship',
         jsonb_build_object('kind', r.kind, 'other', o.content->'name', 'since', r.since, 'until', r.until), true
    FROM asked_for a JOIN relationship r ON a.id IN (r.person_id, r.other_id)
    JOIN person o ON o.id = CASE WHEN r.person_id = a.id THEN r.other_id ELSE r.person_id END
  UNION ALL
  SELECT 'case', p.case_id::text, p.opened_at, 'Case ' || p.reference,
         jsonb_build_object('reference', p.reference, 'kind', p.kind, 'opened', p.opened_at, 'roles', to_jsonb(p.roles)) || coalesce(
           (SELECT jsonb_build_object('brought in from', o.source, 'reference there', o.record, 'as it was there', o.said) FROM case_origin o
             WHERE o.case_id = p.case_id), '{}') || coalesce(
           (SELECT jsonb_build_object('their references there', jsonb_agg(o.source || ' ' || o.record ORDER BY o.at)) FROM person_origin o
             WHERE o.case_id = p.case_id AND o.person_id IN (SELECT id FROM asked_for) HAVING count(*) > 0), '{}'), NOT 'subject' = ANY (p.roles)
    FROM places p
  UNION ALL
  SELECT 'entry', e.id || '/' || e.version, e.recorded_at, 'Chronology of case ' || p.reference, e.content, true
    FROM places p JOIN chronology_entry e ON e.case_id = p.case_id AND e.superseded_at IS NULL AND e.what <> 'withdrawn'
  UNION ALL
  SELECT 'note', n.id::text, n.at, 'Note on case ' || p.reference, jsonb_build_object('text', n.text), true
    FROM places p JOIN case_note n ON n.case_id = p.case_id
  UNION ALL
  SELECT 'fact', x.id::text, x.recorded_at, 'Key fact of case ' || p.reference, x.content || jsonb_build_object('kind', x.kind), true
    FROM places p JOIN case_fact x ON x.case_id = p.case_id
  UNION ALL
  SELECT 'document', d.id || '/' || v.version, v.at, 'Document of case ' || p.reference || ', version ' || v.version,
         jsonb_strip_nulls(jsonb_build_object('title', d.title, 'note', d.note, 'file', upper(v.ending) || ', ' || v.size || ' bytes',
           'redacted copy', CASE WHEN d.redaction_of IS NOT NULL THEN 'yes' END)), d.redaction_of IS NULL
    FROM places p JOIN document d ON d.case_id = p.case_id JOIN document_version v ON v.document_id = d.id
$function$;

CREATE OR REPLACE FUNCTION records.hidden_cases(reading boolean)
 RETURNS uuid[]
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'records'
AS $function$
  SELECT coalesce(array_agg(DISTINCT x.case_id), '{}') FROM restricted_case x
   WHERE NOT EXISTS (SELECT 1 FROM restriction_named n
                      WHERE n.restriction_id = x.restriction_id AND n.user_id = acting_user() AND n.until IS NULL)
     AND NOT (reading AND acting_by('restricted-records'))
$function$;

CREATE OR REPLACE FUNCTION records.in_case_among(asked uuid, cases uuid[])
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'records'
AS $function$
  SELECT cardinality(cases) > 0 AND EXISTS (SELECT 1 FROM case_person c WHERE c.person_id = asked AND c.case_id = ANY (cases))
$function$;

CREATE OR REPLACE FUNCTION records.in_case_outside(asked uuid, hidden uuid[])
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'records'
AS $function$
  SELECT EXISTS (SELECT 1 FROM case_person c JOIN participation p ON p.case_id = c.case_id AND p.until IS NULL
                  WHERE c.person_id = asked AND p.level <> 'preview' AND p.org_id = acting_org() AND c.case_id <> ALL (hidden))
$function$;

CREATE OR REPLACE FUNCTION records.in_shared_case(asked uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'records'
AS $function$
  SELECT in_case_outside(asked, hidden_cases(false))
$function$;

CREATE OR REPLACE FUNCTION records.is_closed_to(asked uuid, somebody uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'records'
AS $function$
  SELECT EXISTS (SELECT 1 FROM restricted_case x WHERE x.case_id = asked AND NOT EXISTS (
    SELECT 1 FROM restriction_named n WHERE n.restriction_id = x.restriction_id AND n.user_id = somebody AND n.until IS NULL))
$function$;

CREATE OR REPLACE FUNCTION records.is_permit(permit jsonb)
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE
AS $function$
  SELECT coalesce(permit ->> 'decisionId' IS NOT NULL AND permit ->> 'isa' IS NOT NULL AND permit ->> 'flowId' IS NOT NULL, false)
$function$;

CREATE OR REPLACE FUNCTION records.is_restricted(asked uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'records'
AS $function$
  SELECT EXISTS (SELECT 1 FROM restricted_case x WHERE x.case_id = asked)
$function$;

CREATE OR REPLACE FUNCTION records.keep_known_answer()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  IF (to_jsonb(OLD) - 'who') IS DISTINCT FROM (to_jsonb(NEW) - 'who') OR NEW.who IS NOT NULL AND NEW.who IS DISTINCT FROM OLD.who THEN
    RAISE EXCEPTION 'an answer is never changed' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $function$;

CREATE OR REPLACE FUNCTION records.keep_known_matches(asked uuid, people uuid[], bands text[])
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'records'
AS $function$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM known_question q WHERE q.id = asked AND q.asked_by = acting_user() AND q.asked_org = acting_org() AND q.state = 'waiting') THEN
    RAISE insufficient_privilege;
  END IF;
  DELETE FROM known_match WHERE question_id = asked;
  INSERT INTO known_match (question_id, person_id, band) SELECT asked, p, b FROM unnest(people, bands) x(p, b);
END $function$;

CREATE OR REPLACE FUNCTION records.keep_match_keys()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'records'
AS $function$
BEGIN
  IF TG_OP <> 'INSERT' THEN
    DELETE FROM person_match_key WHERE person_id = OLD.person_id AND key IN (SELECT hashtextextended(k, 0) FROM unnest(OLD.keys) k);
  END IF;
  IF TG_OP <> 'DELETE' THEN
    INSERT INTO person_match_key SELECT DISTINCT hashtextextended(k, 0), NEW.person_id FROM unnest(NEW.keys) k;
  END IF;
  RETURN NULL;
END $function$;

CREATE OR REPLACE FUNCTION records.keep_member()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'records'
AS $function$
BEGIN
  INSERT INTO member_history (user_id, org_id, since, roles, areas, active)
  VALUES (NEW.user_id, NEW.org_id, NEW.changed_at, NEW.roles, NEW.areas, NEW.active)
  ON CONFLICT (user_id, org_id, since) DO UPDATE SET roles = EXCLUDED.roles, areas = EXCLUDED.areas, active = EXCLUDED.active;
  RETURN NULL;
END $function$;

CREATE OR REPLACE FUNCTION records.keep_place()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'records'
AS $function$
BEGIN
  IF TG_OP <> 'INSERT' THEN
    UPDATE case_place SET until = now() WHERE case_id = OLD.case_id AND person_id = OLD.person_id AND until IS NULL;
  END IF;
  IF TG_OP <> 'DELETE' THEN
    INSERT INTO case_place (case_id, person_id, place, roles, since) VALUES (NEW.case_id, NEW.person_id, NEW.place, NEW.roles, now())
    ON CONFLICT (case_id, person_id, since) DO UPDATE SET place = EXCLUDED.place, roles = EXCLUDED.roles, until = NULL;
  END IF;
  RETURN NULL;
END $function$;

CREATE OR REPLACE FUNCTION records.keep_relationship()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'records'
AS $function$
BEGIN
  IF TG_OP <> 'INSERT' THEN
    UPDATE relationship_state SET known_until = now() WHERE relationship_id = OLD.id AND known_until IS NULL;
  END IF;
  IF TG_OP <> 'DELETE' THEN
    INSERT INTO relationship_state (relationship_id, person_id, other_id, kind, since, until, org_id, known_from)
    VALUES (NEW.id, NEW.person_id, NEW.other_id, NEW.kind, NEW.since, NEW.until, NEW.org_id, now())
    ON CONFLICT (relationship_id, known_from) DO UPDATE SET person_id = EXCLUDED.person_id, other_id = EXCLUDED.other_id,
      kind = EXCLUDED.kind, since = EXCLUDED.since, until = EXCLUDED.until, org_id = EXCLUDED.org_id, known_until = NULL;
  END IF;
  RETURN NULL;
END $function$;

CREATE OR REPLACE FUNCTION records.keep_while_asked()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  IF OLD.state IN ('open', 'prepared') THEN
    RAISE restrict_violation USING MESSAGE = 'somebody has asked for what would be erased';
  END IF;
  RETURN OLD;
END $function$;

CREATE OR REPLACE FUNCTION records.keeping_facts(asked uuid[])
 RETURNS TABLE(case_id uuid, reference text, kind text, area_id uuid, lead_org uuid, opened_at timestamp with time zone, last_involvement timestamp with time zone, people jsonb)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'records'
AS $function$
  SELECT f.id, f.reference, f.kind, f.area_id, f.lead_org, coalesce((b.opened + time '12:00') AT TIME ZONE 'Europe/London', f.opened_at),
         greatest(coalesce((b.latest + time '12:00') AT TIME ZONE 'Europe/London', f.opened_at),
           (SELECT max(t.at) FROM timeline t WHERE t.case_id = f.id AND (b.case_id IS NULL OR t.what <> ALL ('{case-brought-in,person-brought-in,people-merged,merge-undone}'::text[]))),
           (SELECT max(n.at) FROM case_note n WHERE n.case_id = f.id),
           (SELECT max(CASE WHEN b.case_id IS NOT NULL AND e.version = 1 AND e.content ? 'original'
                     THEN least(e.recorded_at, (greatest(e.latest, (e.content #>> '{original,recordedOn}')::date) + time '12:00') AT TIME ZONE 'Europe/London') ELSE e.recorded_at END)
              FROM chronology_entry e WHERE e.case_id = f.id),
           (SELECT max(v.at) FROM document_version v WHERE v.case_id = f.id),
           (SELECT max(c.recorded_at) FROM case_fact c WHERE c.case_id = f.id)),
         (SELECT coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'roles', to_jsonb(c.roles), 'datesOfBirth', p.content->'datesOfBirth',
                   'ageYears', p.content->'ageYears', 'deceased', p.content->'deceased') ORDER BY c.place), '[]')
            FROM case_person c JOIN person p ON p.id = c.person_id WHERE c.case_id = f.id)
    FROM case_file f LEFT JOIN case_origin b ON b.case_id = f.id WHERE f.id = ANY (asked) AND (current_setting('concordat.scope', true) = 'system' OR (acting_by('information-governance-lead')
     AND (cardinality(acting_areas()) = 0 OR f.area_id = ANY (acting_areas()))))
$function$;

CREATE OR REPLACE FUNCTION records.known_asked_since(moment timestamp with time zone, OUT by_user integer, OUT by_agency integer)
 RETURNS record
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'records'
AS $function$
  SELECT (count(*) FILTER (WHERE asked_by = acting_user()))::int, count(*)::int FROM known_question WHERE asked_org = acting_org() AND asked_at > moment
$function$;

CREATE OR REPLACE FUNCTION records.known_candidates(asked uuid, wanted text[], at_most integer)
 RETURNS TABLE(person_id uuid, facts jsonb)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'records'
AS $function$
  SELECT m.person_id, m.facts FROM known_question q JOIN person_match m ON m.keys && wanted
   WHERE q.id = asked AND q.asked_by = acting_user() AND q.asked_org = acting_org() AND q.state = 'waiting' AND is_permit(q.permit)
     AND EXISTS (SELECT 1 FROM case_person c JOIN participation p ON p.case_id = c.case_id AND p.until IS NULL
                  WHERE c.person_id = m.person_id AND p.org_id = q.to_org AND p.level <> 'preview'
                    AND (p.level = 'lead' OR p.sharing IS NULL))
     AND NOT EXISTS (SELECT 1 FROM case_person c JOIN restricted_case x ON x.case_id = c.case_id WHERE c.person_id = m.person_id)
   ORDER BY (SELECT count(*) FROM unnest(m.keys) k WHERE k = ANY (wanted)) DESC, m.person_id LIMIT at_most
$function$;

CREATE OR REPLACE FUNCTION records.known_matches(asked uuid)
 RETURNS TABLE(id uuid, band text, name jsonb, births jsonb, cases jsonb)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'records'
AS $function$
  SELECT p.id, k.band, p.content -> 'name', p.content -> 'datesOfBirth',
         (SELECT jsonb_agg(jsonb_build_object('id', f.id, 'reference', f.reference) ORDER BY f.opened_at DESC)
            FROM case_person c JOIN case_file f ON f.id = c.case_id
            JOIN participation a ON a.case_id = f.id AND a.until IS NULL AND a.org_id = q.to_org AND a.level <> 'preview'
           WHERE c.person_id = p.id)
    FROM known_question q JOIN known_match k ON k.question_id = q.id JOIN person p ON p.id = k.person_id
   WHERE q.id = asked AND q.to_org = acting_org() AND (acting_by('information-governance-lead') OR acting_by('safeguarding-lead'))
     AND p.merged_into IS NULL
     AND NOT EXISTS (SELECT 1 FROM case_person c JOIN restricted_case x ON x.case_id = c.case_id WHERE c.person_id = p.id)
   ORDER BY k.band, p.id
$function$;

CREATE OR REPLACE FUNCTION records.look_back(asked_reference text, asked_case uuid, asked_person uuid)
 RETURNS TABLE(cases jsonb, members jsonb)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'records'
AS $function$
  WITH asked AS MATERIALIZED (
    SELECT f.id FROM case_file f
     WHERE acting_by('auditor') AND (f.reference = asked_reference OR f.id = asked_case
           OR f.id IN (SELECT c.case_id FROM case_person c WHERE c.person_id = standing_for(asked_person)))
       AND (NOT is_restricted(f.id) OR acting_by('restricted-records'))),
  uses AS (SELECT g.* FROM break_glass g JOIN asked a ON a.id = g.case_id WHERE NOT g.refused),
  parts AS (SELECT p.* FROM participation p JOIN asked a ON a.id = p.case_id),
  closing AS (
    SELECT r.*, a.id AS closed_case FROM restriction r JOIN asked a ON a.id = r.case_id
       OR r.applies_to IN (SELECT c.person_id FROM case_person c WHERE c.case_id = a.id))
  SELECT (SELECT jsonb_agg(jsonb_build_object('caseId', a.id,
            'parts', (SELECT coalesce(jsonb_agg(jsonb_build_object('orgId', p.org_id, 'level', p.level, 'since', p.since, 'until', p.until)
                        ORDER BY p.since), '[]') FROM parts p WHERE p.case_id = a.id),
            'restrictions', (SELECT coalesce(jsonb_agg(jsonb_build_object('since', r.since, 'until', r.lifted_at, 'named',
                 (SELECT coalesce(jsonb_agg(jsonb_build_object('userId', n.user_id, 'since', n.since, 'until', n.until)), '[]')
                    FROM restriction_named n WHERE n.restriction_id = r.id)) ORDER BY r.since), '[]') FROM closing r WHERE r.closed_case = a.id),
            'glass', (SELECT coalesce(jsonb_agg(jsonb_build_object('id', g.id, 'userId', g.user_id, 'orgId', g.org_id, 'since', g.since,
                 'until', g.until) ORDER BY g.since), '[]') FROM uses g WHERE g.case_id = a.id)) ORDER BY a.id) FROM asked a),
         (SELECT jsonb_agg(jsonb_build_object('userId', m.user_id, 'orgId', m.org_id, 'since', m.since, 'roles', m.roles, 'active', m.active)
            ORDER BY m.org_id, m.user_id, m.since)
            FROM member_history m WHERE m.org_id IN (SELECT org_id FROM parts UNION SELECT org_id FROM uses))
$function$;

CREATE OR REPLACE FUNCTION records.match_candidates(wanted text[], at_most integer)
 RETURNS TABLE(person_id uuid, facts jsonb, digest text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'records'
AS $function$
  SELECT m.person_id, m.facts, m.digest
    FROM (SELECT k.person_id, count(*) AS shared FROM person_match_key k
           WHERE k.key = ANY (ARRAY(SELECT hashtextextended(w, 0) FROM unnest(wanted) w))
           GROUP BY k.person_id ORDER BY shared DESC, k.person_id) s
   CROSS JOIN LATERAL (
         SELECT f.person_id, f.facts, f.digest FROM person_match f WHERE f.person_id = s.person_id AND EXISTS (
           SELECT 1 FROM case_person c JOIN participation p ON p.case_id = c.case_id AND p.until IS NULL
            WHERE c.person_id = f.person_id AND p.level <> 'preview' AND c.case_id <> ALL ((SELECT hidden_cases(false))::uuid[])
              AND p.org_id = nullif(current_setting('concordat.org', true), '')::uuid OFFSET 0) OFFSET 0) m
   ORDER BY s.shared DESC, s.person_id LIMIT at_most
$function$;

CREATE OR REPLACE FUNCTION records.match_frequencies()
 RETURNS TABLE(term text, share real, people real)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'records'
AS $function$
  SELECT t.term, t.share, c.reltuples
    FROM pg_stats s JOIN pg_class c ON c.oid = 'person_match'::regclass,
         unnest(s.most_common_elems::text::text[], s.most_common_elem_freqs) AS t(term, share)
   WHERE s.schemaname = current_schema() AND s.tablename = 'person_match' AND s.attname = 'terms' AND t.term IS NOT NULL
$function$;

CREATE OR REPLACE FUNCTION records.merge_places(survivor uuid, merged uuid)
 RETURNS jsonb
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'records'
AS $function$
DECLARE moved jsonb;
BEGIN
  IF NOT (in_shared_case(survivor) AND in_shared_case(merged)) THEN
    RAISE insufficient_privilege;
  END IF;
  SELECT jsonb_build_object(
    'cases', (SELECT coalesce(jsonb_agg(to_jsonb(c) || jsonb_build_object('survivorRoles',
                (SELECT to_jsonb(s.roles) FROM case_person s WHERE s.case_id = c.case_id AND s.person_id = survivor))), '[]')
                FROM case_person c WHERE c.person_id = merged),
    'relationships', (SELECT coalesce(jsonb_agg(to_jsonb(r)), '[]') FROM relationship r WHERE merged IN (r.person_id, r.other_id)),
    'organisations', (SELECT coalesce(jsonb_agg(DISTINCT p.org_id), '[]') FROM case_person c JOIN participation p ON p.case_id = c.case_id
                       WHERE c.person_id IN (survivor, merged) AND p.until IS NULL AND p.level <> 'preview')) INTO moved;
  UPDATE case_person s SET roles = ARRAY(SELECT DISTINCT r FROM unnest(s.roles || c.roles) r ORDER BY r)
    FROM case_person c WHERE c.person_id = merged AND s.person_id = survivor AND c.case_id = s.case_id;
  DELETE FROM case_person c WHERE c.person_id = merged
     AND EXISTS (SELECT 1 FROM case_person s WHERE s.case_id = c.case_id AND s.person_id = survivor);
  UPDATE case_person SET person_id = survivor WHERE person_id = merged;
  DELETE FROM relationship WHERE (person_id = merged AND other_id = survivor) OR (person_id = survivor AND other_id = merged);
  UPDATE relationship SET person_id = survivor WHERE person_id = merged;
  UPDATE relationship SET other_id = survivor WHERE other_id = merged;
  RETURN moved;
END $function$;

CREATE OR REPLACE FUNCTION records.name_leads(asked uuid, at timestamp with time zone)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'records'
AS $function$
  INSERT INTO restriction_named (restriction_id, user_id, since, by_rule)
  SELECT DISTINCT asked, m.user_id, at, true FROM restricted_case x JOIN case_file f ON f.id = x.case_id
    JOIN member m ON m.org_id = f.lead_org AND m.active AND 'safeguarding-lead' = ANY (m.roles)
   WHERE x.restriction_id = asked AND NOT EXISTS (
         SELECT 1 FROM restriction_named n JOIN member o ON o.user_id = n.user_id AND o.org_id = f.lead_org AND o.active
          WHERE n.restriction_id = asked AND n.until IS NULL AND 'safeguarding-lead' = ANY (o.roles))
  ON CONFLICT DO NOTHING
$function$;

CREATE OR REPLACE FUNCTION records.owner_of(asked uuid)
 RETURNS uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'records'
AS $function$
  SELECT coalesce((SELECT o.owner_id FROM case_ownership o WHERE o.case_id = asked AND o.until IS NULL),
                  (SELECT p.changed_by FROM participation p WHERE p.case_id = asked AND p.level = 'lead' ORDER BY p.since LIMIT 1))
$function$;

CREATE OR REPLACE FUNCTION records.parts_under(asked uuid)
 RETURNS TABLE(case_id uuid, org_id uuid, level text, since timestamp with time zone, restricted boolean)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'records'
AS $function$
  SELECT p.case_id, p.org_id, p.level, p.since, EXISTS (SELECT 1 FROM restricted_case x WHERE x.case_id = p.case_id)
    FROM participation p WHERE p.until IS NULL AND p.case_id = ANY (records_under(asked)) ORDER BY p.case_id, p.org_id
$function$;

CREATE OR REPLACE FUNCTION records.people_brought_in(of_source text, wanted text[])
 RETURNS TABLE(record text, person_id uuid, case_id uuid, said jsonb)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'records'
AS $function$
  SELECT o.record, standing_for(o.person_id), o.case_id, o.said FROM person_origin o
   WHERE current_setting('concordat.scope', true) = 'user' AND acting_org() IS NOT NULL AND acting_by('safeguarding-lead') AND o.org_id = acting_org() AND o.source = of_source AND o.record = ANY (wanted) ORDER BY o.at, o.case_id
$function$;

CREATE OR REPLACE FUNCTION records.people_found(asked tsquery, at_most integer)
 RETURNS TABLE(id uuid, content jsonb, aside jsonb, leads boolean)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER ROWS 100
 SET search_path TO 'records'
 SET enable_seqscan TO 'off'
AS $function$
BEGIN
  IF acting_org() IS NULL THEN RETURN; END IF;
  RETURN QUERY EXECUTE '
    WITH found AS MATERIALIZED (
      SELECT s.person_id FROM search_person s
       WHERE s.terms @@ $1 AND (SELECT true FROM case_person c JOIN participation p ON p.case_id = c.case_id
               WHERE c.person_id = s.person_id AND p.org_id = $2 AND p.until IS NULL AND p.level <> ''preview''
                 AND c.case_id <> ALL ($3) LIMIT 1)
       LIMIT $5)
    SELECT p.id, p.content, (
             WITH RECURSIVE aside AS (
               SELECT m.id, m.content FROM person m WHERE m.merged_into = p.id
               UNION ALL SELECT m.id, m.content FROM aside a JOIN person m ON m.merged_into = a.id)
             SELECT coalesce(jsonb_agg(a.content), ''[]'') FROM aside a),
           EXISTS (SELECT 1 FROM case_person c JOIN case_file f ON f.id = c.case_id
                    WHERE c.person_id = p.id AND f.lead_org = $2 AND f.id <> ALL ($4))
      FROM found JOIN person p ON p.id = found.person_id WHERE p.merged_into IS NULL'
  USING asked && format('''a:%s''', acting_org())::tsquery, acting_org(), hidden_cases(true), hidden_cases(false), at_most;
END $function$;

CREATE OR REPLACE FUNCTION records.people_to_answer(asked_given text, asked_family text, asked_id uuid)
 RETURNS TABLE(id uuid, name jsonb, births jsonb, area_id uuid, cases text[])
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'records'
AS $function$
  SELECT p.id, p.content->'name', coalesce(p.content->'datesOfBirth', '[]'),
         (SELECT f.area_id FROM case_person c JOIN case_file f ON f.id = c.case_id WHERE c.person_id = p.id ORDER BY f.opened_at DESC LIMIT 1),
         ARRAY(SELECT f.reference FROM case_person c JOIN case_file f ON f.id = c.case_id WHERE c.person_id = p.id ORDER BY f.opened_at DESC)
    FROM person p
   WHERE acting_by('information-governance-lead') AND p.merged_into IS NULL
     AND (p.id = asked_id OR (asked_id IS NULL
          AND (asked_given IS NULL OR lower(p.content #>> '{name,given}') = lower(asked_given))
          AND lower(p.content #>> '{name,family}') = lower(asked_family)))
     AND EXISTS (SELECT 1 FROM case_person c JOIN case_file f ON f.id = c.case_id WHERE c.person_id = p.id
                  AND (cardinality(acting_areas()) = 0 OR f.area_id = ANY (acting_areas())))
     AND NOT EXISTS (SELECT 1 FROM case_person c WHERE c.person_id = p.id AND c.case_id = ANY (hidden_cases(false)))
   ORDER BY p.id LIMIT 50
$function$;

CREATE OR REPLACE FUNCTION records.reads_case(asked uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'records'
AS $function$
  SELECT CASE ground_of(asked) WHEN 'glass' THEN true
              ELSE takes_part(asked) AND EXISTS (SELECT 1 FROM participation p WHERE p.case_id = asked AND p.until IS NULL
                     AND p.level <> 'preview' AND p.org_id = nullif(current_setting('concordat.org', true), '')::uuid) END
$function$;

CREATE OR REPLACE FUNCTION records.records_known(of_source text, wanted text[], ids uuid[])
 RETURNS TABLE(record text, standing text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'records'
AS $function$
  SELECT w.record, CASE WHEN o.case_id IS NOT NULL THEN 'there' ELSE 'erased' END
    FROM unnest(wanted, ids) AS w(record, id)
    LEFT JOIN case_origin o ON o.org_id = acting_org() AND o.source = of_source AND o.record = w.record
    LEFT JOIN erasure e ON e.case_id = w.id
   WHERE current_setting('concordat.scope', true) = 'user' AND acting_org() IS NOT NULL AND acting_by('safeguarding-lead') AND (o.case_id IS NOT NULL OR e.case_id IS NOT NULL)
$function$;

CREATE OR REPLACE FUNCTION records.records_under(asked uuid)
 RETURNS uuid[]
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'records'
AS $function$
  WITH RECURSIVE people(id) AS (
    SELECT applies_to FROM restriction WHERE id = asked AND applies_to IS NOT NULL
    UNION SELECT person_id FROM restriction WHERE id = asked AND person_id IS NOT NULL
    UNION SELECT p.id FROM people a JOIN person p ON p.merged_into = a.id),
  cases(id) AS (
    SELECT case_id FROM restriction WHERE id = asked AND case_id IS NOT NULL
    UNION SELECT c.case_id FROM case_person c JOIN restriction r ON r.applies_to = c.person_id WHERE r.id = asked)
  SELECT coalesce(array_agg(DISTINCT id), '{}') FROM (
    SELECT id FROM people UNION SELECT id FROM cases
    UNION SELECT f.referral_id FROM case_file f JOIN cases c ON c.id = f.id WHERE f.referral_id IS NOT NULL
    -- People who are in no case but restricted ones.
    UNION SELECT p.person_id FROM case_person p JOIN cases c ON c.id = p.case_id WHERE NOT EXISTS (
      SELECT 1 FROM case_person o WHERE o.person_id = p.person_id AND o.case_id <> p.case_id
         AND NOT EXISTS (SELECT 1 FROM restricted_case x WHERE x.case_id = o.case_id))) closed
$function$;

CREATE OR REPLACE FUNCTION records.referred_to_me()
 RETURNS TABLE(case_id uuid, person_id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'records'
AS $function$
  SELECT r.case_id, standing_for(p.id) FROM onward_referral r CROSS JOIN unnest(r.people) AS p(id)
   WHERE r.state = 'accepted' AND r.to_org = nullif(current_setting('concordat.org', true), '')::uuid AND answers_for(r.to_id, r.to_org)
     AND r.case_id <> ALL (hidden_cases(false))
$function$;

CREATE OR REPLACE FUNCTION records.refresh_case_names(changed uuid)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'records'
AS $function$
  UPDATE case_file f SET subject_name = coalesce((
      SELECT nullif(concat_ws(' ', p.content #>> '{name,given}', p.content #>> '{name,family}'), '')
        FROM case_person c JOIN person p ON p.id = c.person_id WHERE c.case_id = f.id
       ORDER BY 'subject' = ANY (c.roles) DESC, c.place LIMIT 1), 'Name not known')
   WHERE f.id IN (SELECT c.case_id FROM case_person c WHERE c.person_id = changed) AND in_shared_case(changed)
$function$;

CREATE OR REPLACE FUNCTION records.requests_open_about(asked_case uuid)
 RETURNS integer
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'records'
AS $function$
  SELECT count(*)::int FROM access_request r JOIN case_person c ON c.person_id = r.person_id
   WHERE c.case_id = asked_case AND r.state IN ('open', 'prepared')
$function$;

CREATE OR REPLACE FUNCTION records.restrictions_of(people uuid[])
 RETURNS uuid[]
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'records'
AS $function$
  SELECT coalesce(array_agg(r.id), '{}') FROM restriction r
   WHERE r.lifted_at IS NULL AND r.applies_to IN (SELECT standing_for(p) FROM unnest(people) p)
$function$;

CREATE OR REPLACE FUNCTION records.sees_restricted(asked_case uuid, asked_person uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'records'
AS $function$
  SELECT CASE WHEN asked_case IS NOT NULL THEN ground_of(asked_case) IS NOT NULL
              ELSE in_case_outside(asked_person, hidden_cases(true)) OR in_case_among(asked_person, glass_cases()) END
$function$;

CREATE OR REPLACE FUNCTION records.sees_restriction(asked uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'records'
AS $function$
  SELECT EXISTS (SELECT 1 FROM restriction r WHERE r.id = asked AND sees_restricted(r.case_id, r.applies_to))
$function$;

CREATE OR REPLACE FUNCTION records.standing_for(asked uuid)
 RETURNS uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'records'
AS $function$
  WITH RECURSIVE aside(id, merged_into) AS (
    SELECT id, merged_into FROM person WHERE id = asked
    UNION SELECT p.id, p.merged_into FROM aside a JOIN person p ON p.id = a.merged_into)
  SELECT coalesce((SELECT id FROM aside WHERE merged_into IS NULL), asked)
$function$;

CREATE OR REPLACE FUNCTION records.stubs()
 RETURNS TABLE(case_id uuid, kind text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'records'
AS $function$
  SELECT x.case_id, min(r.kind) FROM restricted_case x JOIN restriction r ON r.id = x.restriction_id
    JOIN participation p ON p.case_id = x.case_id AND p.until IS NULL AND p.level <> 'preview' AND p.org_id = acting_org()
   WHERE x.case_id = ANY (hidden_cases(true))
   GROUP BY x.case_id HAVING bool_and(x.trace = 'stub') ORDER BY x.case_id
$function$;

CREATE OR REPLACE FUNCTION records.take_over_case(offer uuid, moment timestamp with time zone, mover uuid, permit jsonb, kept_permit jsonb, sharing jsonb)
 RETURNS TABLE(version integer, previous_owner uuid)
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'records'
AS $function$
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
END $function$;

CREATE OR REPLACE FUNCTION records.takes_part(asked uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'records'
AS $function$
  SELECT ground_of(asked) IS NOT NULL
$function$;

CREATE OR REPLACE FUNCTION records.tell_cases_of(changed uuid, happened text, happened_at timestamp with time zone, org uuid, actor uuid)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'records'
AS $function$
  INSERT INTO timeline (case_id, at, what, org_id, by_id)
  SELECT c.case_id, happened_at, happened, org, actor FROM case_person c WHERE c.person_id = changed AND in_shared_case(changed)
$function$;

CREATE OR REPLACE FUNCTION records.texts_found(asked tsquery, after_at timestamp with time zone, after_id uuid, at_most integer)
 RETURNS TABLE(id uuid, kind text, case_id uuid, at timestamp with time zone)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER ROWS 100
 SET search_path TO 'records'
 SET enable_seqscan TO 'off'
AS $function$
BEGIN
  IF acting_org() IS NULL THEN RETURN; END IF;
  RETURN QUERY EXECUTE '
    SELECT s.id, s.kind, s.case_id, s.at FROM search_text s
     WHERE s.terms @@ $1 AND ($4::timestamptz IS NULL OR (s.at, s.id) < ($4, $5)) AND s.case_id <> ALL ($3)
       AND (SELECT true FROM participation p WHERE p.case_id = s.case_id AND p.org_id = $2 AND p.until IS NULL AND p.level <> ''preview'')
     ORDER BY s.at DESC, s.id DESC LIMIT $6'
  USING asked && format('''a:%s''', acting_org())::tsquery, acting_org(), hidden_cases(true), after_at, after_id, at_most;
END $function$;

CREATE OR REPLACE FUNCTION records.texts_found(asked tsquery, after_at timestamp with time zone, after_id uuid, at_most integer, refused uuid[])
 RETURNS TABLE(id uuid, kind text, case_id uuid, at timestamp with time zone)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER ROWS 100
 SET search_path TO 'records'
 SET enable_seqscan TO 'off'
AS $function$
BEGIN
  IF acting_org() IS NULL THEN RETURN; END IF;
  RETURN QUERY EXECUTE '
    SELECT s.id, s.kind, s.case_id, s.at FROM search_text s
     WHERE s.terms @@ $1 AND ($4::timestamptz IS NULL OR (s.at, s.id) < ($4, $5)) AND s.case_id <> ALL ($3)
       AND (SELECT true FROM participation p WHERE p.case_id = s.case_id AND p.org_id = $2 AND p.until IS NULL AND p.level <> ''preview'')
       AND (s.case_id <> ALL ($7)
         OR EXISTS (SELECT 1 FROM chronology_entry e WHERE s.kind = ''entry'' AND e.id = s.id AND e.org_id = $2)
         OR EXISTS (SELECT 1 FROM case_note n WHERE s.kind = ''note'' AND n.id = s.id AND n.org_id = $2)
         OR EXISTS (SELECT 1 FROM document d WHERE s.kind = ''document'' AND d.id = s.id AND d.org_id = $2))
     ORDER BY s.at DESC, s.id DESC LIMIT $6'
  USING asked && format('''a:%s''', acting_org())::tsquery, acting_org(), hidden_cases(true), after_at, after_id, at_most, refused;
END $function$;

CREATE OR REPLACE FUNCTION records.told_of(asked uuid)
 RETURNS TABLE(version integer, trace text, live boolean, records uuid[], staff uuid[])
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'records'
AS $function$
  SELECT r.version, r.trace, r.lifted_at IS NULL, records_under(r.id),
         ARRAY(SELECT n.user_id FROM restriction_named n WHERE n.restriction_id = r.id AND n.until IS NULL ORDER BY n.user_id)
    FROM restriction r WHERE r.id = asked
$function$;

CREATE OR REPLACE FUNCTION records.unmerge_places(merge_id uuid)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'records'
AS $function$
DECLARE m person_merge;
BEGIN
  SELECT * INTO m FROM person_merge WHERE id = merge_id;
  IF m IS NULL OR NOT in_shared_case(m.survivor_id) THEN
    RAISE insufficient_privilege;
  END IF;
  INSERT INTO case_person (case_id, person_id, place, roles)
  SELECT (c->>'case_id')::uuid, m.merged_id, (c->>'place')::smallint, ARRAY(SELECT jsonb_array_elements_text(c->'roles'))
    FROM jsonb_array_elements(m.places->'cases') c;
  UPDATE case_person s SET roles = ARRAY(SELECT jsonb_array_elements_text(c->'survivorRoles'))
    FROM jsonb_array_elements(m.places->'cases') c
   WHERE s.case_id = (c->>'case_id')::uuid AND s.person_id = m.survivor_id AND jsonb_typeof(c->'survivorRoles') = 'array';
  DELETE FROM case_person s USING jsonb_array_elements(m.places->'cases') c
   WHERE s.case_id = (c->>'case_id')::uuid AND s.person_id = m.survivor_id AND jsonb_typeof(c->'survivorRoles') = 'null';
  INSERT INTO relationship SELECT r.* FROM jsonb_populate_recordset(NULL::relationship, m.places->'relationships') r
  ON CONFLICT (id) DO UPDATE SET person_id = EXCLUDED.person_id, other_id = EXCLUDED.other_id;
END $function$;

CREATE OR REPLACE FUNCTION records.work_overseen()
 RETURNS TABLE(id uuid, kind text, state text, org_id uuid, user_id uuid, done integer, total integer, code text, asked_at timestamp with time zone, ended_at timestamp with time zone, moved_at timestamp with time zone)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'records'
AS $function$
  WITH reach AS (
    SELECT o.org_id FROM organisation o
     WHERE current_setting('concordat.scope', true) = 'user' AND acting_by('administrator')
       AND (o.org_id = acting_org() OR EXISTS (SELECT 1 FROM area a
              WHERE a.active AND a.lead_org = acting_org() AND a.area_id = ANY (acting_areas())))),
  claim AS (SELECT interval '120 seconds' AS held)
  (SELECT w.id, 'export-' || w.type, w.state, w.org_id, w.user_id, w.rows, w.total, w.code, w.requested_at, w.ended_at, w.claimed_until - c.held
     FROM record_export w JOIN reach USING (org_id), claim c ORDER BY w.state = 'running' DESC, w.requested_at DESC LIMIT 200)
  UNION ALL
  (SELECT w.id, 'bulk-' || w.kind, w.state, w.org_id, w.user_id, r.done, r.total, NULL, w.made_at, w.done_at, w.claimed_until - c.held
     FROM (SELECT b.* FROM bulk_work b JOIN reach USING (org_id) ORDER BY b.state = 'running' DESC, b.made_at DESC LIMIT 200) w
     CROSS JOIN LATERAL (SELECT count(*)::int AS total, count(*) FILTER (WHERE x.state <> 'waiting')::int AS done FROM bulk_row x
                          WHERE x.bulk_id = w.id) r, claim c)
  UNION ALL
  (SELECT w.id, 'import', w.state, w.org_id, w.user_id, r.done, r.total, NULL, w.made_at, w.done_at, w.claimed_until - c.held
     FROM (SELECT i.* FROM import_work i JOIN reach USING (org_id) ORDER BY i.state = 'running' DESC, i.made_at DESC LIMIT 200) w
     CROSS JOIN LATERAL (SELECT count(*)::int AS total, count(*) FILTER (WHERE x.state NOT IN ('ready', 'wrong'))::int AS done FROM import_row x
                          WHERE x.import_id = w.id) r, claim c)
  UNION ALL
  (SELECT k.decision_id, 'erasure', 'running', k.lead_org, k.confirmed_by, 0, 1, NULL, k.confirmed_at, NULL, NULL
     FROM retention k JOIN reach r ON r.org_id = k.lead_org WHERE k.state = 'confirmed'
    ORDER BY k.confirmed_at LIMIT 200)
  UNION ALL
  (SELECT e.decision_id, 'erasure', 'done', e.lead_org, e.confirmed_by, 1, 1, NULL, e.confirmed_at, e.erased_at, NULL
     FROM erasure e JOIN reach r ON r.org_id = e.lead_org ORDER BY e.erased_at DESC LIMIT 200)
$function$;

CREATE OR REPLACE FUNCTION records.works_on_case(asked uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'records'
AS $function$
  SELECT ground_of(asked) = 'part' AND EXISTS (SELECT 1 FROM participation p WHERE p.case_id = asked AND p.until IS NULL
           AND p.level IN ('lead', 'contributor') AND p.org_id = nullif(current_setting('concordat.org', true), '')::uuid)
$function$;

-- schema sharing

CREATE TABLE act (
  event_id uuid NOT NULL,
  body bytea NOT NULL,
  seq bigint,
  created_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  published_at timestamp with time zone,
  PRIMARY KEY (event_id)
);
CREATE INDEX act_unnumbered ON act USING btree (event_id) WHERE (seq IS NULL);
CREATE INDEX act_unpublished ON act USING btree (seq) WHERE ((published_at IS NULL) AND (seq IS NOT NULL));
CREATE UNIQUE INDEX act_seq ON act USING btree (seq) WHERE (seq IS NOT NULL);
GRANT DELETE, INSERT, SELECT, UPDATE ON act TO concordat_sharing;

CREATE TABLE agreement (
  id uuid NOT NULL,
  version integer NOT NULL,
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
  edited_by uuid NOT NULL,
  created_at timestamp with time zone NOT NULL,
  changed_at timestamp with time zone NOT NULL,
  PRIMARY KEY (id),
  UNIQUE (code, number)
);
CREATE INDEX agreement_changed ON agreement USING btree (changed_at DESC, id);
ALTER TABLE agreement ENABLE ROW LEVEL SECURITY;
CREATE POLICY changed ON agreement FOR UPDATE USING (acting_as('system'::text) OR (acting_as('user'::text) AND ((owner_org = acting_org()) OR (acting_org() = ANY (parties)))));
CREATE POLICY discarded ON agreement FOR DELETE USING (acting_as('user'::text) AND (owner_org = acting_org()) AND (status = 'DRAFT'::text));
CREATE POLICY drafted ON agreement FOR INSERT WITH CHECK (acting_as('user'::text) AND (owner_org = acting_org()));
CREATE POLICY seen ON agreement FOR SELECT USING (acting_as('system'::text) OR acting_as('service'::text) OR (acting_as('user'::text) AND ((owner_org = acting_org()) OR (acting_org() = ANY (parties)))));
GRANT DELETE, INSERT, SELECT, UPDATE ON agreement TO concordat_sharing;

CREATE TABLE agreement_reminder (
  agreement_id uuid NOT NULL,
  what text NOT NULL,
  due_on date NOT NULL,
  lead integer NOT NULL,
  at timestamp with time zone NOT NULL,
  PRIMARY KEY (agreement_id, what, due_on, lead)
);
ALTER TABLE agreement_reminder ENABLE ROW LEVEL SECURITY;
CREATE POLICY told ON agreement_reminder FOR ALL USING acting_as('system'::text) WITH CHECK acting_as('system'::text);
GRANT INSERT, SELECT ON agreement_reminder TO concordat_sharing;

CREATE TABLE agreement_step (
  agreement_id uuid NOT NULL,
  version integer NOT NULL,
  what text NOT NULL,
  by_id uuid NOT NULL,
  org_id uuid,
  at timestamp with time zone NOT NULL,
  reason text,
  document jsonb NOT NULL,
  PRIMARY KEY (agreement_id, version)
);
ALTER TABLE agreement_step ENABLE ROW LEVEL SECURITY;
CREATE POLICY added ON agreement_step FOR INSERT WITH CHECK (acting_as('system'::text) OR acting_as('user'::text));
CREATE POLICY seen ON agreement_step FOR SELECT USING (acting_as('system'::text) OR (EXISTS ( SELECT 1
   FROM agreement a
  WHERE (a.id = agreement_step.agreement_id))));
GRANT INSERT, SELECT ON agreement_step TO concordat_sharing;

CREATE TABLE area (
  area_id uuid NOT NULL,
  lead_org uuid NOT NULL,
  active boolean NOT NULL,
  PRIMARY KEY (area_id)
);
GRANT DELETE, INSERT, SELECT, UPDATE ON area TO concordat_sharing;

CREATE TABLE breach (
  id uuid NOT NULL,
  version integer NOT NULL DEFAULT 1,
  state text NOT NULL,
  org_id uuid NOT NULL,
  question_id uuid,
  account text NOT NULL,
  opened_by uuid NOT NULL,
  opened_at timestamp with time zone NOT NULL,
  aware_at timestamp with time zone NOT NULL,
  notify_by timestamp with time zone NOT NULL,
  pack text NOT NULL,
  risk text,
  affected integer,
  notify boolean,
  tell_people boolean,
  reason text,
  remedy text,
  assessed_by uuid,
  assessed_at timestamp with time zone,
  notified_at timestamp with time zone,
  notified_by uuid,
  reference text,
  delay_reason text,
  PRIMARY KEY (id),
  UNIQUE (question_id),
  FOREIGN KEY (question_id) REFERENCES question(id),
  CONSTRAINT breach_affected_check CHECK ((affected >= 0)),
  CONSTRAINT breach_check CHECK ((notify_by > aware_at)),
  CONSTRAINT breach_check1 CHECK (((state = 'open'::text) = (assessed_at IS NULL))),
  CONSTRAINT breach_check2 CHECK (((state = 'open'::text) OR ((risk IS NOT NULL) AND (notify IS NOT NULL) AND (tell_people IS NOT NULL) AND (reason IS NOT NULL)))),
  CONSTRAINT breach_check3 CHECK (((state <> 'to-notify'::text) OR notify)),
  CONSTRAINT breach_check4 CHECK (((notified_at IS NOT NULL) = ((state = 'closed'::text) AND notify))),
  CONSTRAINT breach_risk_check CHECK ((risk = ANY (ARRAY['unlikely'::text, 'likely'::text, 'high'::text]))),
  CONSTRAINT breach_state_check CHECK ((state = ANY (ARRAY['open'::text, 'to-notify'::text, 'closed'::text])))
);
CREATE INDEX breach_opened ON breach USING btree (org_id, opened_at DESC, id DESC);
ALTER TABLE breach ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON breach FOR ALL USING (acting_as('user'::text) AND ( SELECT governs() AS governs) AND (org_id = acting_org()));
GRANT INSERT, SELECT, UPDATE ON breach TO concordat_sharing;

CREATE TABLE decision (
  id uuid NOT NULL,
  at timestamp with time zone NOT NULL,
  actor_id uuid NOT NULL,
  actor_org uuid NOT NULL,
  sender text NOT NULL,
  recipients text[] NOT NULL,
  isa text,
  outcome text NOT NULL,
  reason text,
  request jsonb NOT NULL,
  decision jsonb NOT NULL,
  question_id uuid,
  answer text,
  PRIMARY KEY (id),
  CONSTRAINT decision_answer_check CHECK ((answer = ANY (ARRAY['allow'::text, 'refuse'::text])))
);
CREATE INDEX decision_actor ON decision USING btree (actor_id, at DESC);
CREATE INDEX decision_at ON decision USING btree (at DESC, id DESC);
CREATE INDEX decision_isa ON decision USING btree (isa, at DESC);
ALTER TABLE decision ENABLE ROW LEVEL SECURITY;
CREATE POLICY answered ON decision FOR SELECT USING (acting_as('user'::text) AND (EXISTS ( SELECT 1
   FROM question q
  WHERE ((q.answer_id = decision.id) AND (q.asked_by = acting_user()) AND (q.asked_org = acting_org())))));
CREATE POLICY authorising ON decision FOR SELECT USING (acting_as('user'::text) AND (EXISTS ( SELECT 1
   FROM question q
  WHERE (q.emergency AND (q.decision_id = decision.id) AND (q.authoriser = acting_user()) AND (q.asked_org = acting_org())))));
CREATE POLICY made ON decision FOR INSERT WITH CHECK (acting_as('service'::text) OR (acting_as('user'::text) AND (actor_id = acting_user()) AND (actor_org = acting_org())));
CREATE POLICY seen ON decision FOR SELECT USING (acting_as('system'::text) OR (acting_as('service'::text) AND (actor_id = acting_user())) OR (acting_as('user'::text) AND (((actor_id = acting_user()) AND (actor_org = acting_org())) OR (( SELECT governs() AS governs) AND ((sender = (acting_org())::text) OR ((acting_org())::text = ANY (recipients)))))));
GRANT INSERT, SELECT ON decision TO concordat_sharing;

CREATE TABLE depersonalised_drop (
  id uuid NOT NULL,
  set_code text NOT NULL,
  quarter date NOT NULL,
  sender_org uuid NOT NULL,
  received_by uuid NOT NULL,
  received_at timestamp with time zone NOT NULL,
  rows integer NOT NULL,
  digest text NOT NULL,
  verdict text NOT NULL,
  counts jsonb NOT NULL,
  pack text NOT NULL,
  PRIMARY KEY (id),
  CONSTRAINT depersonalised_drop_verdict_check CHECK ((verdict = ANY (ARRAY['accepted'::text, 'refused'::text])))
);
CREATE INDEX drop_received ON depersonalised_drop USING btree (received_at DESC, id DESC);
ALTER TABLE depersonalised_drop ENABLE ROW LEVEL SECURITY;
CREATE POLICY received ON depersonalised_drop FOR INSERT WITH CHECK (acting_as('user'::text) AND (received_by = acting_user()) AND (sender_org = acting_org()));
CREATE POLICY seen ON depersonalised_drop FOR SELECT USING (acting_as('system'::text) OR (acting_as('user'::text) AND ( SELECT governs() AS governs)));
GRANT INSERT, SELECT ON depersonalised_drop TO concordat_sharing;

CREATE TABLE idempotency (
  actor_id uuid NOT NULL,
  key text NOT NULL,
  request_digest bytea NOT NULL,
  reply json NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  PRIMARY KEY (actor_id, key)
);
CREATE INDEX idempotency_age ON idempotency USING btree (created_at);
GRANT DELETE, INSERT, SELECT, UPDATE ON idempotency TO concordat_sharing;

CREATE TABLE inbox (
  source text NOT NULL,
  stream_id uuid NOT NULL,
  stream_version bigint NOT NULL,
  event_id uuid NOT NULL,
  seq bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
  body bytea NOT NULL,
  received_at timestamp with time zone NOT NULL DEFAULT now(),
  attempts smallint NOT NULL DEFAULT 0,
  next_attempt_at timestamp with time zone NOT NULL DEFAULT '-infinity'::timestamp with time zone,
  PRIMARY KEY (source, stream_id, stream_version)
);
CREATE INDEX inbox_order ON inbox USING btree (seq) WHERE (source !~~ '%.acts'::text);
GRANT DELETE, INSERT, SELECT, UPDATE ON inbox TO concordat_sharing;

CREATE TABLE job_outbox (
  job_key text NOT NULL,
  revision integer NOT NULL DEFAULT 1,
  name text NOT NULL,
  payload jsonb NOT NULL,
  run_at timestamp with time zone NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  moved_at timestamp with time zone,
  PRIMARY KEY (job_key)
);
CREATE INDEX job_outbox_due ON job_outbox USING btree (run_at);
GRANT DELETE, INSERT, SELECT, UPDATE ON job_outbox TO concordat_sharing;

CREATE TABLE malformed (
  topic text NOT NULL,
  partition integer NOT NULL,
  position bigint NOT NULL,
  reason text NOT NULL,
  raw bytea NOT NULL,
  received_at timestamp with time zone NOT NULL DEFAULT now(),
  PRIMARY KEY (topic, partition, "position")
);
GRANT DELETE, INSERT, SELECT, UPDATE ON malformed TO concordat_sharing;

CREATE TABLE meeting_signature (
  meeting_id uuid NOT NULL,
  user_id uuid NOT NULL,
  org_id uuid NOT NULL,
  purpose text NOT NULL,
  signed_at timestamp with time zone NOT NULL,
  known_at timestamp with time zone NOT NULL,
  PRIMARY KEY (meeting_id, user_id, signed_at)
);
CREATE INDEX meeting_signature_signed ON meeting_signature USING btree (signed_at);
ALTER TABLE meeting_signature ENABLE ROW LEVEL SECURITY;
CREATE POLICY kept ON meeting_signature FOR ALL USING acting_as('system'::text);
GRANT INSERT, SELECT ON meeting_signature TO concordat_sharing;

CREATE TABLE member (
  user_id uuid NOT NULL,
  org_id uuid NOT NULL,
  subject text NOT NULL,
  roles text[] NOT NULL,
  areas uuid[] NOT NULL,
  active boolean NOT NULL,
  may_receive boolean NOT NULL DEFAULT true,
  changed_at timestamp with time zone NOT NULL DEFAULT now(),
  team_id uuid,
  manager_id uuid,
  PRIMARY KEY (user_id, org_id)
);
CREATE INDEX member_subject ON member USING btree (subject);
GRANT DELETE, INSERT, SELECT, UPDATE ON member TO concordat_sharing;

CREATE TABLE organisation (
  org_id uuid NOT NULL,
  agency_type text NOT NULL,
  active boolean NOT NULL,
  PRIMARY KEY (org_id)
);
GRANT DELETE, INSERT, SELECT, UPDATE ON organisation TO concordat_sharing;

CREATE TABLE outbox (
  event_id uuid NOT NULL,
  seq bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
  stream_id uuid NOT NULL,
  stream_version bigint NOT NULL,
  topic text NOT NULL,
  partition smallint NOT NULL,
  headers jsonb NOT NULL,
  body bytea NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  published_at timestamp with time zone,
  PRIMARY KEY (event_id),
  UNIQUE (stream_id, stream_version)
);
CREATE INDEX outbox_unpublished ON outbox USING btree (seq) WHERE (published_at IS NULL);
GRANT DELETE, INSERT, SELECT, UPDATE ON outbox TO concordat_sharing;

CREATE TABLE question (
  id uuid NOT NULL,
  version integer NOT NULL DEFAULT 1,
  state text NOT NULL,
  matter text NOT NULL,
  isa text NOT NULL,
  reasons text[] NOT NULL,
  decision_id uuid NOT NULL,
  sender uuid NOT NULL,
  asked_by uuid NOT NULL,
  asked_org uuid NOT NULL,
  asked_at timestamp with time zone NOT NULL,
  answered_by uuid,
  answered_at timestamp with time zone,
  ground text,
  reason text,
  answer_id uuid,
  seen_at timestamp with time zone,
  holds_until date,
  emergency boolean NOT NULL DEFAULT false,
  review_by timestamp with time zone,
  account text,
  authoriser uuid,
  authorised text,
  authorised_at timestamp with time zone,
  authorised_note text,
  PRIMARY KEY (id),
  FOREIGN KEY (answer_id) REFERENCES decision(id),
  FOREIGN KEY (decision_id) REFERENCES decision(id),
  CONSTRAINT question_authorised_check CHECK ((authorised = ANY (ARRAY['given'::text, 'not-given'::text]))),
  CONSTRAINT question_check CHECK (((state = 'open'::text) = (answer_id IS NULL))),
  CONSTRAINT question_check1 CHECK ((answered_by IS DISTINCT FROM asked_by)),
  CONSTRAINT question_check2 CHECK (((state = 'open'::text) = (holds_until IS NULL))),
  CONSTRAINT question_check3 CHECK (((authorised IS NULL) = (authorised_at IS NULL))),
  CONSTRAINT question_check4 CHECK (((authoriser IS NULL) OR (answered_by IS DISTINCT FROM authoriser))),
  CONSTRAINT question_ground_check CHECK ((ground = ANY (ARRAY['agreement'::text, 'other'::text]))),
  CONSTRAINT question_state_check CHECK ((state = ANY (ARRAY['open'::text, 'allowed'::text, 'refused'::text])))
);
CREATE INDEX question_answered ON question USING btree (matter, answered_at DESC) WHERE (state <> 'open'::text);
CREATE INDEX question_asked ON question USING btree (asked_by, asked_at DESC);
CREATE INDEX question_emergency ON question USING btree (asked_at DESC, id DESC) WHERE emergency;
CREATE INDEX question_of_emergency ON question USING btree (decision_id) WHERE emergency;
CREATE INDEX question_to_answer ON question USING btree (sender, asked_at) WHERE (state = 'open'::text);
CREATE UNIQUE INDEX question_open ON question USING btree (matter) WHERE (state = 'open'::text);
ALTER TABLE question ENABLE ROW LEVEL SECURITY;
CREATE POLICY asked ON question FOR INSERT WITH CHECK (acting_as('service'::text) OR (acting_as('user'::text) AND (asked_by = acting_user()) AND (asked_org = acting_org())));
CREATE POLICY authorised ON question FOR UPDATE USING (emergency AND acting_as('user'::text) AND (authoriser = acting_user()) AND (asked_org = acting_org()));
CREATE POLICY authorising ON question FOR SELECT USING (emergency AND acting_as('user'::text) AND (authoriser = acting_user()) AND (asked_org = acting_org()));
CREATE POLICY changed ON question FOR UPDATE USING (acting_as('user'::text) AND (((asked_by = acting_user()) AND (asked_org = acting_org())) OR (( SELECT governs() AS governs) AND (sender = acting_org()))));
CREATE POLICY seen ON question FOR SELECT USING (acting_as('system'::text) OR acting_as('service'::text) OR (acting_as('user'::text) AND (((asked_by = acting_user()) AND (asked_org = acting_org())) OR (( SELECT governs() AS governs) AND (sender = acting_org())))));
GRANT INSERT, SELECT, UPDATE ON question TO concordat_sharing;

CREATE TABLE reconciliation (
  source text NOT NULL,
  checked_at timestamp with time zone NOT NULL DEFAULT '-infinity'::timestamp with time zone,
  changed_since timestamp with time zone NOT NULL DEFAULT '-infinity'::timestamp with time zone,
  healed bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (source)
);
GRANT DELETE, INSERT, SELECT, UPDATE ON reconciliation TO concordat_sharing;

CREATE TABLE register_revision (
  one boolean NOT NULL DEFAULT true,
  revision bigint NOT NULL DEFAULT 1,
  PRIMARY KEY (one),
  CONSTRAINT register_revision_one_check CHECK (one)
);
GRANT SELECT ON register_revision TO concordat_sharing;

CREATE TABLE relay_lease (
  one boolean NOT NULL DEFAULT true,
  epoch bigint NOT NULL DEFAULT 0,
  act_seq bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (one),
  CONSTRAINT relay_lease_one_check CHECK (one)
);
GRANT DELETE, INSERT, SELECT, UPDATE ON relay_lease TO concordat_sharing;

CREATE TABLE stream (
  id uuid NOT NULL,
  version bigint NOT NULL,
  changed_at timestamp with time zone NOT NULL DEFAULT now(),
  PRIMARY KEY (id),
  CONSTRAINT stream_version_check CHECK ((version > 0))
);
CREATE INDEX stream_changed ON stream USING btree (changed_at, id);
GRANT DELETE, INSERT, SELECT, UPDATE ON stream TO concordat_sharing;

CREATE TABLE stream_cursor (
  source text NOT NULL,
  stream_id uuid NOT NULL,
  last_version bigint NOT NULL DEFAULT 0,
  parked_reason text,
  parked_at timestamp with time zone,
  PRIMARY KEY (source, stream_id)
);
CREATE INDEX stream_cursor_parked ON stream_cursor USING btree (parked_at) WHERE (parked_reason IS NOT NULL);
GRANT DELETE, INSERT, SELECT, UPDATE ON stream_cursor TO concordat_sharing;

CREATE OR REPLACE FUNCTION sharing.acting_as(scope text)
 RETURNS boolean
 LANGUAGE sql
 STABLE
AS $function$ SELECT coalesce(current_setting('concordat.scope', true) = scope, false) $function$;

CREATE OR REPLACE FUNCTION sharing.acting_org()
 RETURNS uuid
 LANGUAGE sql
 STABLE
AS $function$ SELECT nullif(current_setting('concordat.org', true), '')::uuid $function$;

CREATE OR REPLACE FUNCTION sharing.acting_user()
 RETURNS uuid
 LANGUAGE sql
 STABLE
AS $function$ SELECT nullif(current_setting('concordat.user', true), '')::uuid $function$;

CREATE OR REPLACE FUNCTION sharing.answers_to(asked_matter text, today date)
 RETURNS TABLE(id uuid, state text, isa text, reasons text[], answered_at timestamp with time zone)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'sharing', 'public'
AS $function$
  SELECT q.id, q.state, q.isa, q.reasons, q.answered_at FROM question q
   WHERE q.matter = asked_matter AND q.state <> 'open' AND q.holds_until >= today
   ORDER BY q.answered_at DESC, q.id LIMIT 100 $function$;

CREATE OR REPLACE FUNCTION sharing.code_is_taken(asked text, org uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'sharing', 'public'
AS $function$
  SELECT EXISTS (SELECT 1 FROM agreement WHERE code = asked AND owner_org <> org) $function$;

CREATE OR REPLACE FUNCTION sharing.governs()
 RETURNS boolean
 LANGUAGE sql
 STABLE
AS $function$
  SELECT coalesce((SELECT roles && '{information-governance-lead,auditor}'::text[]
                     FROM member WHERE user_id = acting_user() AND org_id = acting_org() AND active), false) $function$;

CREATE OR REPLACE FUNCTION sharing.hold_signatures_of(meeting text)
 RETURNS void
 LANGUAGE sql
AS $function$
  SELECT pg_advisory_xact_lock_shared(hashtextextended('meeting-signature/' || lower(meeting), 0)) $function$;

CREATE OR REPLACE FUNCTION sharing.id_in(written text)
 RETURNS uuid
 LANGUAGE sql
 IMMUTABLE
AS $function$
  SELECT CASE WHEN written ~* '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' THEN written::uuid END $function$;

CREATE OR REPLACE FUNCTION sharing.lock_signatures_of(meeting text)
 RETURNS void
 LANGUAGE sql
AS $function$
  SELECT pg_advisory_xact_lock(hashtextextended('meeting-signature/' || lower(meeting), 0)) $function$;

CREATE OR REPLACE FUNCTION sharing.raise_register_revision()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'sharing', 'public'
AS $function$
BEGIN
  UPDATE register_revision SET revision = revision + 1;
  RETURN NULL;
END $function$;

CREATE OR REPLACE FUNCTION sharing.register_documents()
 RETURNS SETOF jsonb
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'sharing', 'public'
AS $function$
  SELECT document FROM agreement WHERE status NOT IN ('DRAFT', 'IN_QA') ORDER BY code, number $function$;

CREATE OR REPLACE FUNCTION sharing.signatures_of(meeting text, signatory text)
 RETURNS TABLE(org_id uuid, purpose text, signed_at timestamp with time zone, known_at timestamp with time zone)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'sharing', 'public'
AS $function$
  SELECT s.org_id, s.purpose, s.signed_at, s.known_at FROM meeting_signature s
   WHERE s.meeting_id = id_in(meeting) AND s.user_id = id_in(signatory) ORDER BY s.signed_at $function$;

CREATE OR REPLACE FUNCTION sharing.signatures_since(moment timestamp with time zone)
 RETURNS SETOF meeting_signature
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'sharing', 'public'
AS $function$
  SELECT * FROM meeting_signature WHERE signed_at >= moment $function$;

-- schema risk

CREATE TABLE act (
  event_id uuid NOT NULL,
  body bytea NOT NULL,
  seq bigint,
  created_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  published_at timestamp with time zone,
  PRIMARY KEY (event_id)
);
CREATE INDEX act_unnumbered ON act USING btree (event_id) WHERE (seq IS NULL);
CREATE INDEX act_unpublished ON act USING btree (seq) WHERE ((published_at IS NULL) AND (seq IS NOT NULL));
CREATE UNIQUE INDEX act_seq ON act USING btree (seq) WHERE (seq IS NOT NULL);
GRANT DELETE, INSERT, SELECT, UPDATE ON act TO concordat_risk;

CREATE TABLE advocate_attempt (
  contact_id uuid NOT NULL,
  version integer NOT NULL,
  at timestamp with time zone NOT NULL,
  way text NOT NULL,
  safe text NOT NULL,
  message_allowed boolean NOT NULL,
  outcome text NOT NULL,
  words text NOT NULL,
  by_id uuid NOT NULL,
  recorded_at timestamp with time zone NOT NULL,
  PRIMARY KEY (contact_id, version),
  FOREIGN KEY (contact_id) REFERENCES advocate_contact(id) ON DELETE CASCADE,
  CONSTRAINT advocate_attempt_check CHECK (((safe = 'yes'::text) OR (outcome = 'not-tried'::text))),
  CONSTRAINT advocate_attempt_check1 CHECK (((outcome <> 'message-left'::text) OR message_allowed)),
  CONSTRAINT advocate_attempt_check2 CHECK (((outcome <> ALL (ARRAY['reached'::text, 'not-tried'::text])) OR (words <> ''::text)))
);
ALTER TABLE advocate_attempt ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON advocate_attempt FOR SELECT USING (EXISTS ( SELECT 1
   FROM advocate_contact c
  WHERE ((c.id = advocate_attempt.contact_id) AND ((c.org_id = acting_org()) OR signed_for(c.referral_id)))));
CREATE POLICY tried ON advocate_attempt FOR INSERT WITH CHECK (acting_as('user'::text) AND (by_id = acting_user()) AND (EXISTS ( SELECT 1
   FROM advocate_contact c
  WHERE ((c.id = advocate_attempt.contact_id) AND (c.org_id = acting_org())))));
GRANT INSERT, SELECT ON advocate_attempt TO concordat_risk;

CREATE TABLE advocate_contact (
  id uuid NOT NULL,
  referral_id uuid NOT NULL,
  forum_id uuid NOT NULL,
  case_id uuid NOT NULL,
  subject_id uuid NOT NULL,
  org_id uuid NOT NULL,
  version integer NOT NULL,
  state text NOT NULL,
  asked_at timestamp with time zone NOT NULL,
  last_at timestamp with time zone,
  PRIMARY KEY (id),
  UNIQUE (referral_id),
  FOREIGN KEY (forum_id) REFERENCES forum(id),
  FOREIGN KEY (referral_id) REFERENCES forum_referral(id) ON DELETE CASCADE,
  CONSTRAINT advocate_contact_check CHECK (((state = 'asked'::text) = (last_at IS NULL))),
  CONSTRAINT advocate_contact_state_check CHECK ((state = ANY (ARRAY['asked'::text, 'tried'::text, 'reached'::text])))
);
CREATE INDEX advocate_contact_case ON advocate_contact USING btree (case_id);
CREATE INDEX advocate_contact_org ON advocate_contact USING btree (org_id) WHERE (state <> 'reached'::text);
ALTER TABLE advocate_contact ENABLE ROW LEVEL SECURITY;
CREATE POLICY asked ON advocate_contact FOR INSERT WITH CHECK (acting_as('user'::text) AND (EXISTS ( SELECT 1
   FROM forum_referral r
  WHERE ((r.id = advocate_contact.referral_id) AND (r.org_id = acting_org()) AND (r.by_id = acting_user())))));
CREATE POLICY erased ON advocate_contact FOR DELETE USING acting_as('system'::text);
CREATE POLICY seen ON advocate_contact FOR SELECT USING (acting_as('system'::text) OR ((part_in(case_id) IS NOT NULL) AND (NOT is_closed(subject_id)) AND (NOT conflicted_on(referral_id)) AND ((org_id = acting_org()) OR (EXISTS ( SELECT 1
   FROM forum_referral r
  WHERE (r.id = advocate_contact.referral_id))))));
CREATE POLICY tried ON advocate_contact FOR UPDATE USING (acting_as('user'::text) AND (org_id = acting_org()) AND (part_in(case_id) IS NOT NULL) AND (NOT is_closed(subject_id)) AND (NOT conflicted_on(referral_id))) WITH CHECK (org_id = acting_org());
GRANT DELETE, INSERT, SELECT, UPDATE ON advocate_contact TO concordat_risk;

CREATE TABLE agenda_item (
  id uuid NOT NULL,
  meeting_id uuid NOT NULL,
  referral_id uuid NOT NULL,
  case_id uuid NOT NULL,
  subject_id uuid NOT NULL,
  version integer NOT NULL,
  place integer NOT NULL,
  state text NOT NULL,
  defer_reason text,
  opened_at timestamp with time zone,
  heard_at timestamp with time zone,
  harm text NOT NULL DEFAULT ''::text,
  contributory text NOT NULL DEFAULT ''::text,
  protective text NOT NULL DEFAULT ''::text,
  decision text,
  rationale text NOT NULL DEFAULT ''::text,
  changed_by uuid NOT NULL,
  changed_at timestamp with time zone NOT NULL,
  notes_version integer NOT NULL DEFAULT 0,
  notes_by uuid,
  notes_at timestamp with time zone,
  recorded text NOT NULL DEFAULT ''::text,
  consent_by text,
  decided_how text,
  again_from date,
  PRIMARY KEY (id),
  UNIQUE (meeting_id, referral_id),
  FOREIGN KEY (meeting_id) REFERENCES meeting(id),
  FOREIGN KEY (referral_id) REFERENCES forum_referral(id) ON DELETE CASCADE,
  CONSTRAINT agenda_item_check CHECK (((state = 'deferred'::text) = (defer_reason IS NOT NULL))),
  CONSTRAINT agenda_item_check1 CHECK (((state = 'heard'::text) = ((heard_at IS NOT NULL) AND (decision IS NOT NULL)))),
  CONSTRAINT agenda_item_check2 CHECK (((notes_version = 0) = (notes_by IS NULL))),
  CONSTRAINT agenda_item_check3 CHECK (((notes_by IS NULL) = (notes_at IS NULL))),
  CONSTRAINT agenda_item_check4 CHECK (((state = 'heard'::text) OR (decided_how IS NULL))),
  CONSTRAINT agenda_item_check5 CHECK (((state = 'heard'::text) OR (again_from IS NULL))),
  CONSTRAINT agenda_item_consent_by_check CHECK ((consent_by = ANY (ARRAY['subject'::text, 'parent-or-guardian'::text]))),
  CONSTRAINT agenda_item_decided_how_check CHECK ((decided_how = ANY (ARRAY['unanimous'::text, 'majority'::text, 'chair'::text]))),
  CONSTRAINT agenda_item_state_check CHECK ((state = ANY (ARRAY['listed'::text, 'open'::text, 'heard'::text, 'deferred'::text])))
);
CREATE INDEX agenda_item_case ON agenda_item USING btree (case_id);
CREATE UNIQUE INDEX agenda_one_open ON agenda_item USING btree (meeting_id) WHERE (state = 'open'::text);
ALTER TABLE agenda_item ENABLE ROW LEVEL SECURITY;
CREATE POLICY changed ON agenda_item FOR UPDATE USING (leads_forum(forum_of(meeting_id)) AND (part_in(case_id) IS NOT NULL) AND (NOT is_closed(subject_id)) AND (NOT conflicted_in(id))) WITH CHECK leads_forum(forum_of(meeting_id));
CREATE POLICY erased ON agenda_item FOR DELETE USING acting_as('system'::text);
CREATE POLICY seen ON agenda_item FOR SELECT USING (acting_as('system'::text) OR (sits_on(forum_of(meeting_id)) AND (part_in(case_id) IS NOT NULL) AND (NOT is_closed(subject_id)) AND (NOT conflicted_in(id))));
GRANT DELETE, INSERT, SELECT, UPDATE ON agenda_item TO concordat_risk;

CREATE TABLE area (
  area_id uuid NOT NULL,
  lead_org uuid NOT NULL,
  active boolean NOT NULL,
  PRIMARY KEY (area_id)
);
GRANT DELETE, INSERT, SELECT, UPDATE ON area TO concordat_risk;

CREATE TABLE assessment (
  id uuid NOT NULL,
  case_id uuid NOT NULL,
  subject_id uuid NOT NULL,
  org_id uuid NOT NULL,
  author_id uuid NOT NULL,
  status text NOT NULL,
  version integer NOT NULL,
  instrument text COLLATE "C" NOT NULL,
  instrument_version integer NOT NULL,
  instrument_hash text COLLATE "C" NOT NULL,
  pack text NOT NULL,
  rules_on date NOT NULL,
  content jsonb NOT NULL,
  result jsonb,
  started_at timestamp with time zone NOT NULL,
  changed_at timestamp with time zone NOT NULL,
  completed_at timestamp with time zone,
  supersedes uuid,
  supersede_reason text,
  superseded_by uuid,
  wording_id uuid,
  practice jsonb,
  PRIMARY KEY (id),
  FOREIGN KEY (instrument_hash) REFERENCES instrument_kept(hash),
  FOREIGN KEY (wording_id) REFERENCES wording(id),
  CONSTRAINT assessment_check CHECK (((status = 'completed'::text) = ((result IS NOT NULL) AND (completed_at IS NOT NULL)))),
  CONSTRAINT assessment_check1 CHECK (((supersedes IS NULL) = (supersede_reason IS NULL))),
  CONSTRAINT assessment_status_check CHECK ((status = ANY (ARRAY['draft'::text, 'completed'::text])))
);
CREATE INDEX assessment_case ON assessment USING btree (case_id, started_at DESC);
CREATE INDEX assessment_subject ON assessment USING btree (subject_id);
ALTER TABLE assessment ENABLE ROW LEVEL SECURITY;
CREATE POLICY changed ON assessment FOR UPDATE USING (acting_as('user'::text) AND (org_id = acting_org()) AND (part_in(case_id) = ANY (ARRAY['lead'::text, 'contributor'::text])) AND (NOT is_closed(subject_id)) AND ((status = 'completed'::text) OR (author_id = acting_user()))) WITH CHECK (org_id = acting_org());
CREATE POLICY discarded ON assessment FOR DELETE USING (acting_as('system'::text) OR (acting_as('user'::text) AND (status = 'draft'::text) AND (author_id = acting_user()) AND (org_id = acting_org())));
CREATE POLICY seen ON assessment FOR SELECT USING (acting_as('system'::text) OR (acting_as('user'::text) AND (part_in(case_id) IS NOT NULL) AND (NOT is_closed(subject_id)) AND ((status = 'completed'::text) OR ((author_id = acting_user()) AND (org_id = acting_org())))) OR (acting_as('user'::text) AND (status = 'completed'::text) AND (glass_on(case_id) IS NOT NULL)));
CREATE POLICY started ON assessment FOR INSERT WITH CHECK (acting_as('user'::text) AND (status = 'draft'::text) AND (author_id = acting_user()) AND (org_id = acting_org()) AND (part_in(case_id) = ANY (ARRAY['lead'::text, 'contributor'::text])) AND (NOT is_closed(subject_id)));
GRANT DELETE, INSERT, SELECT, UPDATE ON assessment TO concordat_risk;

CREATE TABLE case_access (
  case_id uuid NOT NULL,
  org_id uuid NOT NULL,
  level text NOT NULL,
  restricted boolean NOT NULL,
  since timestamp with time zone NOT NULL,
  until timestamp with time zone,
  PRIMARY KEY (case_id, org_id)
);
CREATE INDEX case_access_org ON case_access USING btree (org_id, case_id) WHERE (until IS NULL);
GRANT DELETE, INSERT, SELECT, UPDATE ON case_access TO concordat_risk;

CREATE TABLE case_person (
  case_id uuid NOT NULL,
  person_id uuid NOT NULL,
  PRIMARY KEY (case_id, person_id)
);
GRANT DELETE, INSERT, SELECT, UPDATE ON case_person TO concordat_risk;

CREATE TABLE conference_action (
  id uuid NOT NULL,
  item_id uuid NOT NULL,
  meeting_id uuid NOT NULL,
  case_id uuid NOT NULL,
  subject_id uuid NOT NULL,
  version integer NOT NULL,
  what text NOT NULL,
  owner_org uuid NOT NULL,
  due_on date NOT NULL,
  state text NOT NULL,
  proposed_by uuid NOT NULL,
  proposed_at timestamp with time zone NOT NULL,
  changed_at timestamp with time zone NOT NULL,
  PRIMARY KEY (id),
  FOREIGN KEY (item_id) REFERENCES agenda_item(id) ON DELETE CASCADE,
  FOREIGN KEY (meeting_id) REFERENCES meeting(id),
  CONSTRAINT conference_action_what_check CHECK ((what <> ''::text))
);
CREATE INDEX conference_action_meeting ON conference_action USING btree (meeting_id);
CREATE INDEX conference_action_owner ON conference_action USING btree (owner_org, due_on);
ALTER TABLE conference_action ENABLE ROW LEVEL SECURITY;
CREATE POLICY changed ON conference_action FOR UPDATE USING ((part_in(case_id) IS NOT NULL) AND (NOT is_closed(subject_id)) AND (NOT conflicted_in(item_id)) AND ((owner_org = acting_org()) OR leads_forum(forum_of(meeting_id)))) WITH CHECK ((owner_org = acting_org()) OR leads_forum(forum_of(meeting_id)));
CREATE POLICY proposed ON conference_action FOR INSERT WITH CHECK (sees_item(item_id) AND (proposed_by = acting_user()));
CREATE POLICY seen ON conference_action FOR SELECT USING (acting_as('system'::text) OR ((part_in(case_id) IS NOT NULL) AND (NOT is_closed(subject_id)) AND (NOT conflicted_in(item_id)) AND ((owner_org = acting_org()) OR sits_on(forum_of(meeting_id)))));
GRANT DELETE, INSERT, SELECT, UPDATE ON conference_action TO concordat_risk;

CREATE TABLE conference_action_step (
  action_id uuid NOT NULL,
  version integer NOT NULL,
  state text NOT NULL,
  words text NOT NULL,
  by_id uuid NOT NULL,
  org_id uuid NOT NULL,
  at timestamp with time zone NOT NULL,
  PRIMARY KEY (action_id, version),
  FOREIGN KEY (action_id) REFERENCES conference_action(id) ON DELETE CASCADE
);
ALTER TABLE conference_action_step ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON conference_action_step FOR SELECT USING (EXISTS ( SELECT 1
   FROM conference_action a
  WHERE (a.id = conference_action_step.action_id)));
CREATE POLICY taken ON conference_action_step FOR INSERT WITH CHECK (acting_as('user'::text) AND (by_id = acting_user()) AND (org_id = acting_org()) AND (EXISTS ( SELECT 1
   FROM conference_action a
  WHERE (a.id = conference_action_step.action_id))));
GRANT DELETE, INSERT, SELECT ON conference_action_step TO concordat_risk;

CREATE TABLE forum (
  id uuid NOT NULL,
  version integer NOT NULL,
  kind text COLLATE "C" NOT NULL,
  lead_org uuid NOT NULL,
  settings jsonb NOT NULL,
  changed_by uuid NOT NULL,
  changed_at timestamp with time zone NOT NULL,
  PRIMARY KEY (id)
);
ALTER TABLE forum ENABLE ROW LEVEL SECURITY;
CREATE POLICY changed ON forum FOR UPDATE USING (acting_as('user'::text) AND (lead_org = acting_org())) WITH CHECK (lead_org = acting_org());
CREATE POLICY made ON forum FOR INSERT WITH CHECK (acting_as('user'::text) AND (lead_org = acting_org()));
CREATE POLICY seen ON forum FOR SELECT USING (acting_as('user'::text) OR acting_as('system'::text));
GRANT DELETE, INSERT, SELECT, UPDATE ON forum TO concordat_risk;

CREATE TABLE forum_flag (
  id uuid NOT NULL,
  forum_id uuid NOT NULL,
  case_id uuid NOT NULL,
  subject_id uuid NOT NULL,
  org_id uuid NOT NULL,
  referral_id uuid NOT NULL,
  item_id uuid NOT NULL,
  version integer NOT NULL,
  anchor date NOT NULL,
  expires_on date NOT NULL,
  requested_at timestamp with time zone NOT NULL,
  confirmed_by uuid,
  confirmed_at timestamp with time zone,
  removed_by uuid,
  removed_at timestamp with time zone,
  PRIMARY KEY (id),
  UNIQUE (forum_id, case_id, subject_id, org_id),
  FOREIGN KEY (forum_id) REFERENCES forum(id),
  FOREIGN KEY (item_id) REFERENCES agenda_item(id) ON DELETE CASCADE,
  FOREIGN KEY (referral_id) REFERENCES forum_referral(id) ON DELETE CASCADE,
  CONSTRAINT forum_flag_check CHECK (((confirmed_by IS NULL) = (confirmed_at IS NULL))),
  CONSTRAINT forum_flag_check1 CHECK (((removed_by IS NULL) = (removed_at IS NULL)))
);
CREATE INDEX forum_flag_forum ON forum_flag USING btree (forum_id, expires_on);
CREATE INDEX forum_flag_item ON forum_flag USING btree (item_id);
CREATE INDEX forum_flag_org ON forum_flag USING btree (org_id, expires_on) WHERE (removed_at IS NULL);
CREATE INDEX forum_flag_referral ON forum_flag USING btree (referral_id);
ALTER TABLE forum_flag ENABLE ROW LEVEL SECURITY;
CREATE POLICY asked ON forum_flag FOR INSERT WITH CHECK (leads_forum(forum_id) AND (part_in(case_id) IS NOT NULL));
CREATE POLICY changed ON forum_flag FOR UPDATE USING (may_know_flag(case_id, subject_id, item_id) AND ((org_id = acting_org()) OR (leads_forum(forum_id) AND (part_in(case_id) IS NOT NULL)))) WITH CHECK ((org_id = acting_org()) OR leads_forum(forum_id));
CREATE POLICY erased ON forum_flag FOR DELETE USING acting_as('system'::text);
CREATE POLICY seen ON forum_flag FOR SELECT USING (acting_as('system'::text) OR (may_know_flag(case_id, subject_id, item_id) AND ((org_id = acting_org()) OR (sits_on(forum_id) AND (part_in(case_id) IS NOT NULL)))));
GRANT DELETE, INSERT, SELECT, UPDATE ON forum_flag TO concordat_risk;

CREATE TABLE forum_member (
  forum_id uuid NOT NULL,
  org_id uuid NOT NULL,
  user_id uuid NOT NULL,
  lead boolean NOT NULL,
  PRIMARY KEY (forum_id, org_id, user_id),
  FOREIGN KEY (forum_id) REFERENCES forum(id)
);
ALTER TABLE forum_member ENABLE ROW LEVEL SECURITY;
CREATE POLICY named ON forum_member FOR INSERT WITH CHECK (acting_as('user'::text) AND (EXISTS ( SELECT 1
   FROM forum f
  WHERE ((f.id = forum_member.forum_id) AND (f.lead_org = acting_org())))));
CREATE POLICY released ON forum_member FOR DELETE USING (acting_as('user'::text) AND (EXISTS ( SELECT 1
   FROM forum f
  WHERE ((f.id = forum_member.forum_id) AND (f.lead_org = acting_org())))));
CREATE POLICY seen ON forum_member FOR SELECT USING (acting_as('user'::text) OR acting_as('system'::text));
GRANT DELETE, INSERT, SELECT, UPDATE ON forum_member TO concordat_risk;

CREATE TABLE forum_referral (
  id uuid NOT NULL,
  forum_id uuid NOT NULL,
  case_id uuid NOT NULL,
  subject_id uuid NOT NULL,
  other_ids uuid[] NOT NULL,
  child_ids uuid[] NOT NULL,
  org_id uuid NOT NULL,
  by_id uuid NOT NULL,
  at timestamp with time zone NOT NULL,
  criteria jsonb NOT NULL,
  incident jsonb,
  consent jsonb NOT NULL,
  repeat jsonb,
  pack text NOT NULL,
  forum_version integer NOT NULL,
  heard_on date,
  waiting boolean NOT NULL,
  standing text NOT NULL DEFAULT 'submitted'::text,
  version integer NOT NULL DEFAULT 1,
  from_forum uuid,
  home_org uuid,
  waits_until date,
  diverts jsonb NOT NULL DEFAULT '[]'::jsonb,
  merged_into uuid,
  stands_for_others boolean NOT NULL DEFAULT false,
  PRIMARY KEY (id),
  FOREIGN KEY (forum_id) REFERENCES forum(id),
  FOREIGN KEY (from_forum) REFERENCES forum(id),
  FOREIGN KEY (merged_into) REFERENCES forum_referral(id),
  CONSTRAINT forum_referral_check CHECK (((standing = 'submitted'::text) OR (NOT waiting))),
  CONSTRAINT forum_referral_check1 CHECK (((merged_into IS NOT NULL) = (standing = 'merged'::text))),
  CONSTRAINT forum_referral_check2 CHECK ((merged_into <> id)),
  CONSTRAINT forum_referral_standing_check CHECK ((standing = ANY (ARRAY['submitted'::text, 'returned'::text, 'not-accepted'::text, 'challenged'::text, 'refused'::text, 'transferred'::text, 'withdrawn'::text, 'merged'::text])))
);
CREATE INDEX forum_referral_case ON forum_referral USING btree (case_id);
CREATE INDEX forum_referral_merged ON forum_referral USING btree (merged_into) WHERE (merged_into IS NOT NULL);
CREATE INDEX forum_referral_subject ON forum_referral USING btree (forum_id, subject_id);
CREATE INDEX forum_referral_waiting ON forum_referral USING btree (forum_id) WHERE waiting;
ALTER TABLE forum_referral ENABLE ROW LEVEL SECURITY;
CREATE POLICY answered ON forum_referral FOR UPDATE USING (acting_as('user'::text) AND (org_id = acting_org()) AND (part_in(case_id) = ANY (ARRAY['lead'::text, 'contributor'::text])) AND (NOT is_closed(subject_id)) AND ((standing = ANY (ARRAY['returned'::text, 'not-accepted'::text, 'challenged'::text])) OR ((standing = 'submitted'::text) AND (heard_on IS NULL)))) WITH CHECK (org_id = acting_org());
CREATE POLICY erased ON forum_referral FOR DELETE USING acting_as('system'::text);
CREATE POLICY heard ON forum_referral FOR UPDATE USING ((part_in(case_id) IS NOT NULL) AND leads_forum(forum_id)) WITH CHECK leads_forum(forum_id);
CREATE POLICY made ON forum_referral FOR INSERT WITH CHECK (acting_as('user'::text) AND (org_id = acting_org()) AND (by_id = acting_user()) AND (part_in(case_id) = ANY (ARRAY['lead'::text, 'contributor'::text])) AND (NOT is_closed(subject_id)));
CREATE POLICY seen ON forum_referral FOR SELECT USING (acting_as('system'::text) OR ((part_in(case_id) IS NOT NULL) AND (NOT is_closed(subject_id)) AND ((org_id = acting_org()) OR sits_on(forum_id))));
GRANT DELETE, INSERT, SELECT, UPDATE ON forum_referral TO concordat_risk;

CREATE TABLE forum_referral_stage (
  referral_id uuid NOT NULL,
  number integer NOT NULL,
  stage text COLLATE "C" NOT NULL,
  began_on date NOT NULL,
  rule text NOT NULL,
  by_id uuid NOT NULL,
  org_id uuid NOT NULL,
  at timestamp with time zone NOT NULL,
  ends boolean NOT NULL DEFAULT false,
  PRIMARY KEY (referral_id, number),
  FOREIGN KEY (referral_id) REFERENCES forum_referral(id) ON DELETE CASCADE
);
ALTER TABLE forum_referral_stage ENABLE ROW LEVEL SECURITY;
CREATE POLICY begun ON forum_referral_stage FOR INSERT WITH CHECK (acting_as('user'::text) AND (by_id = acting_user()) AND (org_id = acting_org()) AND (EXISTS ( SELECT 1
   FROM forum_referral r
  WHERE ((r.id = forum_referral_stage.referral_id) AND leads_forum(r.forum_id)))));
CREATE POLICY seen ON forum_referral_stage FOR SELECT USING (EXISTS ( SELECT 1
   FROM forum_referral r
  WHERE (r.id = forum_referral_stage.referral_id)));
GRANT INSERT, SELECT ON forum_referral_stage TO concordat_risk;

CREATE TABLE forum_referral_step (
  referral_id uuid NOT NULL,
  version integer NOT NULL,
  step text NOT NULL,
  words text NOT NULL,
  advice text,
  by_id uuid NOT NULL,
  org_id uuid NOT NULL,
  at timestamp with time zone NOT NULL,
  PRIMARY KEY (referral_id, version),
  FOREIGN KEY (referral_id) REFERENCES forum_referral(id) ON DELETE CASCADE,
  CONSTRAINT forum_referral_step_check CHECK (((step = 'not-accept'::text) = (advice IS NOT NULL))),
  CONSTRAINT forum_referral_step_words_check CHECK ((words <> ''::text))
);
ALTER TABLE forum_referral_step ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON forum_referral_step FOR SELECT USING (EXISTS ( SELECT 1
   FROM forum_referral r
  WHERE (r.id = forum_referral_step.referral_id)));
CREATE POLICY taken ON forum_referral_step FOR INSERT WITH CHECK (acting_as('user'::text) AND (by_id = acting_user()) AND (org_id = acting_org()) AND (EXISTS ( SELECT 1
   FROM forum_referral r
  WHERE (r.id = forum_referral_step.referral_id))));
GRANT INSERT, SELECT ON forum_referral_step TO concordat_risk;

CREATE TABLE forum_transfer (
  id uuid NOT NULL,
  referral_id uuid NOT NULL,
  from_forum uuid NOT NULL,
  to_forum uuid NOT NULL,
  case_id uuid NOT NULL,
  subject_id uuid NOT NULL,
  version integer NOT NULL,
  reason text NOT NULL,
  informs text[] NOT NULL,
  sent_org uuid NOT NULL,
  sent_by uuid NOT NULL,
  sent_at timestamp with time zone NOT NULL,
  acknowledged_by uuid,
  acknowledged_at timestamp with time zone,
  acknowledged_words text,
  new_referral uuid,
  diverts jsonb NOT NULL DEFAULT '[]'::jsonb,
  payload_key bytea DEFAULT sha256(((uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())) || uuid_send(gen_random_uuid()))),
  PRIMARY KEY (id),
  UNIQUE (referral_id, to_forum),
  FOREIGN KEY (from_forum) REFERENCES forum(id),
  FOREIGN KEY (new_referral) REFERENCES forum_referral(id) ON DELETE SET NULL,
  FOREIGN KEY (referral_id) REFERENCES forum_referral(id) ON DELETE CASCADE,
  FOREIGN KEY (to_forum) REFERENCES forum(id),
  CONSTRAINT forum_transfer_check CHECK ((from_forum <> to_forum)),
  CONSTRAINT forum_transfer_check1 CHECK ((((acknowledged_by IS NULL) = (acknowledged_at IS NULL)) AND ((acknowledged_by IS NULL) = (acknowledged_words IS NULL)))),
  CONSTRAINT forum_transfer_informs_check CHECK ((cardinality(informs) > 0)),
  CONSTRAINT forum_transfer_reason_check CHECK ((reason <> ''::text))
);
CREATE INDEX forum_transfer_case ON forum_transfer USING btree (case_id);
CREATE INDEX forum_transfer_from ON forum_transfer USING btree (from_forum, sent_at);
CREATE INDEX forum_transfer_to ON forum_transfer USING btree (to_forum, sent_at);
ALTER TABLE forum_transfer ENABLE ROW LEVEL SECURITY;
CREATE POLICY acknowledged ON forum_transfer FOR UPDATE USING (leads_forum(to_forum) AND (part_in(case_id) IS NOT NULL) AND (NOT is_closed(subject_id)) AND ((sent_org = acting_org()) OR permitted_transfer(id))) WITH CHECK leads_forum(to_forum);
CREATE POLICY erased ON forum_transfer FOR DELETE USING acting_as('system'::text);
CREATE POLICY seen ON forum_transfer FOR SELECT USING (acting_as('system'::text) OR ((part_in(case_id) IS NOT NULL) AND (NOT is_closed(subject_id)) AND (NOT conflicted_on(referral_id)) AND (leads_forum(from_forum) OR (leads_forum(to_forum) AND ((sent_org = acting_org()) OR permitted_transfer(id))))));
CREATE POLICY sent ON forum_transfer FOR INSERT WITH CHECK (leads_forum(from_forum) AND (part_in(case_id) IS NOT NULL) AND (sent_by = acting_user()) AND (sent_org = acting_org()));
GRANT DELETE, INSERT, SELECT, UPDATE ON forum_transfer TO concordat_risk;

CREATE TABLE forum_transfer_permit (
  transfer_id uuid NOT NULL,
  to_org uuid NOT NULL,
  decision_id uuid NOT NULL,
  isa text NOT NULL,
  flow_id text,
  PRIMARY KEY (transfer_id, to_org),
  FOREIGN KEY (transfer_id) REFERENCES forum_transfer(id) ON DELETE CASCADE
);
ALTER TABLE forum_transfer_permit ENABLE ROW LEVEL SECURITY;
CREATE POLICY asked ON forum_transfer_permit FOR INSERT WITH CHECK (acting_as('user'::text) AND (EXISTS ( SELECT 1
   FROM forum_transfer t
  WHERE ((t.id = forum_transfer_permit.transfer_id) AND (t.sent_by = acting_user())))));
CREATE POLICY seen ON forum_transfer_permit FOR SELECT USING (EXISTS ( SELECT 1
   FROM forum_transfer t
  WHERE (t.id = forum_transfer_permit.transfer_id)));
GRANT INSERT, SELECT ON forum_transfer_permit TO concordat_risk;

CREATE TABLE forum_version (
  forum_id uuid NOT NULL,
  version integer NOT NULL,
  settings jsonb NOT NULL,
  changed_by uuid NOT NULL,
  changed_at timestamp with time zone NOT NULL,
  PRIMARY KEY (forum_id, version),
  FOREIGN KEY (forum_id) REFERENCES forum(id)
);
ALTER TABLE forum_version ENABLE ROW LEVEL SECURITY;
CREATE POLICY made ON forum_version FOR INSERT WITH CHECK (acting_as('user'::text) AND (changed_by = acting_user()) AND (EXISTS ( SELECT 1
   FROM forum f
  WHERE ((f.id = forum_version.forum_id) AND (f.lead_org = acting_org())))));
CREATE POLICY seen ON forum_version FOR SELECT USING (acting_as('user'::text) OR acting_as('system'::text));
GRANT INSERT, SELECT ON forum_version TO concordat_risk;

CREATE TABLE idempotency (
  actor_id uuid NOT NULL,
  key text NOT NULL,
  request_digest bytea NOT NULL,
  reply json NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  PRIMARY KEY (actor_id, key)
);
CREATE INDEX idempotency_age ON idempotency USING btree (created_at);
GRANT DELETE, INSERT, SELECT, UPDATE ON idempotency TO concordat_risk;

CREATE TABLE inbox (
  source text NOT NULL,
  stream_id uuid NOT NULL,
  stream_version bigint NOT NULL,
  event_id uuid NOT NULL,
  seq bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
  body bytea NOT NULL,
  received_at timestamp with time zone NOT NULL DEFAULT now(),
  attempts smallint NOT NULL DEFAULT 0,
  next_attempt_at timestamp with time zone NOT NULL DEFAULT '-infinity'::timestamp with time zone,
  PRIMARY KEY (source, stream_id, stream_version)
);
CREATE INDEX inbox_order ON inbox USING btree (seq) WHERE (source !~~ '%.acts'::text);
GRANT DELETE, INSERT, SELECT, UPDATE ON inbox TO concordat_risk;

CREATE TABLE instrument_kept (
  hash text COLLATE "C" NOT NULL,
  code text COLLATE "C" NOT NULL,
  version integer NOT NULL,
  document jsonb NOT NULL,
  kept_at timestamp with time zone NOT NULL,
  PRIMARY KEY (hash)
);
GRANT INSERT, SELECT ON instrument_kept TO concordat_risk;

CREATE TABLE item_ballot (
  id uuid NOT NULL,
  item_id uuid NOT NULL,
  ordinal integer NOT NULL,
  decision text NOT NULL,
  put_by uuid NOT NULL,
  put_at timestamp with time zone NOT NULL,
  outcome text,
  present uuid[],
  closed_at timestamp with time zone,
  PRIMARY KEY (id),
  UNIQUE (item_id, ordinal),
  FOREIGN KEY (item_id) REFERENCES agenda_item(id) ON DELETE CASCADE,
  CONSTRAINT item_ballot_check CHECK ((((outcome IS NULL) = (closed_at IS NULL)) AND ((outcome IS NULL) = (present IS NULL)))),
  CONSTRAINT item_ballot_outcome_check CHECK ((outcome = ANY (ARRAY['unanimous'::text, 'majority'::text, 'rejected'::text, 'no-majority'::text, 'withdrawn'::text])))
);
CREATE UNIQUE INDEX item_one_ballot ON item_ballot USING btree (item_id) WHERE (outcome IS NULL);
ALTER TABLE item_ballot ENABLE ROW LEVEL SECURITY;
CREATE POLICY counted ON item_ballot FOR UPDATE USING leads_item(item_id) WITH CHECK leads_item(item_id);
CREATE POLICY put ON item_ballot FOR INSERT WITH CHECK (leads_item(item_id) AND (put_by = acting_user()) AND (outcome IS NULL));
CREATE POLICY seen ON item_ballot FOR SELECT USING sees_item(item_id);
GRANT INSERT, SELECT, UPDATE ON item_ballot TO concordat_risk;

CREATE TABLE item_conflict (
  item_id uuid NOT NULL,
  meeting_id uuid NOT NULL,
  user_id uuid NOT NULL,
  reason text NOT NULL,
  at timestamp with time zone NOT NULL,
  PRIMARY KEY (item_id, user_id),
  FOREIGN KEY (item_id) REFERENCES agenda_item(id) ON DELETE CASCADE,
  FOREIGN KEY (meeting_id) REFERENCES meeting(id)
);
ALTER TABLE item_conflict ENABLE ROW LEVEL SECURITY;
CREATE POLICY declared ON item_conflict FOR INSERT WITH CHECK (sits_on(forum_of(meeting_id)) AND (user_id = acting_user()));
CREATE POLICY seen ON item_conflict FOR SELECT USING ((user_id = acting_user()) OR sees_item(item_id));
GRANT DELETE, INSERT, SELECT, UPDATE ON item_conflict TO concordat_risk;

CREATE TABLE item_observer (
  item_id uuid NOT NULL,
  user_id uuid NOT NULL,
  org_id uuid NOT NULL,
  present boolean NOT NULL,
  by_id uuid NOT NULL,
  at timestamp with time zone NOT NULL,
  PRIMARY KEY (item_id, user_id),
  FOREIGN KEY (item_id) REFERENCES agenda_item(id) ON DELETE CASCADE
);
ALTER TABLE item_observer ENABLE ROW LEVEL SECURITY;
CREATE POLICY admitted ON item_observer FOR INSERT WITH CHECK (leads_item(item_id) AND (by_id = acting_user()));
CREATE POLICY changed ON item_observer FOR UPDATE USING leads_item(item_id) WITH CHECK (by_id = acting_user());
CREATE POLICY seen ON item_observer FOR SELECT USING sees_item(item_id);
GRANT INSERT, SELECT, UPDATE ON item_observer TO concordat_risk;

CREATE TABLE item_presence (
  item_id uuid NOT NULL,
  user_id uuid NOT NULL,
  org_id uuid NOT NULL,
  present boolean NOT NULL,
  PRIMARY KEY (item_id, user_id),
  FOREIGN KEY (item_id) REFERENCES agenda_item(id) ON DELETE CASCADE
);
ALTER TABLE item_presence ENABLE ROW LEVEL SECURITY;
CREATE POLICY changed ON item_presence FOR UPDATE USING sees_item(item_id) WITH CHECK sees_item(item_id);
CREATE POLICY kept ON item_presence FOR INSERT WITH CHECK sees_item(item_id);
CREATE POLICY seen ON item_presence FOR SELECT USING sees_item(item_id);
GRANT DELETE, INSERT, SELECT, UPDATE ON item_presence TO concordat_risk;

CREATE TABLE item_vote (
  ballot_id uuid NOT NULL,
  org_id uuid NOT NULL,
  choice text NOT NULL,
  by_id uuid NOT NULL,
  at timestamp with time zone NOT NULL,
  PRIMARY KEY (ballot_id, org_id),
  FOREIGN KEY (ballot_id) REFERENCES item_ballot(id) ON DELETE CASCADE,
  CONSTRAINT item_vote_choice_check CHECK ((choice = ANY (ARRAY['for'::text, 'against'::text, 'abstain'::text])))
);
ALTER TABLE item_vote ENABLE ROW LEVEL SECURITY;
CREATE POLICY cast_one ON item_vote FOR INSERT WITH CHECK ((by_id = acting_user()) AND (EXISTS ( SELECT 1
   FROM item_ballot b
  WHERE ((b.id = item_vote.ballot_id) AND (b.outcome IS NULL) AND ((item_vote.org_id = acting_org()) OR leads_item(b.item_id))))));
CREATE POLICY changed ON item_vote FOR UPDATE USING (EXISTS ( SELECT 1
   FROM item_ballot b
  WHERE ((b.id = item_vote.ballot_id) AND (b.outcome IS NULL) AND ((item_vote.org_id = acting_org()) OR leads_item(b.item_id))))) WITH CHECK (by_id = acting_user());
CREATE POLICY seen ON item_vote FOR SELECT USING (EXISTS ( SELECT 1
   FROM item_ballot b
  WHERE (b.id = item_vote.ballot_id)));
GRANT INSERT, SELECT, UPDATE ON item_vote TO concordat_risk;

CREATE TABLE job_outbox (
  job_key text NOT NULL,
  revision integer NOT NULL DEFAULT 1,
  name text NOT NULL,
  payload jsonb NOT NULL,
  run_at timestamp with time zone NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  moved_at timestamp with time zone,
  PRIMARY KEY (job_key)
);
CREATE INDEX job_outbox_due ON job_outbox USING btree (run_at);
GRANT DELETE, INSERT, SELECT, UPDATE ON job_outbox TO concordat_risk;

CREATE TABLE malformed (
  topic text NOT NULL,
  partition integer NOT NULL,
  position bigint NOT NULL,
  reason text NOT NULL,
  raw bytea NOT NULL,
  received_at timestamp with time zone NOT NULL DEFAULT now(),
  PRIMARY KEY (topic, partition, "position")
);
GRANT DELETE, INSERT, SELECT, UPDATE ON malformed TO concordat_risk;

CREATE TABLE meeting (
  id uuid NOT NULL,
  forum_id uuid NOT NULL,
  forum_version integer NOT NULL,
  pack text NOT NULL,
  version integer NOT NULL,
  state text NOT NULL,
  held_on date NOT NULL,
  starts_at text NOT NULL,
  place text NOT NULL,
  cut_off_on date NOT NULL,
  research_by date NOT NULL,
  minutes_by date,
  statement text NOT NULL,
  read_by uuid,
  read_at timestamp with time zone,
  approved_by uuid,
  approved_at timestamp with time zone,
  issued_at timestamp with time zone,
  emergency_reason text,
  called_by uuid,
  called_at timestamp with time zone,
  quorum integer,
  PRIMARY KEY (id),
  FOREIGN KEY (forum_id) REFERENCES forum(id),
  CONSTRAINT meeting_check CHECK (((approved_by IS NULL) = (approved_at IS NULL))),
  CONSTRAINT meeting_check1 CHECK (((read_by IS NULL) = (read_at IS NULL))),
  CONSTRAINT meeting_check2 CHECK (((state <> ALL (ARRAY['in-session'::text, 'minutes-draft'::text, 'minutes-issued'::text, 'closed'::text])) OR (read_at IS NOT NULL))),
  CONSTRAINT meeting_check3 CHECK (((state <> ALL (ARRAY['minutes-issued'::text, 'closed'::text])) OR ((approved_at IS NOT NULL) AND (issued_at IS NOT NULL)))),
  CONSTRAINT meeting_check4 CHECK ((((emergency_reason IS NULL) = (called_by IS NULL)) AND ((called_by IS NULL) = (called_at IS NULL)) AND ((called_by IS NULL) = (quorum IS NULL)))),
  CONSTRAINT meeting_emergency_reason_check CHECK ((emergency_reason <> ''::text))
);
CREATE INDEX meeting_forum_day ON meeting USING btree (forum_id, held_on);
CREATE UNIQUE INDEX meeting_ordinary_day ON meeting USING btree (forum_id, held_on) WHERE ((emergency_reason IS NULL) AND (state <> 'cancelled'::text));
ALTER TABLE meeting ENABLE ROW LEVEL SECURITY;
CREATE POLICY changed ON meeting FOR UPDATE USING leads_forum(forum_id) WITH CHECK leads_forum(forum_id);
CREATE POLICY planned ON meeting FOR INSERT WITH CHECK leads_forum(forum_id);
CREATE POLICY seen ON meeting FOR SELECT USING (acting_as('system'::text) OR sits_on(forum_id) OR observes(id));
GRANT DELETE, INSERT, SELECT, UPDATE ON meeting TO concordat_risk;

CREATE TABLE meeting_observer (
  meeting_id uuid NOT NULL,
  user_id uuid NOT NULL,
  org_id uuid NOT NULL,
  why text NOT NULL,
  named_by uuid NOT NULL,
  named_at timestamp with time zone NOT NULL,
  signed_at timestamp with time zone,
  withdrawn_at timestamp with time zone,
  PRIMARY KEY (meeting_id, user_id),
  FOREIGN KEY (meeting_id) REFERENCES meeting(id),
  CONSTRAINT meeting_observer_why_check CHECK ((why <> ''::text))
);
ALTER TABLE meeting_observer ENABLE ROW LEVEL SECURITY;
CREATE POLICY changed ON meeting_observer FOR UPDATE USING leads_forum(forum_of(meeting_id)) WITH CHECK (named_by = acting_user());
CREATE POLICY named ON meeting_observer FOR INSERT WITH CHECK (leads_forum(forum_of(meeting_id)) AND (named_by = acting_user()) AND (signed_at IS NULL) AND (withdrawn_at IS NULL));
CREATE POLICY seen ON meeting_observer FOR SELECT USING (sits_on(forum_of(meeting_id)) OR (acting_as('user'::text) AND (user_id = acting_user()) AND (org_id = acting_org())));
CREATE POLICY signed ON meeting_observer FOR UPDATE USING (acting_as('user'::text) AND (user_id = acting_user()) AND (org_id = acting_org()) AND (withdrawn_at IS NULL)) WITH CHECK ((user_id = acting_user()) AND (org_id = acting_org()) AND (signed_at IS NOT NULL));
GRANT INSERT, SELECT, UPDATE ON meeting_observer TO concordat_risk;

CREATE TABLE meeting_signature (
  meeting_id uuid NOT NULL,
  user_id uuid NOT NULL,
  org_id uuid NOT NULL,
  at timestamp with time zone NOT NULL,
  PRIMARY KEY (meeting_id, user_id),
  FOREIGN KEY (meeting_id) REFERENCES meeting(id)
);
ALTER TABLE meeting_signature ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON meeting_signature FOR SELECT USING sits_on(forum_of(meeting_id));
CREATE POLICY signed ON meeting_signature FOR INSERT WITH CHECK (sits_on(forum_of(meeting_id)) AND (user_id = acting_user()) AND (org_id = acting_org()));
GRANT INSERT, SELECT ON meeting_signature TO concordat_risk;

CREATE TABLE meeting_step (
  meeting_id uuid NOT NULL,
  version integer NOT NULL,
  step text NOT NULL,
  by_id uuid NOT NULL,
  at timestamp with time zone NOT NULL,
  words text,
  was jsonb,
  PRIMARY KEY (meeting_id, version),
  FOREIGN KEY (meeting_id) REFERENCES meeting(id),
  CONSTRAINT meeting_step_check CHECK ((((step = ANY (ARRAY['cancel'::text, 'rearrange'::text])) = (COALESCE(words, ''::text) <> ''::text)) AND ((step = 'rearrange'::text) = (was IS NOT NULL))))
);
ALTER TABLE meeting_step ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON meeting_step FOR SELECT USING sits_on(forum_of(meeting_id));
CREATE POLICY taken ON meeting_step FOR INSERT WITH CHECK (leads_forum(forum_of(meeting_id)) AND (by_id = acting_user()));
GRANT INSERT, SELECT ON meeting_step TO concordat_risk;

CREATE TABLE member (
  user_id uuid NOT NULL,
  org_id uuid NOT NULL,
  subject text NOT NULL,
  roles text[] NOT NULL,
  areas uuid[] NOT NULL,
  active boolean NOT NULL,
  may_receive boolean NOT NULL DEFAULT true,
  changed_at timestamp with time zone NOT NULL DEFAULT now(),
  team_id uuid,
  manager_id uuid,
  PRIMARY KEY (user_id, org_id)
);
CREATE INDEX member_subject ON member USING btree (subject);
GRANT DELETE, INSERT, SELECT, UPDATE ON member TO concordat_risk;

CREATE TABLE merged_person (
  merge_id uuid NOT NULL,
  merged_id uuid NOT NULL,
  survivor_id uuid NOT NULL,
  PRIMARY KEY (merge_id)
);
CREATE INDEX merged_person_merged ON merged_person USING btree (merged_id);
GRANT DELETE, INSERT, SELECT, UPDATE ON merged_person TO concordat_risk;

CREATE TABLE minute_amendment (
  id uuid NOT NULL,
  item_id uuid NOT NULL,
  meeting_id uuid NOT NULL,
  ordinal integer NOT NULL,
  version integer NOT NULL,
  part text NOT NULL,
  before text NOT NULL,
  after text NOT NULL,
  reason text NOT NULL,
  state text NOT NULL,
  proposed_by uuid NOT NULL,
  proposed_at timestamp with time zone NOT NULL,
  answered_by uuid,
  answered_at timestamp with time zone,
  answered_words text,
  PRIMARY KEY (id),
  UNIQUE (item_id, ordinal),
  FOREIGN KEY (item_id) REFERENCES agenda_item(id) ON DELETE CASCADE,
  FOREIGN KEY (meeting_id) REFERENCES meeting(id),
  CONSTRAINT minute_amendment_check CHECK ((before <> after)),
  CONSTRAINT minute_amendment_check1 CHECK ((((state = 'proposed'::text) = (answered_by IS NULL)) AND ((answered_by IS NULL) = (answered_at IS NULL)))),
  CONSTRAINT minute_amendment_check2 CHECK ((answered_by <> proposed_by)),
  CONSTRAINT minute_amendment_part_check CHECK ((part = ANY (ARRAY['harm'::text, 'contributory'::text, 'protective'::text, 'rationale'::text, 'recorded'::text]))),
  CONSTRAINT minute_amendment_reason_check CHECK ((reason <> ''::text)),
  CONSTRAINT minute_amendment_state_check CHECK ((state = ANY (ARRAY['proposed'::text, 'agreed'::text, 'refused'::text])))
);
CREATE INDEX minute_amendment_meeting ON minute_amendment USING btree (meeting_id);
CREATE UNIQUE INDEX minute_amendment_open ON minute_amendment USING btree (item_id) WHERE (state = 'proposed'::text);
ALTER TABLE minute_amendment ENABLE ROW LEVEL SECURITY;
CREATE POLICY answered ON minute_amendment FOR UPDATE USING (leads_forum(forum_of(meeting_id)) AND sees_item(item_id)) WITH CHECK (answered_by = acting_user());
CREATE POLICY proposed ON minute_amendment FOR INSERT WITH CHECK (leads_forum(forum_of(meeting_id)) AND sees_item(item_id) AND (proposed_by = acting_user()) AND (state = 'proposed'::text) AND (EXISTS ( SELECT 1
   FROM meeting m
  WHERE ((m.id = minute_amendment.meeting_id) AND (m.state = ANY (ARRAY['minutes-issued'::text, 'closed'::text]))))));
CREATE POLICY seen ON minute_amendment FOR SELECT USING (acting_as('system'::text) OR (sees_item(item_id) AND ((state = 'agreed'::text) OR leads_forum(forum_of(meeting_id)))));
GRANT INSERT, SELECT, UPDATE ON minute_amendment TO concordat_risk;

CREATE TABLE minutes_paper (
  id uuid NOT NULL,
  version integer NOT NULL DEFAULT 1,
  meeting_id uuid NOT NULL,
  state text NOT NULL,
  user_id uuid NOT NULL,
  org_id uuid NOT NULL,
  parts integer NOT NULL,
  written integer NOT NULL DEFAULT 0,
  bytes integer NOT NULL DEFAULT 0,
  code text,
  made_of text,
  correlation_id text NOT NULL,
  purpose text NOT NULL,
  path text NOT NULL,
  requested_at timestamp with time zone NOT NULL,
  ended_at timestamp with time zone,
  expires_at timestamp with time zone,
  claimed_until timestamp with time zone,
  PRIMARY KEY (id),
  FOREIGN KEY (meeting_id) REFERENCES meeting(id),
  CONSTRAINT minutes_paper_state_check CHECK ((state = ANY (ARRAY['running'::text, 'done'::text, 'failed'::text, 'expired'::text])))
);
CREATE INDEX minutes_paper_kept ON minutes_paper USING btree (expires_at) WHERE (state = 'done'::text);
CREATE INDEX minutes_paper_meeting ON minutes_paper USING btree (meeting_id);
CREATE INDEX minutes_paper_mine ON minutes_paper USING btree (user_id, requested_at DESC);
CREATE INDEX minutes_paper_running ON minutes_paper USING btree (requested_at) WHERE (state = 'running'::text);
ALTER TABLE minutes_paper ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON minutes_paper FOR ALL USING (acting_as('system'::text) OR (acting_as('user'::text) AND (user_id = acting_user()) AND (org_id = acting_org())));
GRANT INSERT, SELECT, UPDATE ON minutes_paper TO concordat_risk;

CREATE TABLE minutes_paper_file (
  paper_id uuid NOT NULL,
  bytes bytea NOT NULL,
  PRIMARY KEY (paper_id),
  FOREIGN KEY (paper_id) REFERENCES minutes_paper(id)
);
ALTER TABLE minutes_paper_file ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON minutes_paper_file FOR SELECT USING (acting_as('user'::text) AND (paper_id IN ( SELECT p.id
   FROM minutes_paper p
  WHERE ((p.user_id = acting_user()) AND (p.org_id = acting_org())))));
CREATE POLICY written ON minutes_paper_file FOR ALL USING acting_as('system'::text);
GRANT DELETE, INSERT, SELECT ON minutes_paper_file TO concordat_risk;

CREATE TABLE open_glass (
  use_id uuid NOT NULL,
  case_id uuid NOT NULL,
  user_id uuid NOT NULL,
  org_id uuid NOT NULL,
  ground text NOT NULL,
  until timestamp with time zone NOT NULL,
  PRIMARY KEY (use_id)
);
GRANT DELETE, INSERT, SELECT, UPDATE ON open_glass TO concordat_risk;

CREATE TABLE organisation (
  org_id uuid NOT NULL,
  agency_type text NOT NULL,
  active boolean NOT NULL,
  PRIMARY KEY (org_id)
);
GRANT DELETE, INSERT, SELECT, UPDATE ON organisation TO concordat_risk;

CREATE TABLE outbox (
  event_id uuid NOT NULL,
  seq bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
  stream_id uuid NOT NULL,
  stream_version bigint NOT NULL,
  topic text NOT NULL,
  partition smallint NOT NULL,
  headers jsonb NOT NULL,
  body bytea NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  published_at timestamp with time zone,
  PRIMARY KEY (event_id),
  UNIQUE (stream_id, stream_version)
);
CREATE INDEX outbox_unpublished ON outbox USING btree (seq) WHERE (published_at IS NULL);
GRANT DELETE, INSERT, SELECT, UPDATE ON outbox TO concordat_risk;

CREATE TABLE published_year (
  forum_id uuid NOT NULL,
  year integer NOT NULL,
  figures jsonb NOT NULL,
  population jsonb,
  statistics jsonb NOT NULL,
  rule text NOT NULL,
  pack text NOT NULL,
  forum_version integer NOT NULL,
  by_id uuid NOT NULL,
  at timestamp with time zone NOT NULL,
  PRIMARY KEY (forum_id, year),
  FOREIGN KEY (forum_id) REFERENCES forum(id)
);
ALTER TABLE published_year ENABLE ROW LEVEL SECURITY;
CREATE POLICY published ON published_year FOR INSERT WITH CHECK (leads_forum(forum_id) AND (by_id = acting_user()));
CREATE POLICY seen ON published_year FOR SELECT USING acting_as('user'::text);
GRANT INSERT, SELECT ON published_year TO concordat_risk;

CREATE TABLE published_year_count (
  forum_id uuid NOT NULL,
  year integer NOT NULL,
  counted jsonb NOT NULL,
  PRIMARY KEY (forum_id, year),
  FOREIGN KEY (forum_id, year) REFERENCES published_year(forum_id, year)
);
ALTER TABLE published_year_count ENABLE ROW LEVEL SECURITY;
CREATE POLICY published ON published_year_count FOR INSERT WITH CHECK leads_forum(forum_id);
CREATE POLICY seen ON published_year_count FOR SELECT USING leads_forum(forum_id);
GRANT INSERT, SELECT ON published_year_count TO concordat_risk;

CREATE TABLE reconciliation (
  source text NOT NULL,
  checked_at timestamp with time zone NOT NULL DEFAULT '-infinity'::timestamp with time zone,
  changed_since timestamp with time zone NOT NULL DEFAULT '-infinity'::timestamp with time zone,
  healed bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (source)
);
GRANT DELETE, INSERT, SELECT, UPDATE ON reconciliation TO concordat_risk;

CREATE TABLE referral_characteristic (
  referral_id uuid NOT NULL,
  code text COLLATE "C" NOT NULL,
  answer text NOT NULL,
  PRIMARY KEY (referral_id, code),
  FOREIGN KEY (referral_id) REFERENCES forum_referral(id) ON DELETE CASCADE,
  CONSTRAINT referral_characteristic_answer_check CHECK ((answer = ANY (ARRAY['yes'::text, 'no'::text, 'not-known'::text, 'declined'::text, 'not-asked'::text])))
);
ALTER TABLE referral_characteristic ENABLE ROW LEVEL SECURITY;
CREATE POLICY said ON referral_characteristic FOR INSERT WITH CHECK (acting_as('user'::text) AND (EXISTS ( SELECT 1
   FROM forum_referral r
  WHERE ((r.id = referral_characteristic.referral_id) AND (r.by_id = acting_user()) AND (r.org_id = acting_org())))));
GRANT INSERT, SELECT ON referral_characteristic TO concordat_risk;

CREATE TABLE relay_lease (
  one boolean NOT NULL DEFAULT true,
  epoch bigint NOT NULL DEFAULT 0,
  act_seq bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (one),
  CONSTRAINT relay_lease_one_check CHECK (one)
);
GRANT DELETE, INSERT, SELECT, UPDATE ON relay_lease TO concordat_risk;

CREATE TABLE research (
  item_id uuid NOT NULL,
  org_id uuid NOT NULL,
  version integer NOT NULL,
  answer text NOT NULL,
  words text NOT NULL,
  informs text[] NOT NULL,
  late boolean NOT NULL,
  by_id uuid NOT NULL,
  at timestamp with time zone NOT NULL,
  PRIMARY KEY (item_id, org_id),
  FOREIGN KEY (item_id) REFERENCES agenda_item(id) ON DELETE CASCADE,
  CONSTRAINT research_answer_check CHECK ((answer = ANY (ARRAY['known'::text, 'not-known'::text, 'nil'::text]))),
  CONSTRAINT research_check CHECK (((answer = 'known'::text) = (words <> ''::text)))
);
ALTER TABLE research ENABLE ROW LEVEL SECURITY;
CREATE POLICY changed ON research FOR UPDATE USING (sees_item(item_id) AND (org_id = acting_org())) WITH CHECK (org_id = acting_org());
CREATE POLICY returned ON research FOR INSERT WITH CHECK (sees_item(item_id) AND (org_id = acting_org()) AND (by_id = acting_user()));
CREATE POLICY seen ON research FOR SELECT USING (sees_item(item_id) AND ((org_id = acting_org()) OR ((EXISTS ( SELECT 1
   FROM research_share s
  WHERE ((s.item_id = research.item_id) AND (s.from_org = research.org_id) AND (s.to_org = acting_org()) AND (s.research_version = research.version) AND (s.outcome = 'PERMIT'::text)))) AND has_signed(( SELECT i.meeting_id
   FROM agenda_item i
  WHERE (i.id = research.item_id))))));
GRANT DELETE, INSERT, SELECT, UPDATE ON research TO concordat_risk;

CREATE TABLE research_call (
  id uuid NOT NULL,
  item_id uuid NOT NULL,
  meeting_id uuid NOT NULL,
  case_id uuid NOT NULL,
  org_id uuid NOT NULL,
  due_on date NOT NULL,
  state text NOT NULL,
  PRIMARY KEY (id),
  UNIQUE (item_id, org_id),
  FOREIGN KEY (item_id) REFERENCES agenda_item(id) ON DELETE CASCADE,
  FOREIGN KEY (meeting_id) REFERENCES meeting(id),
  CONSTRAINT research_call_state_check CHECK ((state = ANY (ARRAY['asked'::text, 'returned'::text, 'ended'::text])))
);
CREATE INDEX research_call_case ON research_call USING btree (case_id);
CREATE INDEX research_call_meeting ON research_call USING btree (meeting_id) WHERE (state = 'asked'::text);
ALTER TABLE research_call ENABLE ROW LEVEL SECURITY;
CREATE POLICY called ON research_call FOR INSERT WITH CHECK leads_forum(forum_of(meeting_id));
CREATE POLICY changed ON research_call FOR UPDATE USING (leads_forum(forum_of(meeting_id)) OR ((org_id = acting_org()) AND sees_item(item_id))) WITH CHECK (leads_forum(forum_of(meeting_id)) OR ((org_id = acting_org()) AND (state = 'returned'::text)));
CREATE POLICY seen ON research_call FOR SELECT USING (leads_forum(forum_of(meeting_id)) OR ((org_id = acting_org()) AND sees_item(item_id)));
GRANT INSERT, SELECT, UPDATE ON research_call TO concordat_risk;

CREATE TABLE research_share (
  item_id uuid NOT NULL,
  from_org uuid NOT NULL,
  to_org uuid NOT NULL,
  research_version integer NOT NULL,
  outcome text NOT NULL,
  decision_id uuid NOT NULL,
  isa text,
  reasons text[] NOT NULL,
  at timestamp with time zone NOT NULL,
  PRIMARY KEY (item_id, from_org, to_org),
  FOREIGN KEY (item_id) REFERENCES agenda_item(id) ON DELETE CASCADE,
  CONSTRAINT research_share_check CHECK (((outcome <> 'PERMIT'::text) OR (isa IS NOT NULL))),
  CONSTRAINT research_share_outcome_check CHECK ((outcome = ANY (ARRAY['PERMIT'::text, 'DENY'::text, 'REVIEW'::text])))
);
ALTER TABLE research_share ENABLE ROW LEVEL SECURITY;
CREATE POLICY asked ON research_share FOR INSERT WITH CHECK (sees_item(item_id) AND (from_org = acting_org()));
CREATE POLICY changed ON research_share FOR UPDATE USING (sees_item(item_id) AND (from_org = acting_org())) WITH CHECK (from_org = acting_org());
CREATE POLICY seen ON research_share FOR SELECT USING (sees_item(item_id) AND ((acting_org() = from_org) OR (acting_org() = to_org)));
GRANT DELETE, INSERT, SELECT, UPDATE ON research_share TO concordat_risk;

CREATE TABLE restricted_record (
  restriction_id uuid NOT NULL,
  record_id uuid NOT NULL,
  named uuid[] NOT NULL,
  PRIMARY KEY (restriction_id, record_id)
);
GRANT DELETE, INSERT, SELECT, UPDATE ON restricted_record TO concordat_risk;

CREATE TABLE stream (
  id uuid NOT NULL,
  version bigint NOT NULL,
  changed_at timestamp with time zone NOT NULL DEFAULT now(),
  PRIMARY KEY (id),
  CONSTRAINT stream_version_check CHECK ((version > 0))
);
CREATE INDEX stream_changed ON stream USING btree (changed_at, id);
GRANT DELETE, INSERT, SELECT, UPDATE ON stream TO concordat_risk;

CREATE TABLE stream_cursor (
  source text NOT NULL,
  stream_id uuid NOT NULL,
  last_version bigint NOT NULL DEFAULT 0,
  parked_reason text,
  parked_at timestamp with time zone,
  PRIMARY KEY (source, stream_id)
);
CREATE INDEX stream_cursor_parked ON stream_cursor USING btree (parked_at) WHERE (parked_reason IS NOT NULL);
GRANT DELETE, INSERT, SELECT, UPDATE ON stream_cursor TO concordat_risk;

CREATE TABLE wording (
  id uuid NOT NULL,
  org_id uuid NOT NULL,
  instrument text COLLATE "C" NOT NULL,
  instrument_hash text COLLATE "C" NOT NULL,
  version integer NOT NULL,
  title text NOT NULL,
  attribution text NOT NULL,
  texts jsonb NOT NULL,
  loaded_by uuid NOT NULL,
  loaded_at timestamp with time zone NOT NULL,
  removed_by uuid,
  removed_at timestamp with time zone,
  PRIMARY KEY (id),
  UNIQUE (org_id, instrument, version),
  FOREIGN KEY (instrument_hash) REFERENCES instrument_kept(hash),
  CONSTRAINT wording_attribution_check CHECK ((attribution <> ''::text)),
  CONSTRAINT wording_check CHECK (((removed_by IS NULL) = (removed_at IS NULL))),
  CONSTRAINT wording_title_check CHECK ((title <> ''::text)),
  CONSTRAINT wording_version_check CHECK ((version > 0))
);
ALTER TABLE wording ENABLE ROW LEVEL SECURITY;
CREATE POLICY loaded ON wording FOR INSERT WITH CHECK (acting_as('user'::text) AND (org_id = acting_org()) AND (loaded_by = acting_user()) AND (removed_at IS NULL));
CREATE POLICY removed ON wording FOR UPDATE USING (acting_as('user'::text) AND (org_id = acting_org()) AND (removed_at IS NULL)) WITH CHECK ((org_id = acting_org()) AND (removed_by = acting_user()));
CREATE POLICY seen ON wording FOR SELECT USING (acting_as('user'::text) AND (org_id = acting_org()));
GRANT INSERT, SELECT ON wording TO concordat_risk;

CREATE OR REPLACE FUNCTION risk.acting_as(scope text)
 RETURNS boolean
 LANGUAGE sql
 STABLE
AS $function$ SELECT coalesce(current_setting('concordat.scope', true) = scope, false) $function$;

CREATE OR REPLACE FUNCTION risk.acting_org()
 RETURNS uuid
 LANGUAGE sql
 STABLE
AS $function$ SELECT nullif(current_setting('concordat.org', true), '')::uuid $function$;

CREATE OR REPLACE FUNCTION risk.acting_user()
 RETURNS uuid
 LANGUAGE sql
 STABLE
AS $function$ SELECT nullif(current_setting('concordat.user', true), '')::uuid $function$;

CREATE OR REPLACE FUNCTION risk.amended(asked uuid, asked_part text, issued text)
 RETURNS text
 LANGUAGE sql
 STABLE
AS $function$
        SELECT coalesce((SELECT a.after FROM minute_amendment a WHERE a.item_id = asked AND a.part = asked_part AND a.state = 'agreed'
          ORDER BY a.ordinal DESC LIMIT 1), issued)
      $function$;

CREATE OR REPLACE FUNCTION risk.assessments_about(asked uuid)
 RETURNS TABLE(id uuid, instrument_hash text, completed_at timestamp with time zone, content jsonb, result jsonb)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'risk'
AS $function$
  SELECT a.id, a.instrument_hash, a.completed_at, a.content, a.result FROM assessment a
   WHERE acting_as('service') AND a.status = 'completed' AND asked IN (a.subject_id, standing_person(a.subject_id))
   ORDER BY a.completed_at, a.id
$function$;

CREATE OR REPLACE FUNCTION risk.characteristics_about(asked uuid)
 RETURNS TABLE(id uuid, at timestamp with time zone, title text, answers jsonb)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'risk'
AS $function$
  SELECT r.id, r.at, f.settings ->> 'title', jsonb_object_agg(c.code, c.answer)
    FROM forum_referral r JOIN forum f ON f.id = r.forum_id JOIN referral_characteristic c ON c.referral_id = r.id
   WHERE acting_as('service') AND standing_person(r.subject_id) = standing_person(asked)
   GROUP BY r.id, f.settings ORDER BY r.at
$function$;

CREATE OR REPLACE FUNCTION risk.clear_agenda(asked uuid, reason text)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'risk'
AS $function$
DECLARE cleared int;
BEGIN
  IF NOT EXISTS (SELECT 1 FROM meeting m WHERE m.id = asked AND leads_forum(m.forum_id) AND m.state = 'cancelled') THEN
    RETURN 0;
  END IF;
  WITH off AS (
    UPDATE agenda_item SET state = 'deferred', defer_reason = reason, version = version + 1, changed_by = acting_user(),
           changed_at = clock_timestamp()
     WHERE meeting_id = asked AND state = 'listed' RETURNING referral_id)
  UPDATE forum_referral r SET waiting = true FROM off WHERE r.id = off.referral_id AND r.standing = 'submitted';
  GET DIAGNOSTICS cleared = ROW_COUNT;
  RETURN cleared;
END $function$;

CREATE OR REPLACE FUNCTION risk.closed_to_caller(qualifies boolean)
 RETURNS uuid[]
 LANGUAGE sql
 STABLE
AS $function$
  SELECT coalesce(array_agg(DISTINCT x.record_id), '{}') FROM restricted_record x
   WHERE coalesce(current_setting('concordat.scope', true), '') NOT IN ('system', 'service')
     AND NOT coalesce(nullif(current_setting('concordat.user', true), '')::uuid = ANY (x.named), false)
     AND NOT (qualifies AND EXISTS (
           SELECT 1 FROM member m WHERE m.user_id = nullif(current_setting('concordat.user', true), '')::uuid
              AND m.org_id = nullif(current_setting('concordat.org', true), '')::uuid AND m.active AND 'restricted-records' = ANY (m.roles)))
$function$;

CREATE OR REPLACE FUNCTION risk.conferences_about(asked uuid)
 RETURNS TABLE(id uuid, at timestamp with time zone, title text, held_on date, criteria jsonb, consent jsonb, harm text, contributory text, protective text, rationale text, research jsonb, actions jsonb)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'risk'
AS $function$
  SELECT coalesce(i.id, r.id), r.at, f.settings ->> 'title', m.held_on, r.criteria, r.consent, i.harm, i.contributory, i.protective,
         nullif(concat_ws(E'\n', nullif(i.rationale, ''), nullif(i.recorded, '')), ''),
         (SELECT jsonb_agg(s.words ORDER BY s.at) FROM research s WHERE s.item_id = i.id AND s.words <> ''),
         (SELECT jsonb_agg(a.what ORDER BY a.proposed_at) FROM conference_action a WHERE a.item_id = i.id)
    FROM forum_referral r JOIN forum f ON f.id = r.forum_id
    LEFT JOIN agenda_item i ON i.referral_id = r.id LEFT JOIN meeting m ON m.id = i.meeting_id
   WHERE acting_as('service') AND (standing_person(r.subject_id) = standing_person(asked)
      OR EXISTS (SELECT 1 FROM unnest(r.child_ids) c WHERE standing_person(c) = standing_person(asked)))
   ORDER BY r.at, m.held_on
$function$;

CREATE OR REPLACE FUNCTION risk.conflicted_in(asked uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'risk'
AS $function$
  SELECT EXISTS (SELECT 1 FROM item_conflict c WHERE c.item_id = asked AND c.user_id = acting_user())
$function$;

CREATE OR REPLACE FUNCTION risk.conflicted_on(asked uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'risk'
AS $function$
  SELECT EXISTS (SELECT 1 FROM agenda_item i JOIN item_conflict c ON c.item_id = i.id
    WHERE i.referral_id = asked AND c.user_id = acting_user())
$function$;

CREATE OR REPLACE FUNCTION risk.contact_standing(asked uuid)
 RETURNS TABLE(held_on date, state text, standing text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'risk'
AS $function$
  SELECT m.held_on, i.state, r.standing FROM advocate_contact c JOIN forum_referral r ON r.id = c.referral_id
    LEFT JOIN agenda_item i ON i.referral_id = r.id LEFT JOIN meeting m ON m.id = i.meeting_id
   WHERE c.id = asked AND c.org_id = acting_org() AND part_in(c.case_id) IS NOT NULL AND NOT is_closed(c.subject_id)
     AND NOT conflicted_on(c.referral_id)
   ORDER BY m.held_on DESC NULLS LAST LIMIT 1
$function$;

CREATE OR REPLACE FUNCTION risk.counted_cases(asked uuid, first_day date, last_day date)
 RETURNS TABLE(held_on date, org_id uuid, repeat boolean, children integer, characteristics jsonb)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'risk'
AS $function$
  SELECT m.held_on, r.org_id, coalesce((r.repeat ->> 'repeat')::boolean, false), cardinality(r.child_ids),
         coalesce((SELECT jsonb_object_agg(c.code, c.answer) FROM referral_characteristic c WHERE c.referral_id = r.id), '{}')
    FROM meeting m JOIN agenda_item i ON i.meeting_id = m.id AND i.state = 'heard' JOIN forum_referral r ON r.id = i.referral_id
   WHERE leads_forum(asked) AND m.forum_id = asked AND m.state IN ('minutes-issued', 'closed')
     AND m.held_on BETWEEN first_day AND last_day
$function$;

CREATE OR REPLACE FUNCTION risk.drop_approval()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'risk'
AS $function$
BEGIN
  UPDATE meeting SET approved_by = NULL, approved_at = NULL, version = version + 1
   WHERE id = NEW.meeting_id AND state = 'minutes-draft' AND approved_at IS NOT NULL;
  RETURN NEW;
END $function$;

CREATE OR REPLACE FUNCTION risk.earlier_referrals(asked_forum uuid, asked uuid)
 RETURNS TABLE(id uuid, subject_id uuid, other_ids uuid[], at timestamp with time zone, heard_on date)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'risk'
AS $function$
  SELECT r.id, asked, ARRAY(SELECT standing_person(o) FROM unnest(r.other_ids) o), r.at, r.heard_on FROM forum_referral r
   WHERE acting_as('user') AND r.forum_id = asked_forum AND standing_person(r.subject_id) = standing_person(asked)
     AND r.standing = 'submitted'
$function$;

CREATE OR REPLACE FUNCTION risk.flagged_besides(asked uuid, today date)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'risk'
AS $function$
        SELECT EXISTS (SELECT 1 FROM forum_flag f JOIN forum_flag o ON o.forum_id = f.forum_id AND o.org_id = f.org_id AND o.id <> f.id
          WHERE f.id = asked AND o.removed_at IS NULL AND o.expires_on >= today
            AND standing_person(o.subject_id) = standing_person(f.subject_id))
      $function$;

CREATE OR REPLACE FUNCTION risk.forum_of(asked uuid)
 RETURNS uuid
 LANGUAGE sql
 STABLE
AS $function$
  SELECT forum_id FROM meeting WHERE id = asked
$function$;

CREATE OR REPLACE FUNCTION risk.glass_on(asked uuid)
 RETURNS uuid
 LANGUAGE sql
 STABLE
AS $function$
  SELECT g.use_id FROM open_glass g WHERE acting_as('user') AND g.case_id = asked AND g.user_id = acting_user()
     AND g.org_id = acting_org() AND g.until > statement_timestamp() ORDER BY g.until DESC LIMIT 1
$function$;

CREATE OR REPLACE FUNCTION risk.has_signed(asked uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE
AS $function$
  SELECT EXISTS (SELECT 1 FROM meeting_signature s WHERE s.meeting_id = asked AND s.user_id = acting_user())
$function$;

CREATE OR REPLACE FUNCTION risk.held_ballot(asked uuid)
 RETURNS uuid
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'risk'
AS $function$
  SELECT b.id FROM item_ballot b JOIN agenda_item i ON i.id = b.item_id
   WHERE b.item_id = asked AND b.outcome IS NULL AND i.state = 'open' AND sits_on(forum_of(i.meeting_id))
     AND part_in(i.case_id) IS NOT NULL AND NOT is_closed(i.subject_id) AND NOT conflicted_in(i.id)
   FOR SHARE OF b
$function$;

CREATE OR REPLACE FUNCTION risk.held_state(asked uuid)
 RETURNS text
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'risk'
AS $function$
  SELECT state FROM meeting WHERE id = asked AND sits_on(forum_id) FOR SHARE
$function$;

CREATE OR REPLACE FUNCTION risk.is_closed(person uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE
AS $function$
  SELECT person = ANY (closed_to_caller(false)) OR standing_person(person) = ANY (closed_to_caller(false))
$function$;

CREATE OR REPLACE FUNCTION risk.keep_amendment()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'risk'
AS $function$
      BEGIN
        IF OLD.state <> 'proposed' OR (NEW.part, NEW.before, NEW.after, NEW.reason, NEW.proposed_by, NEW.item_id)
            IS DISTINCT FROM (OLD.part, OLD.before, OLD.after, OLD.reason, OLD.proposed_by, OLD.item_id) THEN
          RAISE EXCEPTION 'an amendment is answered once and never rewritten';
        END IF;
        RETURN NEW;
      END $function$;

CREATE OR REPLACE FUNCTION risk.keep_ballot()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'risk'
AS $function$
BEGIN
  IF OLD.outcome IS NOT NULL OR (NEW.item_id, NEW.decision, NEW.put_by) IS DISTINCT FROM (OLD.item_id, OLD.decision, OLD.put_by) THEN
    RAISE EXCEPTION 'a vote is counted once and never rewritten';
  END IF;
  RETURN NEW;
END $function$;

CREATE OR REPLACE FUNCTION risk.keep_completed()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  IF OLD.status = 'completed' AND (OLD.superseded_by IS NOT NULL
      OR to_jsonb(NEW) - 'superseded_by' IS DISTINCT FROM to_jsonb(OLD) - 'superseded_by') THEN
    RAISE EXCEPTION 'a completed assessment is never changed';
  END IF;
  RETURN NEW;
END $function$;

CREATE OR REPLACE FUNCTION risk.keep_minuted()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'risk'
AS $function$
BEGIN
  IF EXISTS (SELECT 1 FROM meeting m WHERE m.id = OLD.meeting_id AND m.state IN ('minutes-issued', 'closed')) THEN
    RAISE EXCEPTION 'what was minuted is never changed';
  END IF;
  RETURN NEW;
END $function$;

CREATE OR REPLACE FUNCTION risk.leads_forum(asked uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE
AS $function$
  SELECT acting_as('user') AND EXISTS (
    SELECT 1 FROM forum_member f
     WHERE f.forum_id = asked AND f.org_id = acting_org() AND f.user_id = acting_user() AND f.lead)
$function$;

CREATE OR REPLACE FUNCTION risk.leads_item(asked uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE
AS $function$
  SELECT EXISTS (SELECT 1 FROM agenda_item i WHERE i.id = asked AND leads_forum(forum_of(i.meeting_id)))
$function$;

CREATE OR REPLACE FUNCTION risk.list_for_emergency(asked uuid, asked_referral uuid)
 RETURNS uuid
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'risk'
AS $function$
      DECLARE item uuid;
      BEGIN
        INSERT INTO agenda_item (id, meeting_id, referral_id, case_id, subject_id, version, place, state, changed_by, changed_at)
        SELECT gen_random_uuid(), m.id, r.id, r.case_id, r.subject_id, 1, 0, 'listed', acting_user(), clock_timestamp()
          FROM meeting m JOIN forum_referral r ON r.forum_id = m.forum_id
         WHERE m.id = asked AND r.id = asked_referral AND m.emergency_reason IS NOT NULL AND m.called_by = acting_user()
           AND leads_forum(m.forum_id) AND part_in(r.case_id) IS NOT NULL AND NOT is_closed(r.subject_id)
           AND NOT EXISTS (SELECT 1 FROM agenda_item i WHERE i.meeting_id = m.id)
        RETURNING id INTO item;
        UPDATE forum_referral SET waiting = false WHERE id = asked_referral AND item IS NOT NULL;
        RETURN item;
      END $function$;

CREATE OR REPLACE FUNCTION risk.list_waiting(asked uuid, today date, first_place integer, other_place integer)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'risk'
AS $function$
DECLARE listed int;
BEGIN
  IF NOT acting_as('user') THEN RETURN 0; END IF;
  WITH made AS (
    INSERT INTO agenda_item (id, meeting_id, referral_id, case_id, subject_id, version, place, state, changed_by, changed_at)
    SELECT gen_random_uuid(), m.id, r.id, r.case_id, r.subject_id, 1,
           CASE WHEN cardinality(r.child_ids) > 0 THEN first_place ELSE other_place END, 'listed', acting_user(), clock_timestamp()
      FROM forum_referral r CROSS JOIN LATERAL (
        SELECT p.id FROM meeting p WHERE p.forum_id = r.forum_id AND p.state = 'planned' AND p.cut_off_on >= today
           AND (r.waits_until IS NULL OR p.held_on >= r.waits_until)
           AND NOT EXISTS (SELECT 1 FROM agenda_item x WHERE x.meeting_id = p.id AND x.referral_id = r.id)
         ORDER BY p.held_on LIMIT 1) m
     WHERE r.forum_id = asked AND r.waiting
    -- Somebody else may be listing the same at this moment.
    ON CONFLICT (meeting_id, referral_id) DO NOTHING
    RETURNING referral_id)
  UPDATE forum_referral SET waiting = false WHERE id IN (SELECT referral_id FROM made);
  GET DIAGNOSTICS listed = ROW_COUNT;
  RETURN listed;
END $function$;

CREATE OR REPLACE FUNCTION risk.may_know_flag(asked_case uuid, asked_person uuid, asked_item uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE
AS $function$
        SELECT acting_as('user') AND NOT is_closed(asked_case) AND NOT is_closed(asked_person) AND NOT conflicted_in(asked_item)
           AND NOT EXISTS (SELECT 1 FROM case_access c WHERE c.case_id = asked_case AND c.org_id = acting_org()
             AND c.restricted AND c.case_id <> ALL (open_by_name()))
      $function$;

CREATE OR REPLACE FUNCTION risk.meeting_facts(asked uuid)
 RETURNS TABLE(items integer, left_over integer, actions_open integer)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'risk'
AS $function$
  SELECT (SELECT count(*)::int FROM agenda_item i WHERE i.meeting_id = asked AND i.state <> 'deferred'),
         (SELECT count(*)::int FROM agenda_item i WHERE i.meeting_id = asked AND i.state IN ('listed', 'open')),
         (SELECT count(*)::int FROM conference_action a WHERE a.meeting_id = asked AND a.state NOT IN ('done', 'not-possible', 'escalated'))
   WHERE sits_on(forum_of(asked))
$function$;

CREATE OR REPLACE FUNCTION risk.observes(asked uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'risk'
AS $function$
  SELECT acting_as('user') AND EXISTS (SELECT 1 FROM meeting_observer o
   WHERE o.meeting_id = asked AND o.user_id = acting_user() AND o.org_id = acting_org() AND o.withdrawn_at IS NULL)
$function$;

CREATE OR REPLACE FUNCTION risk.open_by_name()
 RETURNS uuid[]
 LANGUAGE sql
 STABLE
AS $function$
  SELECT coalesce(array_agg(DISTINCT x.record_id), '{}') FROM restricted_record x
   WHERE nullif(current_setting('concordat.user', true), '')::uuid = ANY (x.named)
$function$;

CREATE OR REPLACE FUNCTION risk.part_in(asked uuid)
 RETURNS text
 LANGUAGE sql
 STABLE
AS $function$
  SELECT c.level FROM case_access c
   WHERE acting_as('user') AND c.case_id = asked AND c.org_id = acting_org() AND c.until IS NULL AND c.level <> 'preview'
     AND (NOT c.restricted OR c.case_id = ANY (open_by_name())) AND c.case_id <> ALL (closed_to_caller(false))
$function$;

CREATE OR REPLACE FUNCTION risk.permitted_transfer(asked uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'risk'
AS $function$
  SELECT EXISTS (SELECT 1 FROM forum_transfer_permit p WHERE p.transfer_id = asked AND p.to_org = acting_org())
$function$;

CREATE OR REPLACE FUNCTION risk.practice_counts(asked uuid, first_day date, last_day date, today date)
 RETURNS TABLE(minutes_met integer, minutes_missed integer, minutes_running integer, research_met integer, research_missed integer, contact_met integer, contact_missed integer, actions_done integer, actions_not_possible integer, actions_not_done integer, actions_open integer)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'risk'
AS $function$
  WITH met AS (
    SELECT m.id, m.minutes_by, (m.issued_at AT TIME ZONE 'Europe/London')::date AS issued_on FROM meeting m
     WHERE leads_forum(asked) AND m.forum_id = asked AND m.held_on BETWEEN first_day AND last_day AND m.minutes_by IS NOT NULL
       AND m.state <> 'cancelled'),
  heard AS (
    SELECT i.id, i.referral_id, i.heard_at, i.meeting_id FROM agenda_item i JOIN meeting m ON m.id = i.meeting_id
     WHERE leads_forum(asked) AND m.forum_id = asked AND m.held_on BETWEEN first_day AND last_day AND i.state = 'heard'),
  spoken AS (
    SELECT EXISTS (SELECT 1 FROM advocate_attempt a WHERE a.contact_id = c.id AND a.outcome = 'reached' AND a.at <= h.heard_at) AS in_time
      FROM heard h JOIN advocate_contact c ON c.referral_id = h.referral_id),
  done AS (SELECT a.state FROM conference_action a JOIN heard h ON h.id = a.item_id)
  SELECT (SELECT count(*)::int FROM met WHERE issued_on <= minutes_by),
         (SELECT count(*)::int FROM met WHERE coalesce(issued_on, today) > minutes_by),
         (SELECT count(*)::int FROM met WHERE issued_on IS NULL AND minutes_by >= today),
         (SELECT count(*)::int FROM research x JOIN heard h ON h.id = x.item_id WHERE NOT x.late),
         (SELECT count(*)::int FROM research x JOIN heard h ON h.id = x.item_id WHERE x.late),
         (SELECT count(*)::int FROM spoken WHERE in_time), (SELECT count(*)::int FROM spoken WHERE NOT in_time),
         (SELECT count(*)::int FROM done WHERE state = 'done'),
         (SELECT count(*)::int FROM done WHERE state = 'not-possible'),
         (SELECT count(*)::int FROM done WHERE state IN ('not-done', 'escalated')),
         (SELECT count(*)::int FROM done WHERE state IN ('proposed', 'accepted', 'in-progress'))
$function$;

CREATE OR REPLACE FUNCTION risk.refer_transferred(asked uuid, made uuid, used_pack text, used_version integer)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'risk'
AS $function$
BEGIN
  INSERT INTO forum_referral (id, forum_id, case_id, subject_id, other_ids, child_ids, org_id, by_id, at, criteria, incident,
       consent, repeat, pack, forum_version, waiting, from_forum, diverts)
  SELECT made, t.to_forum, r.case_id, r.subject_id, r.other_ids, r.child_ids, acting_org(), acting_user(), clock_timestamp(),
         r.criteria, r.incident, r.consent, NULL, used_pack, used_version, true, t.from_forum, t.diverts
    FROM forum_transfer t JOIN forum_referral r ON r.id = t.referral_id
   WHERE t.id = asked AND t.acknowledged_at IS NULL AND leads_forum(t.to_forum) AND part_in(t.case_id) IS NOT NULL
     AND NOT is_closed(t.subject_id) AND (t.sent_org = acting_org() OR permitted_transfer(t.id));
  IF NOT FOUND THEN RETURN false; END IF;
  INSERT INTO referral_characteristic (referral_id, code, answer)
  SELECT made, c.code, c.answer FROM forum_transfer t JOIN referral_characteristic c ON c.referral_id = t.referral_id WHERE t.id = asked;
  RETURN true;
END $function$;

CREATE OR REPLACE FUNCTION risk.referral_standing(asked uuid)
 RETURNS TABLE(held_on date, state text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'risk'
AS $function$
  SELECT m.held_on, i.state FROM forum_referral r JOIN agenda_item i ON i.referral_id = r.id JOIN meeting m ON m.id = i.meeting_id
   WHERE r.id = asked AND part_in(r.case_id) IS NOT NULL AND NOT is_closed(r.subject_id)
     AND (r.org_id = acting_org() OR sits_on(r.forum_id)) AND NOT conflicted_in(i.id)
   ORDER BY m.held_on DESC LIMIT 1
$function$;

CREATE OR REPLACE FUNCTION risk.referral_steps_about(asked uuid)
 RETURNS TABLE(title text, at timestamp with time zone, words text, advice text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'risk'
AS $function$
  SELECT f.settings ->> 'title', s.at, s.words, s.advice
    FROM forum_referral r JOIN forum f ON f.id = r.forum_id JOIN forum_referral_step s ON s.referral_id = r.id
   WHERE acting_as('service') AND (standing_person(r.subject_id) = standing_person(asked)
      OR EXISTS (SELECT 1 FROM unnest(r.child_ids) c WHERE standing_person(c) = standing_person(asked)))
  UNION ALL
  SELECT f.settings ->> 'title', r.at, d ->> 'reason', NULL
    FROM forum_referral r JOIN forum f ON f.id = r.forum_id, jsonb_array_elements(r.diverts) d
   WHERE acting_as('service') AND d ->> 'reason' <> '' AND (standing_person(r.subject_id) = standing_person(asked)
      OR EXISTS (SELECT 1 FROM unnest(r.child_ids) c WHERE standing_person(c) = standing_person(asked)))
  UNION ALL
  SELECT f.settings ->> 'title', a.at, a.words, NULL
    FROM advocate_contact c JOIN forum f ON f.id = c.forum_id JOIN advocate_attempt a ON a.contact_id = c.id
   WHERE acting_as('service') AND standing_person(c.subject_id) = standing_person(asked) AND a.words <> ''
  UNION ALL
  SELECT f.settings ->> 'title', t.sent_at, t.reason, t.acknowledged_words
    FROM forum_transfer t JOIN forum f ON f.id = t.to_forum
   WHERE acting_as('service') AND standing_person(t.subject_id) = standing_person(asked)
  UNION ALL
  SELECT f.settings ->> 'title', m.answered_at, m.after, m.reason
    FROM minute_amendment m JOIN agenda_item i ON i.id = m.item_id JOIN forum_referral r ON r.id = i.referral_id
    JOIN forum f ON f.id = r.forum_id
   WHERE acting_as('service') AND m.state = 'agreed' AND (standing_person(r.subject_id) = standing_person(asked)
      OR EXISTS (SELECT 1 FROM unnest(r.child_ids) c WHERE standing_person(c) = standing_person(asked)))
   ORDER BY 2
$function$;

CREATE OR REPLACE FUNCTION risk.research_returned(asked uuid)
 RETURNS TABLE(org_id uuid, late boolean, at timestamp with time zone)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'risk'
AS $function$
  SELECT r.org_id, r.late, r.at FROM research r JOIN agenda_item i ON i.id = r.item_id
   WHERE i.id = asked AND sits_on(forum_of(i.meeting_id)) AND part_in(i.case_id) IS NOT NULL AND NOT is_closed(i.subject_id)
     AND NOT conflicted_in(i.id)
$function$;

CREATE OR REPLACE FUNCTION risk.sees_item(asked uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE
AS $function$
  SELECT EXISTS (SELECT 1 FROM agenda_item i WHERE i.id = asked)
$function$;

CREATE OR REPLACE FUNCTION risk.signed_for(asked uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE
AS $function$
  SELECT EXISTS (SELECT 1 FROM agenda_item i WHERE i.referral_id = asked AND has_signed(i.meeting_id))
$function$;

CREATE OR REPLACE FUNCTION risk.sits_on(asked uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE
AS $function$
  SELECT acting_as('user') AND EXISTS (
    SELECT 1 FROM forum_member f WHERE f.forum_id = asked AND f.org_id = acting_org() AND f.user_id = acting_user())
$function$;

CREATE OR REPLACE FUNCTION risk.standing_person(asked uuid)
 RETURNS uuid
 LANGUAGE sql
 STABLE
AS $function$
  WITH RECURSIVE up (id, steps) AS (
    SELECT asked, 0
    UNION ALL
    SELECT m.survivor_id, steps + 1 FROM up JOIN merged_person m ON m.merged_id = up.id WHERE steps < 20)
  SELECT id FROM up ORDER BY steps DESC LIMIT 1
$function$;

CREATE OR REPLACE FUNCTION risk.transferred_about(asked uuid)
 RETURNS TABLE(subject_id uuid, other_ids uuid[], child_ids uuid[], consent jsonb)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'risk'
AS $function$
  SELECT standing_person(r.subject_id), ARRAY(SELECT standing_person(o) FROM unnest(r.other_ids) o),
         ARRAY(SELECT standing_person(o) FROM unnest(r.child_ids) o), r.consent
    FROM forum_transfer t JOIN forum_referral r ON r.id = t.referral_id
   WHERE t.id = asked AND part_in(t.case_id) IS NOT NULL AND NOT is_closed(t.subject_id) AND NOT conflicted_on(t.referral_id)
     AND (leads_forum(t.from_forum) OR (leads_forum(t.to_forum) AND (t.sent_org = acting_org() OR permitted_transfer(t.id))))
$function$;

CREATE OR REPLACE FUNCTION risk.transferred_with(asked uuid)
 RETURNS TABLE(held_on date, criteria jsonb, harm text, contributory text, protective text, rationale text, actions jsonb)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'risk'
AS $function$
  SELECT m.held_on, r.criteria, amended(i.id, 'harm', i.harm), amended(i.id, 'contributory', i.contributory),
         amended(i.id, 'protective', i.protective),
         nullif(concat_ws(E'\n', nullif(amended(i.id, 'rationale', i.rationale), ''),
           nullif(amended(i.id, 'recorded', i.recorded), '')), ''),
         (SELECT jsonb_agg(jsonb_build_object('what', a.what, 'ownerOrg', a.owner_org, 'dueOn', a.due_on, 'state', a.state)
            ORDER BY a.proposed_at) FROM conference_action a WHERE a.item_id = i.id)
    FROM forum_transfer t JOIN forum_referral r ON r.id = t.referral_id
    LEFT JOIN agenda_item i ON i.referral_id = r.id AND i.state = 'heard'
    LEFT JOIN meeting m ON m.id = i.meeting_id
   WHERE t.id = asked AND part_in(t.case_id) IS NOT NULL AND NOT is_closed(t.subject_id) AND NOT conflicted_on(t.referral_id)
     AND (leads_forum(t.from_forum) OR (leads_forum(t.to_forum) AND (t.sent_org = acting_org() OR permitted_transfer(t.id))))
   ORDER BY m.held_on
$function$;

CREATE OR REPLACE FUNCTION risk.unanswered_at(asked uuid)
 RETURNS TABLE(item_id uuid, case_id uuid, org_id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'risk'
AS $function$
        SELECT DISTINCT i.id, i.case_id, a.org_id
          FROM agenda_item i JOIN case_access a ON a.case_id = i.case_id AND a.until IS NULL AND a.level <> 'preview'
         WHERE i.meeting_id = asked AND i.state IN ('listed', 'open') AND leads_forum(forum_of(asked))
           AND NOT EXISTS (SELECT 1 FROM research x WHERE x.item_id = i.id AND x.org_id = a.org_id)
      $function$;

CREATE OR REPLACE FUNCTION risk.unlist_referral(asked uuid)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'risk'
AS $function$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM forum_referral r WHERE r.id = asked AND NOT is_closed(r.subject_id)
      AND ((leads_forum(r.forum_id) AND part_in(r.case_id) IS NOT NULL)
        OR (acting_as('user') AND r.org_id = acting_org() AND part_in(r.case_id) IN ('lead', 'contributor')))) THEN
    RETURN false;
  END IF;
  DELETE FROM agenda_item i USING meeting m
   WHERE i.referral_id = asked AND m.id = i.meeting_id AND i.state = 'listed' AND m.state IN ('planned', 'referrals-closed')
     AND NOT conflicted_in(i.id);
  RETURN NOT EXISTS (SELECT 1 FROM agenda_item i WHERE i.referral_id = asked AND i.state <> 'deferred');
END $function$;

CREATE OR REPLACE FUNCTION risk.work_overseen()
 RETURNS TABLE(id uuid, kind text, state text, org_id uuid, user_id uuid, done integer, total integer, code text, asked_at timestamp with time zone, ended_at timestamp with time zone, moved_at timestamp with time zone)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'risk'
AS $function$
  WITH caller AS (
    SELECT m.org_id, m.areas FROM member m
     WHERE acting_as('user') AND m.user_id = acting_user() AND m.org_id = acting_org() AND m.active AND 'administrator' = ANY (m.roles)),
  reach AS (
    SELECT o.org_id FROM organisation o, caller c
     WHERE o.org_id = c.org_id
        OR EXISTS (SELECT 1 FROM area a WHERE a.active AND a.lead_org = c.org_id AND a.area_id = ANY (c.areas)))
  SELECT w.id, 'minutes', w.state, w.org_id, w.user_id, w.written, w.parts, w.code, w.requested_at, w.ended_at,
         w.claimed_until - interval '120 seconds'
    FROM minutes_paper w JOIN reach USING (org_id) ORDER BY w.state = 'running' DESC, w.requested_at DESC LIMIT 200
$function$;

-- schema reviews

CREATE TABLE act (
  event_id uuid NOT NULL,
  body bytea NOT NULL,
  seq bigint,
  created_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  published_at timestamp with time zone,
  PRIMARY KEY (event_id)
);
CREATE INDEX act_unnumbered ON act USING btree (event_id) WHERE (seq IS NULL);
CREATE INDEX act_unpublished ON act USING btree (seq) WHERE ((published_at IS NULL) AND (seq IS NOT NULL));
CREATE UNIQUE INDEX act_seq ON act USING btree (seq) WHERE (seq IS NOT NULL);
GRANT DELETE, INSERT, SELECT, UPDATE ON act TO concordat_reviews;

CREATE TABLE action_target (
  action_id uuid NOT NULL,
  number integer NOT NULL,
  due date NOT NULL,
  reason text,
  approver text,
  by_id uuid NOT NULL,
  at timestamp with time zone NOT NULL,
  PRIMARY KEY (action_id, number),
  FOREIGN KEY (action_id) REFERENCES review_action(id)
);
ALTER TABLE action_target ENABLE ROW LEVEL SECURITY;
CREATE POLICY added ON action_target FOR INSERT WITH CHECK (EXISTS ( SELECT 1
   FROM (review_action a
     JOIN recommendation r ON ((r.id = a.recommendation_id)))
  WHERE ((a.id = action_target.action_id) AND coordinates(r.review_owner))));
CREATE POLICY seen ON action_target FOR SELECT USING (EXISTS ( SELECT 1
   FROM review_action a
  WHERE (a.id = action_target.action_id)));
GRANT INSERT, SELECT ON action_target TO concordat_reviews;

CREATE TABLE area (
  area_id uuid NOT NULL,
  lead_org uuid NOT NULL,
  active boolean NOT NULL,
  PRIMARY KEY (area_id)
);
GRANT DELETE, INSERT, SELECT, UPDATE ON area TO concordat_reviews;

CREATE TABLE asb_application (
  id uuid NOT NULL,
  version integer NOT NULL,
  reference text COLLATE "C" NOT NULL,
  owner_org uuid NOT NULL,
  channel text COLLATE "C" NOT NULL,
  document jsonb NOT NULL,
  received_at timestamp with time zone NOT NULL,
  review_id uuid,
  set_aside text,
  settled_at timestamp with time zone,
  erased_at timestamp with time zone,
  PRIMARY KEY (id),
  UNIQUE (reference),
  FOREIGN KEY (review_id) REFERENCES review(id),
  CONSTRAINT asb_application_check CHECK (((review_id IS NULL) OR (set_aside IS NULL)))
);
CREATE INDEX asb_application_open ON asb_application USING btree (owner_org, received_at) WHERE ((review_id IS NULL) AND (set_aside IS NULL));
CREATE INDEX asb_application_settled ON asb_application USING btree (owner_org, received_at, id) WHERE ((review_id IS NOT NULL) OR (set_aside IS NOT NULL));
ALTER TABLE asb_application ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON asb_application FOR SELECT USING coordinates(owner_org);
CREATE POLICY sent ON asb_application FOR INSERT WITH CHECK (acting_as('service'::text) OR coordinates(owner_org));
CREATE POLICY taken ON asb_application FOR UPDATE USING coordinates(owner_org);
GRANT INSERT, SELECT ON asb_application TO concordat_reviews;

CREATE TABLE chronology_item (
  id uuid NOT NULL,
  review_id uuid NOT NULL,
  number integer NOT NULL,
  org_id uuid NOT NULL,
  record jsonb NOT NULL,
  decision_id uuid,
  by_id uuid NOT NULL,
  at timestamp with time zone NOT NULL,
  corrects uuid,
  PRIMARY KEY (id),
  UNIQUE (corrects),
  UNIQUE (review_id, number),
  UNIQUE (id, review_id, org_id),
  FOREIGN KEY (review_id) REFERENCES review(id),
  FOREIGN KEY (corrects, review_id, org_id) REFERENCES chronology_item(id, review_id, org_id)
);
ALTER TABLE chronology_item ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON chronology_item FOR SELECT USING (EXISTS ( SELECT 1
   FROM review r
  WHERE (r.id = chronology_item.review_id)));
CREATE POLICY told ON chronology_item FOR INSERT WITH CHECK ((org_id = acting_org()) AND (EXISTS ( SELECT 1
   FROM review r
  WHERE (r.id = chronology_item.review_id))));
GRANT INSERT, SELECT ON chronology_item TO concordat_reviews;

CREATE TABLE chronology_same (
  review_id uuid NOT NULL,
  one uuid NOT NULL,
  other uuid NOT NULL,
  why text NOT NULL,
  by_id uuid NOT NULL,
  at timestamp with time zone NOT NULL,
  PRIMARY KEY (review_id, one, other),
  FOREIGN KEY (one) REFERENCES chronology_item(id),
  FOREIGN KEY (other) REFERENCES chronology_item(id),
  FOREIGN KEY (review_id) REFERENCES review(id)
);
ALTER TABLE chronology_same ENABLE ROW LEVEL SECURITY;
CREATE POLICY drafting ON chronology_same FOR INSERT WITH CHECK drafts(review_id);
CREATE POLICY seen ON chronology_same FOR SELECT USING (EXISTS ( SELECT 1
   FROM review r
  WHERE (r.id = chronology_same.review_id)));
GRANT INSERT, SELECT ON chronology_same TO concordat_reviews;

CREATE TABLE chronology_version (
  review_id uuid NOT NULL,
  number integer NOT NULL,
  items jsonb NOT NULL,
  same jsonb NOT NULL,
  digest text NOT NULL,
  by_id uuid NOT NULL,
  at timestamp with time zone NOT NULL,
  PRIMARY KEY (review_id, number),
  FOREIGN KEY (review_id) REFERENCES review(id)
);
ALTER TABLE chronology_version ENABLE ROW LEVEL SECURITY;
CREATE POLICY frozen ON chronology_version FOR INSERT WITH CHECK (EXISTS ( SELECT 1
   FROM review r
  WHERE ((r.id = chronology_version.review_id) AND coordinates(r.owner_org))));
CREATE POLICY seen ON chronology_version FOR SELECT USING (EXISTS ( SELECT 1
   FROM review r
  WHERE (r.id = chronology_version.review_id)));
GRANT INSERT, SELECT ON chronology_version TO concordat_reviews;

CREATE TABLE family_contact (
  id uuid NOT NULL,
  review_id uuid NOT NULL,
  person_id uuid,
  record jsonb NOT NULL,
  by_id uuid NOT NULL,
  at timestamp with time zone NOT NULL,
  PRIMARY KEY (id),
  FOREIGN KEY (review_id) REFERENCES review(id)
);
CREATE INDEX family_contact_review ON family_contact USING btree (review_id);
ALTER TABLE family_contact ENABLE ROW LEVEL SECURITY;
CREATE POLICY added ON family_contact FOR INSERT WITH CHECK drafts(review_id);
CREATE POLICY drafting ON family_contact FOR SELECT USING drafts(review_id);
GRANT INSERT, SELECT ON family_contact TO concordat_reviews;

CREATE TABLE family_person (
  id uuid NOT NULL,
  number integer NOT NULL,
  review_id uuid NOT NULL,
  record jsonb NOT NULL,
  by_id uuid NOT NULL,
  at timestamp with time zone NOT NULL,
  PRIMARY KEY (id, number),
  FOREIGN KEY (review_id) REFERENCES review(id)
);
CREATE INDEX family_person_review ON family_person USING btree (review_id);
ALTER TABLE family_person ENABLE ROW LEVEL SECURITY;
CREATE POLICY added ON family_person FOR INSERT WITH CHECK drafts(review_id);
CREATE POLICY drafting ON family_person FOR SELECT USING drafts(review_id);
GRANT INSERT, SELECT ON family_person TO concordat_reviews;

CREATE TABLE idempotency (
  actor_id uuid NOT NULL,
  key text NOT NULL,
  request_digest bytea NOT NULL,
  reply json NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  PRIMARY KEY (actor_id, key)
);
CREATE INDEX idempotency_age ON idempotency USING btree (created_at);
GRANT DELETE, INSERT, SELECT, UPDATE ON idempotency TO concordat_reviews;

CREATE TABLE inbox (
  source text NOT NULL,
  stream_id uuid NOT NULL,
  stream_version bigint NOT NULL,
  event_id uuid NOT NULL,
  seq bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
  body bytea NOT NULL,
  received_at timestamp with time zone NOT NULL DEFAULT now(),
  attempts smallint NOT NULL DEFAULT 0,
  next_attempt_at timestamp with time zone NOT NULL DEFAULT '-infinity'::timestamp with time zone,
  PRIMARY KEY (source, stream_id, stream_version)
);
CREATE INDEX inbox_order ON inbox USING btree (seq) WHERE (source !~~ '%.acts'::text);
GRANT DELETE, INSERT, SELECT, UPDATE ON inbox TO concordat_reviews;

CREATE TABLE job_outbox (
  job_key text NOT NULL,
  revision integer NOT NULL DEFAULT 1,
  name text NOT NULL,
  payload jsonb NOT NULL,
  run_at timestamp with time zone NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  moved_at timestamp with time zone,
  PRIMARY KEY (job_key)
);
CREATE INDEX job_outbox_due ON job_outbox USING btree (run_at);
GRANT DELETE, INSERT, SELECT, UPDATE ON job_outbox TO concordat_reviews;

CREATE TABLE kind_pin (
  code text COLLATE "C" NOT NULL,
  version integer NOT NULL,
  digest text NOT NULL,
  definition jsonb NOT NULL,
  pinned_at timestamp with time zone NOT NULL,
  PRIMARY KEY (code, version)
);
GRANT INSERT, SELECT ON kind_pin TO concordat_reviews;

CREATE TABLE malformed (
  topic text NOT NULL,
  partition integer NOT NULL,
  position bigint NOT NULL,
  reason text NOT NULL,
  raw bytea NOT NULL,
  received_at timestamp with time zone NOT NULL DEFAULT now(),
  PRIMARY KEY (topic, partition, "position")
);
GRANT DELETE, INSERT, SELECT, UPDATE ON malformed TO concordat_reviews;

CREATE TABLE member (
  user_id uuid NOT NULL,
  org_id uuid NOT NULL,
  subject text NOT NULL,
  roles text[] NOT NULL,
  areas uuid[] NOT NULL,
  active boolean NOT NULL,
  may_receive boolean NOT NULL DEFAULT true,
  changed_at timestamp with time zone NOT NULL DEFAULT now(),
  team_id uuid,
  manager_id uuid,
  PRIMARY KEY (user_id, org_id)
);
CREATE INDEX member_subject ON member USING btree (subject);
GRANT DELETE, INSERT, SELECT, UPDATE ON member TO concordat_reviews;

CREATE TABLE organisation (
  org_id uuid NOT NULL,
  agency_type text NOT NULL,
  active boolean NOT NULL,
  PRIMARY KEY (org_id)
);
GRANT DELETE, INSERT, SELECT, UPDATE ON organisation TO concordat_reviews;

CREATE TABLE outbox (
  event_id uuid NOT NULL,
  seq bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
  stream_id uuid NOT NULL,
  stream_version bigint NOT NULL,
  topic text NOT NULL,
  partition smallint NOT NULL,
  headers jsonb NOT NULL,
  body bytea NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  published_at timestamp with time zone,
  PRIMARY KEY (event_id),
  UNIQUE (stream_id, stream_version)
);
CREATE INDEX outbox_unpublished ON outbox USING btree (seq) WHERE (published_at IS NULL);
GRANT DELETE, INSERT, SELECT, UPDATE ON outbox TO concordat_reviews;

CREATE TABLE outcome_letter (
  id uuid NOT NULL,
  review_id uuid NOT NULL,
  words jsonb NOT NULL,
  by_id uuid NOT NULL,
  at timestamp with time zone NOT NULL,
  PRIMARY KEY (id),
  FOREIGN KEY (id) REFERENCES release_file(id),
  FOREIGN KEY (review_id) REFERENCES review(id)
);
CREATE INDEX outcome_letter_review ON outcome_letter USING btree (review_id);
ALTER TABLE outcome_letter ENABLE ROW LEVEL SECURITY;
CREATE POLICY added ON outcome_letter FOR INSERT WITH CHECK drafts(review_id);
CREATE POLICY drafting ON outcome_letter FOR SELECT USING drafts(review_id);
GRANT INSERT, SELECT ON outcome_letter TO concordat_reviews;

CREATE TABLE partnership_duty (
  id uuid NOT NULL,
  owner_org uuid NOT NULL,
  code text COLLATE "C" NOT NULL,
  version integer NOT NULL,
  PRIMARY KEY (id),
  UNIQUE (owner_org, code)
);
ALTER TABLE partnership_duty ENABLE ROW LEVEL SECURITY;
CREATE POLICY changed ON partnership_duty FOR UPDATE USING coordinates(owner_org);
CREATE POLICY kept ON partnership_duty FOR INSERT WITH CHECK coordinates(owner_org);
CREATE POLICY seen ON partnership_duty FOR SELECT USING (coordinates(owner_org) OR audits(owner_org));
GRANT INSERT, SELECT ON partnership_duty TO concordat_reviews;

CREATE TABLE partnership_duty_entry (
  duty_id uuid NOT NULL,
  number integer NOT NULL,
  what text NOT NULL,
  record jsonb NOT NULL,
  by_id uuid NOT NULL,
  at timestamp with time zone NOT NULL,
  PRIMARY KEY (duty_id, number),
  FOREIGN KEY (duty_id) REFERENCES partnership_duty(id),
  CONSTRAINT partnership_duty_entry_what_check CHECK ((what = ANY (ARRAY['done'::text, 'copy'::text])))
);
ALTER TABLE partnership_duty_entry ENABLE ROW LEVEL SECURITY;
CREATE POLICY kept ON partnership_duty_entry FOR INSERT WITH CHECK (EXISTS ( SELECT 1
   FROM partnership_duty d
  WHERE ((d.id = partnership_duty_entry.duty_id) AND coordinates(d.owner_org))));
CREATE POLICY seen ON partnership_duty_entry FOR SELECT USING (EXISTS ( SELECT 1
   FROM partnership_duty d
  WHERE (d.id = partnership_duty_entry.duty_id)));
GRANT INSERT, SELECT ON partnership_duty_entry TO concordat_reviews;

CREATE TABLE protected_person (
  id uuid NOT NULL,
  number integer NOT NULL,
  review_id uuid NOT NULL,
  record jsonb NOT NULL,
  by_id uuid NOT NULL,
  at timestamp with time zone NOT NULL,
  PRIMARY KEY (id, number),
  FOREIGN KEY (review_id) REFERENCES review(id)
);
CREATE INDEX protected_person_review ON protected_person USING btree (review_id);
ALTER TABLE protected_person ENABLE ROW LEVEL SECURITY;
CREATE POLICY added ON protected_person FOR INSERT WITH CHECK drafts(review_id);
CREATE POLICY drafting ON protected_person FOR SELECT USING drafts(review_id);
GRANT INSERT, SELECT ON protected_person TO concordat_reviews;

CREATE TABLE publication (
  id uuid NOT NULL,
  review_id uuid NOT NULL,
  edition integer NOT NULL,
  owner_org uuid NOT NULL,
  label text NOT NULL,
  title text NOT NULL,
  learning text NOT NULL,
  whole boolean NOT NULL,
  by_id uuid NOT NULL,
  published_at timestamp with time zone NOT NULL,
  PRIMARY KEY (id),
  UNIQUE (review_id, edition),
  FOREIGN KEY (review_id) REFERENCES review(id)
);
ALTER TABLE publication ENABLE ROW LEVEL SECURITY;
CREATE POLICY published ON publication FOR SELECT USING true;
CREATE POLICY publishing ON publication FOR INSERT WITH CHECK coordinates(owner_org);
GRANT INSERT, SELECT ON publication TO concordat_reviews;

CREATE TABLE publication_file (
  publication_id uuid NOT NULL,
  number integer NOT NULL,
  file_id uuid NOT NULL,
  mapped integer NOT NULL,
  artefact text NOT NULL,
  type text NOT NULL,
  ending text NOT NULL,
  size integer NOT NULL,
  digest text NOT NULL,
  PRIMARY KEY (publication_id, number),
  FOREIGN KEY (file_id, mapped) REFERENCES release_verdict(file_id, mapped),
  FOREIGN KEY (publication_id) REFERENCES publication(id)
);
ALTER TABLE publication_file ENABLE ROW LEVEL SECURITY;
CREATE POLICY published ON publication_file FOR SELECT USING true;
CREATE POLICY publishing ON publication_file FOR INSERT WITH CHECK (EXISTS ( SELECT 1
   FROM publication p
  WHERE ((p.id = publication_file.publication_id) AND coordinates(p.owner_org))));
GRANT INSERT, SELECT ON publication_file TO concordat_reviews;

CREATE TABLE published_figures (
  id uuid NOT NULL,
  owner_org uuid NOT NULL,
  first_day date NOT NULL,
  last_day date NOT NULL,
  edition integer NOT NULL,
  figures jsonb NOT NULL,
  note text,
  by_id uuid NOT NULL,
  published_at timestamp with time zone NOT NULL,
  PRIMARY KEY (id),
  UNIQUE (owner_org, first_day, last_day, edition)
);
ALTER TABLE published_figures ENABLE ROW LEVEL SECURITY;
CREATE POLICY published ON published_figures FOR SELECT USING true;
CREATE POLICY publishing ON published_figures FOR INSERT WITH CHECK coordinates(owner_org);
GRANT INSERT, SELECT ON published_figures TO concordat_reviews;

CREATE TABLE recommendation (
  id uuid NOT NULL,
  version integer NOT NULL,
  review_id uuid NOT NULL,
  review_reference text COLLATE "C" NOT NULL,
  review_owner uuid NOT NULL,
  kind_code text COLLATE "C" NOT NULL,
  number integer NOT NULL,
  level text COLLATE "C" NOT NULL,
  theme text NOT NULL,
  owner_org uuid,
  response text COLLATE "C",
  responded boolean NOT NULL,
  document jsonb NOT NULL,
  created_at timestamp with time zone NOT NULL,
  changed_at timestamp with time zone NOT NULL,
  answer_due date,
  PRIMARY KEY (id),
  UNIQUE (review_id, number),
  FOREIGN KEY (review_id) REFERENCES review(id)
);
CREATE INDEX recommendation_owner ON recommendation USING btree (owner_org) WHERE (answer_due IS NOT NULL);
ALTER TABLE recommendation ENABLE ROW LEVEL SECURITY;
CREATE POLICY changed ON recommendation FOR UPDATE USING ((EXISTS ( SELECT 1
   FROM review r
  WHERE (r.id = recommendation.review_id))) OR leads_action_of(id) OR ((answer_due IS NOT NULL) AND answers_for(owner_org)));
CREATE POLICY proposed ON recommendation FOR INSERT WITH CHECK (EXISTS ( SELECT 1
   FROM review r
  WHERE ((r.id = recommendation.review_id) AND coordinates(r.owner_org))));
CREATE POLICY seen ON recommendation FOR SELECT USING ((EXISTS ( SELECT 1
   FROM review r
  WHERE (r.id = recommendation.review_id))) OR leads_action_of(id) OR ((answer_due IS NOT NULL) AND answers_for(owner_org)));
GRANT INSERT, SELECT, UPDATE ON recommendation TO concordat_reviews;

CREATE TABLE recommendation_repeat (
  recommendation_id uuid NOT NULL,
  earlier_id uuid NOT NULL,
  by_id uuid NOT NULL,
  at timestamp with time zone NOT NULL,
  PRIMARY KEY (recommendation_id, earlier_id),
  FOREIGN KEY (earlier_id) REFERENCES recommendation(id),
  FOREIGN KEY (recommendation_id) REFERENCES recommendation(id),
  CONSTRAINT recommendation_repeat_check CHECK ((recommendation_id <> earlier_id))
);
CREATE INDEX recommendation_repeated ON recommendation_repeat USING btree (earlier_id);
ALTER TABLE recommendation_repeat ENABLE ROW LEVEL SECURITY;
CREATE POLICY linked ON recommendation_repeat FOR INSERT WITH CHECK ((EXISTS ( SELECT 1
   FROM recommendation r
  WHERE ((r.id = recommendation_repeat.recommendation_id) AND coordinates(r.review_owner)))) AND (EXISTS ( SELECT 1
   FROM recommendation r
  WHERE (r.id = recommendation_repeat.earlier_id))));
CREATE POLICY seen ON recommendation_repeat FOR SELECT USING (EXISTS ( SELECT 1
   FROM recommendation r
  WHERE (r.id = recommendation_repeat.recommendation_id)));
GRANT INSERT, SELECT ON recommendation_repeat TO concordat_reviews;

CREATE TABLE recommendation_step (
  recommendation_id uuid NOT NULL,
  version integer NOT NULL,
  what text NOT NULL,
  action_id uuid,
  action_state text,
  by_id uuid NOT NULL,
  org_id uuid NOT NULL,
  at timestamp with time zone NOT NULL,
  PRIMARY KEY (recommendation_id, version),
  FOREIGN KEY (recommendation_id) REFERENCES recommendation(id)
);
ALTER TABLE recommendation_step ENABLE ROW LEVEL SECURITY;
CREATE POLICY added ON recommendation_step FOR INSERT WITH CHECK (EXISTS ( SELECT 1
   FROM recommendation r
  WHERE (r.id = recommendation_step.recommendation_id)));
CREATE POLICY seen ON recommendation_step FOR SELECT USING (EXISTS ( SELECT 1
   FROM recommendation r
  WHERE (r.id = recommendation_step.recommendation_id)));
GRANT INSERT, SELECT ON recommendation_step TO concordat_reviews;

CREATE TABLE reconciliation (
  source text NOT NULL,
  checked_at timestamp with time zone NOT NULL DEFAULT '-infinity'::timestamp with time zone,
  changed_since timestamp with time zone NOT NULL DEFAULT '-infinity'::timestamp with time zone,
  healed bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (source)
);
GRANT DELETE, INSERT, SELECT, UPDATE ON reconciliation TO concordat_reviews;

CREATE TABLE relay_lease (
  one boolean NOT NULL DEFAULT true,
  epoch bigint NOT NULL DEFAULT 0,
  act_seq bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (one),
  CONSTRAINT relay_lease_one_check CHECK (one)
);
GRANT DELETE, INSERT, SELECT, UPDATE ON relay_lease TO concordat_reviews;

CREATE TABLE release_clearing (
  file_id uuid NOT NULL,
  key text NOT NULL,
  reason text NOT NULL,
  by_id uuid NOT NULL,
  at timestamp with time zone NOT NULL,
  PRIMARY KEY (file_id, key),
  FOREIGN KEY (file_id) REFERENCES release_file(id)
);
ALTER TABLE release_clearing ENABLE ROW LEVEL SECURITY;
CREATE POLICY added ON release_clearing FOR INSERT WITH CHECK (EXISTS ( SELECT 1
   FROM release_file f
  WHERE (f.id = release_clearing.file_id)));
CREATE POLICY drafting ON release_clearing FOR SELECT USING (EXISTS ( SELECT 1
   FROM release_file f
  WHERE (f.id = release_clearing.file_id)));
GRANT INSERT, SELECT ON release_clearing TO concordat_reviews;

CREATE TABLE release_file (
  id uuid NOT NULL,
  review_id uuid NOT NULL,
  artefact text NOT NULL,
  name text NOT NULL,
  type text NOT NULL,
  ending text NOT NULL,
  size integer NOT NULL,
  digest text NOT NULL,
  malware text NOT NULL,
  by_id uuid NOT NULL,
  at timestamp with time zone NOT NULL,
  PRIMARY KEY (id),
  FOREIGN KEY (review_id) REFERENCES review(id),
  CONSTRAINT release_file_malware_check CHECK ((malware = ANY (ARRAY['clean'::text, 'not-scanned'::text])))
);
CREATE INDEX release_file_review ON release_file USING btree (review_id);
ALTER TABLE release_file ENABLE ROW LEVEL SECURITY;
CREATE POLICY added ON release_file FOR INSERT WITH CHECK drafts(review_id);
CREATE POLICY drafting ON release_file FOR SELECT USING drafts(review_id);
GRANT INSERT, SELECT ON release_file TO concordat_reviews;

CREATE TABLE release_scan (
  file_id uuid NOT NULL,
  mapped integer NOT NULL,
  found jsonb NOT NULL,
  at timestamp with time zone NOT NULL,
  PRIMARY KEY (file_id, mapped),
  FOREIGN KEY (file_id) REFERENCES release_file(id)
);
ALTER TABLE release_scan ENABLE ROW LEVEL SECURITY;
CREATE POLICY added ON release_scan FOR INSERT WITH CHECK (EXISTS ( SELECT 1
   FROM release_file f
  WHERE (f.id = release_scan.file_id)));
CREATE POLICY drafting ON release_scan FOR SELECT USING (EXISTS ( SELECT 1
   FROM release_file f
  WHERE (f.id = release_scan.file_id)));
GRANT INSERT, SELECT ON release_scan TO concordat_reviews;

CREATE TABLE release_upload (
  id uuid NOT NULL,
  review_id uuid NOT NULL,
  user_id uuid NOT NULL,
  type text NOT NULL,
  ending text NOT NULL,
  size integer NOT NULL,
  digest text NOT NULL,
  scan text NOT NULL,
  expires_at timestamp with time zone NOT NULL,
  PRIMARY KEY (id),
  FOREIGN KEY (review_id) REFERENCES review(id),
  CONSTRAINT release_upload_scan_check CHECK ((scan = ANY (ARRAY['clean'::text, 'not-scanned'::text])))
);
CREATE INDEX release_upload_expiry ON release_upload USING btree (expires_at);
ALTER TABLE release_upload ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON release_upload FOR ALL USING (acting_as('system'::text) OR (user_id = acting_user()));
GRANT DELETE, INSERT, SELECT, UPDATE ON release_upload TO concordat_reviews;

CREATE TABLE release_verdict (
  file_id uuid NOT NULL,
  mapped integer NOT NULL,
  by_id uuid NOT NULL,
  at timestamp with time zone NOT NULL,
  PRIMARY KEY (file_id, mapped),
  FOREIGN KEY (file_id, mapped) REFERENCES release_scan(file_id, mapped)
);
ALTER TABLE release_verdict ENABLE ROW LEVEL SECURITY;
CREATE POLICY added ON release_verdict FOR INSERT WITH CHECK (EXISTS ( SELECT 1
   FROM release_file f
  WHERE (f.id = release_verdict.file_id)));
CREATE POLICY drafting ON release_verdict FOR SELECT USING (EXISTS ( SELECT 1
   FROM release_file f
  WHERE (f.id = release_verdict.file_id)));
GRANT INSERT, SELECT ON release_verdict TO concordat_reviews;

CREATE TABLE review (
  id uuid NOT NULL,
  version integer NOT NULL,
  reference text COLLATE "C" NOT NULL,
  owner_org uuid NOT NULL,
  kind_code text COLLATE "C" NOT NULL,
  kind_version integer NOT NULL,
  kind_digest text NOT NULL,
  state text COLLATE "C" NOT NULL,
  document jsonb NOT NULL,
  created_at timestamp with time zone NOT NULL,
  changed_at timestamp with time zone NOT NULL,
  PRIMARY KEY (id),
  UNIQUE (reference),
  FOREIGN KEY (kind_code, kind_version) REFERENCES kind_pin(code, version)
);
CREATE INDEX review_changed ON review USING btree (owner_org, changed_at DESC, id DESC);
ALTER TABLE review ENABLE ROW LEVEL SECURITY;
CREATE POLICY changed ON review FOR UPDATE USING (coordinates(owner_org) OR is_named(id));
CREATE POLICY registered ON review FOR INSERT WITH CHECK coordinates(owner_org);
CREATE POLICY seen ON review FOR SELECT USING (coordinates(owner_org) OR is_named(id));
GRANT INSERT, SELECT, UPDATE ON review TO concordat_reviews;

CREATE TABLE review_action (
  id uuid NOT NULL,
  recommendation_id uuid NOT NULL,
  number integer NOT NULL,
  state text COLLATE "C" NOT NULL,
  lead_id uuid NOT NULL,
  lead_org uuid NOT NULL,
  due date NOT NULL,
  document jsonb NOT NULL,
  PRIMARY KEY (id),
  UNIQUE (recommendation_id, number),
  FOREIGN KEY (recommendation_id) REFERENCES recommendation(id)
);
CREATE INDEX review_action_lead ON review_action USING btree (lead_id, lead_org);
ALTER TABLE review_action ENABLE ROW LEVEL SECURITY;
CREATE POLICY added ON review_action FOR INSERT WITH CHECK (EXISTS ( SELECT 1
   FROM recommendation r
  WHERE ((r.id = review_action.recommendation_id) AND coordinates(r.review_owner))));
CREATE POLICY moved ON review_action FOR UPDATE USING (EXISTS ( SELECT 1
   FROM recommendation r
  WHERE (r.id = review_action.recommendation_id)));
CREATE POLICY seen ON review_action FOR SELECT USING (EXISTS ( SELECT 1
   FROM recommendation r
  WHERE (r.id = review_action.recommendation_id)));
GRANT INSERT, SELECT, UPDATE ON review_action TO concordat_reviews;

CREATE TABLE review_data (
  review_id uuid NOT NULL,
  number integer NOT NULL,
  form text COLLATE "C" NOT NULL,
  form_version integer NOT NULL,
  group_code text COLLATE "C" NOT NULL,
  ordinal integer NOT NULL,
  answers jsonb NOT NULL,
  by_id uuid NOT NULL,
  at timestamp with time zone NOT NULL,
  PRIMARY KEY (review_id, number),
  FOREIGN KEY (review_id) REFERENCES review(id),
  CONSTRAINT review_data_ordinal_check CHECK (((ordinal >= 1) AND (ordinal <= 20)))
);
ALTER TABLE review_data ENABLE ROW LEVEL SECURITY;
CREATE POLICY added ON review_data FOR INSERT WITH CHECK drafts(review_id);
CREATE POLICY drafting ON review_data FOR SELECT USING drafts(review_id);
GRANT INSERT, SELECT ON review_data TO concordat_reviews;

CREATE TABLE review_decision (
  review_id uuid NOT NULL,
  number integer NOT NULL,
  record jsonb NOT NULL,
  decided_at timestamp with time zone NOT NULL,
  PRIMARY KEY (review_id, number),
  FOREIGN KEY (review_id) REFERENCES review(id)
);
ALTER TABLE review_decision ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON review_decision FOR SELECT USING (EXISTS ( SELECT 1
   FROM review r
  WHERE (r.id = review_decision.review_id)));
CREATE POLICY taken ON review_decision FOR INSERT WITH CHECK (EXISTS ( SELECT 1
   FROM review r
  WHERE ((r.id = review_decision.review_id) AND coordinates(r.owner_org))));
GRANT INSERT, SELECT ON review_decision TO concordat_reviews;

CREATE TABLE review_member (
  review_id uuid NOT NULL,
  user_id uuid NOT NULL,
  org_id uuid NOT NULL,
  seat text NOT NULL,
  named_at timestamp with time zone NOT NULL,
  PRIMARY KEY (review_id, user_id, org_id),
  FOREIGN KEY (review_id) REFERENCES review(id)
);
CREATE INDEX review_member_user ON review_member USING btree (user_id, org_id, review_id);
ALTER TABLE review_member ENABLE ROW LEVEL SECURITY;
CREATE POLICY named ON review_member FOR INSERT WITH CHECK (EXISTS ( SELECT 1
   FROM review r
  WHERE ((r.id = review_member.review_id) AND coordinates(r.owner_org))));
CREATE POLICY released ON review_member FOR DELETE USING (EXISTS ( SELECT 1
   FROM review r
  WHERE ((r.id = review_member.review_id) AND coordinates(r.owner_org))));
CREATE POLICY seen ON review_member FOR SELECT USING (EXISTS ( SELECT 1
   FROM review r
  WHERE (r.id = review_member.review_id)));
GRANT DELETE, INSERT, SELECT ON review_member TO concordat_reviews;

CREATE TABLE review_step (
  review_id uuid NOT NULL,
  version integer NOT NULL,
  what text NOT NULL,
  from_state text,
  to_state text NOT NULL,
  reason text,
  by_id uuid NOT NULL,
  org_id uuid NOT NULL,
  at timestamp with time zone NOT NULL,
  PRIMARY KEY (review_id, version),
  FOREIGN KEY (review_id) REFERENCES review(id)
);
ALTER TABLE review_step ENABLE ROW LEVEL SECURITY;
CREATE POLICY added ON review_step FOR INSERT WITH CHECK (EXISTS ( SELECT 1
   FROM review r
  WHERE (r.id = review_step.review_id)));
CREATE POLICY seen ON review_step FOR SELECT USING (EXISTS ( SELECT 1
   FROM review r
  WHERE (r.id = review_step.review_id)));
GRANT INSERT, SELECT ON review_step TO concordat_reviews;

CREATE TABLE stream (
  id uuid NOT NULL,
  version bigint NOT NULL,
  changed_at timestamp with time zone NOT NULL DEFAULT now(),
  PRIMARY KEY (id),
  CONSTRAINT stream_version_check CHECK ((version > 0))
);
CREATE INDEX stream_changed ON stream USING btree (changed_at, id);
GRANT DELETE, INSERT, SELECT, UPDATE ON stream TO concordat_reviews;

CREATE TABLE stream_cursor (
  source text NOT NULL,
  stream_id uuid NOT NULL,
  last_version bigint NOT NULL DEFAULT 0,
  parked_reason text,
  parked_at timestamp with time zone,
  PRIMARY KEY (source, stream_id)
);
CREATE INDEX stream_cursor_parked ON stream_cursor USING btree (parked_at) WHERE (parked_reason IS NOT NULL);
GRANT DELETE, INSERT, SELECT, UPDATE ON stream_cursor TO concordat_reviews;

CREATE SEQUENCE asb_application_number INCREMENT BY 1;

CREATE SEQUENCE review_number INCREMENT BY 1;

CREATE OR REPLACE FUNCTION reviews.acting_as(scope text)
 RETURNS boolean
 LANGUAGE sql
 STABLE
AS $function$ SELECT coalesce(current_setting('concordat.scope', true) = scope, false) $function$;

CREATE OR REPLACE FUNCTION reviews.acting_org()
 RETURNS uuid
 LANGUAGE sql
 STABLE
AS $function$ SELECT nullif(current_setting('concordat.org', true), '')::uuid $function$;

CREATE OR REPLACE FUNCTION reviews.acting_user()
 RETURNS uuid
 LANGUAGE sql
 STABLE
AS $function$ SELECT nullif(current_setting('concordat.user', true), '')::uuid $function$;

CREATE OR REPLACE FUNCTION reviews.answers_for(org uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE
AS $function$
  SELECT acting_as('user') AND org = acting_org() AND EXISTS (
    SELECT 1 FROM member WHERE user_id = acting_user() AND org_id = org AND active
       AND roles && ARRAY['safeguarding-lead', 'review-coordinator']) $function$;

CREATE OR REPLACE FUNCTION reviews.audited_page(skip integer, most integer)
 RETURNS TABLE(ids uuid[], total integer)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'reviews', 'public'
AS $function$
  WITH seen AS (SELECT r.id, r.changed_at FROM review r WHERE audits(r.owner_org) OR coordinates(r.owner_org))
  SELECT ARRAY(SELECT s.id FROM seen s ORDER BY s.changed_at DESC, s.id DESC OFFSET skip LIMIT most), (SELECT count(*)::int FROM seen) $function$;

CREATE OR REPLACE FUNCTION reviews.audited_reviews(one uuid, most integer)
 RETURNS TABLE(id uuid, version integer, reference text, owner_org uuid, state text, kind jsonb, document jsonb, decisions jsonb, recommendations jsonb, actions jsonb, repeats integer, history jsonb)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'reviews', 'public'
AS $function$
  SELECT r.id, r.version, r.reference, r.owner_org, r.state,
    jsonb_build_object('code', r.kind_code, 'version', r.kind_version, 'digest', r.kind_digest),
    jsonb_build_object('about', '', 'notifier', '', 'parties', r.document->'parties', 'round', r.document->'round', 'allowedDates', '[]'::jsonb,
      'facts', only_fields(r.document->'facts', '{code,party,date,approximate,by,at}'),
      'notices', only_fields(r.document->'notices', '{code,decision,sentOn,by,at}'),
      'confirmations', only_fields(r.document->'confirmations', '{guard,round,by,at}'),
      'pauses', only_fields(r.document->'pauses', '{id,reason,from,reviewOn,to,ending,endedOn,by,at}'),
      'extensions', only_fields(r.document->'extensions', '{clock,party,old,new,agreedOn,approvers,by,at}'),
      'meetings', only_fields(r.document->'meetings', '{id,round,on,present,agreed,terms,lacked,by,at}'),
      'terms', only_fields(r.document->'terms', '{number,by,at}'),
      'managementReviews', only_fields(r.document->'managementReviews', '{id,round,orgId,from,to,askedOn,dueOn,by,at}'),
      'managementSteps', only_fields(r.document->'managementSteps', '{review,move,orgId,by,at}'),
      'qualityAnswers', only_fields(r.document->'qualityAnswers', '{letter,point,done,on,by,at}'),
      'publications', only_fields(r.document->'publications', '{number,decision,reasons,reviewOn,decidedOn,by,at}'),
      'copies', only_fields(r.document->'copies', '{code,sentOn,by,at}'),
      'family', only_fields(r.document->'family', '{id,round,topic,outcome,on,by,at,against}'),
      'submissions', only_fields(r.document->'submissions', '{number,round,sentOn,by,at}'),
      'chronologies', only_fields(r.document->'chronologies', '{number,round,items,changes,by,at}'),
      'appeals', only_fields(r.document->'appeals', '{id,number,round,against,receivedOn,by,at}'),
      'appealDecisions', only_fields(r.document->'appealDecisions', '{appeal,result,decidedOn,by,at}'),
      'outcomeLetters', only_fields(r.document->'outcomeLetters', '{id,number,round,about,by,at}'),
      'letterSendings', only_fields(r.document->'letterSendings', '{letter,sentOn,by,at}'),
      'scoping', only_fields(r.document->'scoping', '{id,round,orgId,askedOn,dueOn,by,at}'),
      'returns', only_fields(r.document->'returns', '{requestId,answer,on,by,at}'),
      'scopingSteps', only_fields(r.document->'scopingSteps', '{requestId,move,on,by,at}'),
      'letters', (SELECT coalesce(jsonb_agg(jsonb_build_object('number', l->'number', 'round', l->'round', 'receivedOn', l->'receivedOn',
                    'verdict', l->'verdict', 'points', (SELECT coalesce(jsonb_agg(has_words(p)), '[]') FROM jsonb_array_elements_text(l->'points') p)) ORDER BY n), '[]')
                    FROM jsonb_array_elements(coalesce(r.document->'letters', '[]')) WITH ORDINALITY x(l, n)),
      'panel', (SELECT coalesce(jsonb_agg(jsonb_build_object('id', m->'id', 'role', m->'role', 'seat', m->'seat', 'orgId', m->'orgId', 'userId', m->'userId',
                    'name', NULL, 'endedOn', m->'endedOn', 'declarations', only_fields(m->'declarations', '{conflict,by,at}')) ORDER BY n), '[]')
                    FROM jsonb_array_elements(coalesce(r.document->'panel', '[]')) WITH ORDINALITY x(m, n))),
    (SELECT coalesce(jsonb_agg(jsonb_build_object('number', d.record->'number', 'round', d.record->'round', 'outcome', d.record->'outcome',
        'legalBasis', d.record->'legalBasis', 'decidedOn', d.record->'decidedOn', 'by', d.record->'by', 'at', d.record->'at',
        'criteria', (SELECT coalesce(jsonb_agg(jsonb_build_object('code', c->'code', 'answer', c->'answer', 'evidence', has_words(c->>'evidence'))), '[]')
                       FROM jsonb_array_elements(d.record->'criteria') c)) ORDER BY d.number), '[]')
       FROM review_decision d WHERE d.review_id = r.id),
    (SELECT coalesce(jsonb_agg(jsonb_build_object('number', x.number, 'level', x.level, 'response', x.response, 'responded', x.responded) ORDER BY x.number), '[]')
       FROM recommendation x WHERE x.review_id = r.id),
    (SELECT coalesce(jsonb_agg(jsonb_build_object('name', 'R' || x.number || '.' || a.number, 'state', a.state, 'leadId', a.lead_id,
        'claims', (SELECT coalesce(jsonb_agg(jsonb_build_object('by', c->'by', 'evidence', has_words(c->>'evidence') <> '') ORDER BY n), '[]')
                     FROM jsonb_array_elements(a.document->'claims') WITH ORDINALITY y(c, n)),
        'checks', only_fields(a.document->'checks', '{by,verified}')) ORDER BY x.number, a.number), '[]')
       FROM recommendation x JOIN review_action a ON a.recommendation_id = x.id WHERE x.review_id = r.id),
    (SELECT count(DISTINCT p.recommendation_id)::int FROM recommendation_repeat p JOIN recommendation x ON x.id = p.recommendation_id
      WHERE x.review_id = r.id),
    (SELECT coalesce(jsonb_agg(jsonb_build_object('version', s.version, 'from', s.from_state, 'to', s.to_state, 'by', s.by_id) ORDER BY s.version), '[]')
       FROM review_step s WHERE s.review_id = r.id)
  FROM review r
 WHERE (one IS NULL OR r.id = one) AND (audits(r.owner_org) OR coordinates(r.owner_org))
 ORDER BY r.changed_at DESC, r.id DESC LIMIT most $function$;

CREATE OR REPLACE FUNCTION reviews.audits(org uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE
AS $function$
  SELECT acting_as('user') AND org = acting_org() AND EXISTS (
    SELECT 1 FROM member WHERE user_id = acting_user() AND org_id = org AND active AND 'auditor' = ANY (roles)) $function$;

CREATE OR REPLACE FUNCTION reviews.coordinates(org uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE
AS $function$
  SELECT acting_as('user') AND org = acting_org() AND EXISTS (
    SELECT 1 FROM member WHERE user_id = acting_user() AND org_id = org AND active AND 'review-coordinator' = ANY (roles)) $function$;

CREATE OR REPLACE FUNCTION reviews.drafts(review uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE
AS $function$
  SELECT EXISTS (
    SELECT 1 FROM review r WHERE r.id = review AND (coordinates(r.owner_org) OR EXISTS (
      SELECT 1 FROM jsonb_array_elements(coalesce(r.document->'panel', '[]')) m
       WHERE m->>'userId' = acting_user()::text AND m->>'role' <> 'member' AND m->>'endedOn' IS NULL))) $function$;

CREATE OR REPLACE FUNCTION reviews.has_words(words text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE
AS $function$ SELECT CASE WHEN btrim(coalesce(words, '')) = '' THEN '' ELSE '-' END $function$;

CREATE OR REPLACE FUNCTION reviews.is_named(review uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'reviews', 'public'
AS $function$
  SELECT acting_as('user') AND EXISTS (
    SELECT 1 FROM review_member n JOIN member m ON m.user_id = n.user_id AND m.org_id = n.org_id AND m.active
     WHERE n.review_id = review AND n.user_id = acting_user() AND n.org_id = acting_org()) $function$;

CREATE OR REPLACE FUNCTION reviews.leads_action_of(recommendation uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'reviews', 'public'
AS $function$
  SELECT acting_as('user') AND EXISTS (
    SELECT 1 FROM review_action a JOIN member m ON m.user_id = a.lead_id AND m.org_id = a.lead_org AND m.active
     WHERE a.recommendation_id = recommendation AND a.lead_id = acting_user() AND a.lead_org = acting_org()) $function$;

CREATE OR REPLACE FUNCTION reviews.only_erased()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'reviews', 'public'
AS $function$
BEGIN
  IF NEW.document <> OLD.document AND (NEW.document <> '{}' OR NEW.erased_at IS NULL OR OLD.erased_at IS NOT NULL
      OR (OLD.review_id IS NULL AND OLD.set_aside IS NULL)) THEN
    RAISE EXCEPTION 'an application is not changed' USING ERRCODE = '42501';
  END IF;
  RETURN NEW;
END $function$;

CREATE OR REPLACE FUNCTION reviews.only_fields(list jsonb, fields text[])
 RETURNS jsonb
 LANGUAGE sql
 IMMUTABLE
AS $function$
  SELECT coalesce(jsonb_agg((SELECT coalesce(jsonb_object_agg(k, v), '{}') FROM jsonb_each(e) x(k, v) WHERE k = ANY (fields)) ORDER BY n), '[]')
    FROM jsonb_array_elements(coalesce(list, '[]')) WITH ORDINALITY y(e, n) $function$;

CREATE OR REPLACE FUNCTION reviews.permitted_evidence()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'reviews', 'public'
AS $function$
BEGIN
  IF NEW.decision_id IS NULL AND NOT EXISTS (SELECT 1 FROM review r WHERE r.id = NEW.review_id AND r.owner_org = NEW.org_id) THEN
    RAISE EXCEPTION 'evidence of another agency needs a decision' USING ERRCODE = '42501';
  END IF;
  RETURN NEW;
END $function$;

CREATE OR REPLACE FUNCTION reviews.second_reader()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'reviews', 'public'
AS $function$
BEGIN
  IF EXISTS (SELECT 1 FROM release_file f WHERE f.id = NEW.file_id AND f.by_id = NEW.by_id) THEN
    RAISE EXCEPTION 'somebody else must look at the file' USING ERRCODE = '42501';
  END IF;
  RETURN NEW;
END $function$;

-- schema notifications

CREATE TABLE act (
  event_id uuid NOT NULL,
  body bytea NOT NULL,
  seq bigint,
  created_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  published_at timestamp with time zone,
  PRIMARY KEY (event_id)
);
CREATE INDEX act_unnumbered ON act USING btree (event_id) WHERE (seq IS NULL);
CREATE INDEX act_unpublished ON act USING btree (seq) WHERE ((published_at IS NULL) AND (seq IS NOT NULL));
CREATE UNIQUE INDEX act_seq ON act USING btree (seq) WHERE (seq IS NOT NULL);
GRANT DELETE, INSERT, SELECT, UPDATE ON act TO concordat_notifications;

CREATE TABLE area (
  area_id uuid NOT NULL,
  lead_org uuid NOT NULL,
  active boolean NOT NULL,
  PRIMARY KEY (area_id)
);
GRANT DELETE, INSERT, SELECT, UPDATE ON area TO concordat_notifications;

CREATE TABLE calendar_feed (
  id uuid NOT NULL,
  user_id uuid NOT NULL,
  org_id uuid NOT NULL,
  secret_hash bytea NOT NULL,
  made_at timestamp with time zone NOT NULL,
  revoked_at timestamp with time zone,
  PRIMARY KEY (id),
  UNIQUE (secret_hash)
);
CREATE UNIQUE INDEX calendar_feed_live ON calendar_feed USING btree (user_id, org_id) WHERE (revoked_at IS NULL);
ALTER TABLE calendar_feed ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON calendar_feed FOR ALL USING (acting_as('system'::text) OR (acting_as('user'::text) AND (user_id = acting_user()) AND (org_id = acting_org())));
GRANT DELETE, INSERT, SELECT, UPDATE ON calendar_feed TO concordat_notifications;

CREATE TABLE case_access (
  case_id uuid NOT NULL,
  org_id uuid NOT NULL,
  level text NOT NULL,
  restricted boolean NOT NULL,
  since timestamp with time zone NOT NULL,
  until timestamp with time zone,
  PRIMARY KEY (case_id, org_id)
);
CREATE INDEX case_access_org ON case_access USING btree (org_id, case_id) WHERE (until IS NULL);
CREATE INDEX case_access_restricted ON case_access USING btree (case_id) WHERE restricted;
GRANT DELETE, INSERT, SELECT, UPDATE ON case_access TO concordat_notifications;

CREATE TABLE contact_code (
  notice_id uuid NOT NULL,
  user_id uuid NOT NULL,
  org_id uuid NOT NULL,
  at timestamp with time zone NOT NULL,
  PRIMARY KEY (notice_id)
);
CREATE INDEX contact_code_user ON contact_code USING btree (user_id, org_id, at);
ALTER TABLE contact_code ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON contact_code FOR ALL USING (acting_as('system'::text) OR (acting_as('user'::text) AND (user_id = acting_user()) AND (org_id = acting_org())));
GRANT DELETE, INSERT, SELECT, UPDATE ON contact_code TO concordat_notifications;

CREATE TABLE contact_detail (
  id uuid NOT NULL,
  user_id uuid NOT NULL,
  org_id uuid NOT NULL,
  channel text NOT NULL,
  sealed bytea NOT NULL,
  code_sealed bytea,
  code_until timestamp with time zone,
  tries integer NOT NULL DEFAULT 0,
  given_at timestamp with time zone NOT NULL,
  confirmed_at timestamp with time zone,
  failed_at timestamp with time zone,
  failures integer NOT NULL DEFAULT 0,
  PRIMARY KEY (id),
  CONSTRAINT contact_detail_channel_check CHECK ((channel = ANY (ARRAY['email'::text, 'text'::text]))),
  CONSTRAINT contact_detail_check CHECK (((code_sealed IS NULL) = (code_until IS NULL)))
);
CREATE UNIQUE INDEX contact_detail_confirmed ON contact_detail USING btree (user_id, org_id, channel) WHERE (confirmed_at IS NOT NULL);
CREATE UNIQUE INDEX contact_detail_given ON contact_detail USING btree (user_id, org_id, channel) WHERE (confirmed_at IS NULL);
ALTER TABLE contact_detail ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON contact_detail FOR ALL USING (acting_as('system'::text) OR (acting_as('user'::text) AND (user_id = acting_user()) AND (org_id = acting_org())));
GRANT DELETE, INSERT, SELECT, UPDATE ON contact_detail TO concordat_notifications;

CREATE TABLE deadline (
  id uuid NOT NULL,
  kind text NOT NULL,
  record_id uuid NOT NULL,
  case_id uuid,
  org_id uuid NOT NULL,
  for_roles text[],
  due_at timestamp with time zone NOT NULL,
  status text NOT NULL,
  version integer NOT NULL,
  rule text NOT NULL,
  fired_at timestamp with time zone,
  ended_at timestamp with time zone,
  acknowledged_at timestamp with time zone,
  acknowledged_by uuid,
  PRIMARY KEY (id),
  UNIQUE (kind, record_id),
  CONSTRAINT deadline_check CHECK (((acknowledged_at IS NULL) = (acknowledged_by IS NULL))),
  CONSTRAINT deadline_status_check CHECK ((status = ANY (ARRAY['pending'::text, 'fired'::text, 'met'::text, 'cancelled'::text])))
);
CREATE INDEX deadline_case ON deadline USING btree (case_id) WHERE (case_id IS NOT NULL);
CREATE INDEX deadline_open ON deadline USING btree (org_id, kind) WHERE (status = ANY (ARRAY['pending'::text, 'fired'::text]));
CREATE INDEX deadline_org ON deadline USING btree (org_id, due_at, id);
CREATE INDEX deadline_pending ON deadline USING btree (due_at) WHERE (status = 'pending'::text);
CREATE INDEX deadline_record ON deadline USING btree (record_id);
ALTER TABLE deadline ENABLE ROW LEVEL SECURITY;
CREATE POLICY changed ON deadline FOR UPDATE USING (acting_as('system'::text) OR (acting_as('user'::text) AND (org_id = acting_org()) AND
CASE
    WHEN (case_id IS NULL) THEN ((for_roles IS NULL) OR holds_role(for_roles))
    ELSE (may_look_into(case_id) OR ((kind = 'onward-referral'::text) AND is_offered(case_id)))
END));
CREATE POLICY erased ON deadline FOR DELETE USING acting_as('system'::text);
CREATE POLICY kept ON deadline FOR INSERT WITH CHECK acting_as('system'::text);
CREATE POLICY seen ON deadline FOR SELECT USING (acting_as('system'::text) OR (acting_as('user'::text) AND
CASE
    WHEN (case_id IS NULL) THEN ((org_id = acting_org()) AND ((for_roles IS NULL) OR holds_role(for_roles)))
    ELSE (may_look_into(case_id) OR ((kind = 'onward-referral'::text) AND (org_id = acting_org()) AND is_offered(case_id)))
END));
GRANT DELETE, INSERT, SELECT, UPDATE ON deadline TO concordat_notifications;

CREATE TABLE deadline_rung (
  deadline_id uuid NOT NULL,
  version integer NOT NULL,
  n integer NOT NULL,
  to_whom text NOT NULL,
  roles text[] NOT NULL,
  at timestamp with time zone NOT NULL,
  even_acknowledged boolean NOT NULL,
  status text NOT NULL DEFAULT 'pending'::text,
  fired_at timestamp with time zone,
  PRIMARY KEY (deadline_id, n),
  CONSTRAINT deadline_rung_status_check CHECK ((status = ANY (ARRAY['pending'::text, 'fired'::text])))
);
CREATE INDEX deadline_rung_pending ON deadline_rung USING btree (at) WHERE (status = 'pending'::text);
ALTER TABLE deadline_rung ENABLE ROW LEVEL SECURITY;
CREATE POLICY told ON deadline_rung FOR ALL USING acting_as('system'::text);
GRANT DELETE, INSERT, SELECT, UPDATE ON deadline_rung TO concordat_notifications;

CREATE TABLE happening (
  id uuid NOT NULL,
  user_id uuid NOT NULL,
  org_id uuid NOT NULL,
  kind text NOT NULL,
  record_id uuid NOT NULL,
  case_id uuid,
  at timestamp with time zone,
  happened_at timestamp with time zone NOT NULL,
  times integer NOT NULL,
  told_at timestamp with time zone NOT NULL,
  read_at timestamp with time zone,
  ended_at timestamp with time zone,
  PRIMARY KEY (id),
  UNIQUE (user_id, org_id, record_id)
);
CREATE INDEX happening_case ON happening USING btree (case_id) WHERE (case_id IS NOT NULL);
CREATE INDEX happening_inbox ON happening USING btree (user_id, org_id, told_at DESC, id DESC);
CREATE INDEX happening_record ON happening USING btree (record_id);
ALTER TABLE happening ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON happening FOR ALL USING (acting_as('system'::text) OR (acting_as('user'::text) AND (user_id = acting_user()) AND (org_id = acting_org()) AND may_hear_of(user_id, org_id, record_id, case_id)));
GRANT DELETE, INSERT, SELECT, UPDATE ON happening TO concordat_notifications;

CREATE TABLE idempotency (
  actor_id uuid NOT NULL,
  key text NOT NULL,
  request_digest bytea NOT NULL,
  reply json NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  PRIMARY KEY (actor_id, key)
);
CREATE INDEX idempotency_age ON idempotency USING btree (created_at);
GRANT DELETE, INSERT, SELECT, UPDATE ON idempotency TO concordat_notifications;

CREATE TABLE inbox (
  source text NOT NULL,
  stream_id uuid NOT NULL,
  stream_version bigint NOT NULL,
  event_id uuid NOT NULL,
  seq bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
  body bytea NOT NULL,
  received_at timestamp with time zone NOT NULL DEFAULT now(),
  attempts smallint NOT NULL DEFAULT 0,
  next_attempt_at timestamp with time zone NOT NULL DEFAULT '-infinity'::timestamp with time zone,
  PRIMARY KEY (source, stream_id, stream_version)
);
CREATE INDEX inbox_order ON inbox USING btree (seq) WHERE (source !~~ '%.acts'::text);
GRANT DELETE, INSERT, SELECT, UPDATE ON inbox TO concordat_notifications;

CREATE TABLE job_outbox (
  job_key text NOT NULL,
  revision integer NOT NULL DEFAULT 1,
  name text NOT NULL,
  payload jsonb NOT NULL,
  run_at timestamp with time zone NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  moved_at timestamp with time zone,
  PRIMARY KEY (job_key)
);
CREATE INDEX job_outbox_due ON job_outbox USING btree (run_at);
GRANT DELETE, INSERT, SELECT, UPDATE ON job_outbox TO concordat_notifications;

CREATE TABLE malformed (
  topic text NOT NULL,
  partition integer NOT NULL,
  position bigint NOT NULL,
  reason text NOT NULL,
  raw bytea NOT NULL,
  received_at timestamp with time zone NOT NULL DEFAULT now(),
  PRIMARY KEY (topic, partition, "position")
);
GRANT DELETE, INSERT, SELECT, UPDATE ON malformed TO concordat_notifications;

CREATE TABLE meeting_notice (
  id uuid NOT NULL,
  user_id uuid NOT NULL,
  org_id uuid NOT NULL,
  meeting_id uuid NOT NULL,
  kind text NOT NULL,
  starts_at timestamp with time zone NOT NULL,
  happened_at timestamp with time zone NOT NULL,
  times integer NOT NULL,
  told_at timestamp with time zone NOT NULL,
  read_at timestamp with time zone,
  PRIMARY KEY (id),
  UNIQUE (user_id, org_id, meeting_id),
  CONSTRAINT meeting_notice_kind_check CHECK ((kind = ANY (ARRAY['meeting-cancelled'::text, 'meeting-rearranged'::text, 'meeting-called'::text])))
);
CREATE INDEX meeting_notice_inbox ON meeting_notice USING btree (user_id, org_id, told_at DESC, id DESC);
ALTER TABLE meeting_notice ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON meeting_notice FOR ALL USING (acting_as('system'::text) OR (acting_as('user'::text) AND (user_id = acting_user()) AND (org_id = acting_org())));
GRANT DELETE, INSERT, SELECT, UPDATE ON meeting_notice TO concordat_notifications;

CREATE TABLE member (
  user_id uuid NOT NULL,
  org_id uuid NOT NULL,
  subject text NOT NULL,
  roles text[] NOT NULL,
  areas uuid[] NOT NULL,
  active boolean NOT NULL,
  may_receive boolean NOT NULL DEFAULT true,
  changed_at timestamp with time zone NOT NULL DEFAULT now(),
  team_id uuid,
  manager_id uuid,
  PRIMARY KEY (user_id, org_id)
);
CREATE INDEX member_subject ON member USING btree (subject);
GRANT DELETE, INSERT, SELECT, UPDATE ON member TO concordat_notifications;

CREATE TABLE message (
  id uuid NOT NULL,
  user_id uuid NOT NULL,
  org_id uuid NOT NULL,
  deadline_id uuid NOT NULL,
  kind text NOT NULL,
  to_whom text NOT NULL,
  times integer NOT NULL,
  told_at timestamp with time zone NOT NULL,
  read_at timestamp with time zone,
  PRIMARY KEY (id),
  UNIQUE (user_id, org_id, deadline_id),
  FOREIGN KEY (deadline_id) REFERENCES deadline(id) ON DELETE CASCADE
);
CREATE INDEX message_inbox ON message USING btree (user_id, org_id, told_at DESC, id DESC);
CREATE INDEX message_unread ON message USING btree (user_id, org_id) WHERE (read_at IS NULL);
ALTER TABLE message ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON message FOR ALL USING (acting_as('system'::text) OR (acting_as('user'::text) AND (user_id = acting_user()) AND (org_id = acting_org())));
GRANT DELETE, INSERT, SELECT, UPDATE ON message TO concordat_notifications;

CREATE TABLE message_choice (
  user_id uuid NOT NULL,
  org_id uuid NOT NULL,
  kind text NOT NULL,
  rhythm text NOT NULL,
  by_text boolean NOT NULL,
  PRIMARY KEY (user_id, org_id, kind),
  CONSTRAINT message_choice_rhythm_check CHECK ((rhythm = ANY (ARRAY['now'::text, 'daily'::text, 'weekly'::text, 'none'::text])))
);
ALTER TABLE message_choice ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON message_choice FOR ALL USING (acting_as('system'::text) OR (acting_as('user'::text) AND (user_id = acting_user()) AND (org_id = acting_org())));
GRANT DELETE, INSERT, SELECT, UPDATE ON message_choice TO concordat_notifications;

CREATE TABLE notice (
  id uuid NOT NULL,
  user_id uuid NOT NULL,
  org_id uuid NOT NULL,
  channel text NOT NULL,
  what text NOT NULL,
  detail_id uuid,
  state text NOT NULL DEFAULT 'waiting'::text,
  attempts integer NOT NULL DEFAULT 0,
  made_at timestamp with time zone NOT NULL,
  next_at timestamp with time zone NOT NULL,
  leased_until timestamp with time zone,
  ended_at timestamp with time zone,
  delivered_at timestamp with time zone,
  failure text,
  PRIMARY KEY (id),
  FOREIGN KEY (detail_id) REFERENCES contact_detail(id) ON DELETE CASCADE,
  CONSTRAINT notice_channel_check CHECK ((channel = ANY (ARRAY['email'::text, 'text'::text]))),
  CONSTRAINT notice_check CHECK (((what = 'code'::text) = (detail_id IS NOT NULL))),
  CONSTRAINT notice_check1 CHECK (((state = 'failed'::text) = (failure IS NOT NULL))),
  CONSTRAINT notice_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'sending'::text, 'sent'::text, 'failed'::text, 'withheld'::text]))),
  CONSTRAINT notice_what_check CHECK ((what = ANY (ARRAY['now'::text, 'daily'::text, 'weekly'::text, 'code'::text])))
);
CREATE INDEX notice_detail ON notice USING btree (detail_id, made_at) WHERE (detail_id IS NOT NULL);
CREATE INDEX notice_due ON notice USING btree (next_at) WHERE (state = ANY (ARRAY['waiting'::text, 'sending'::text]));
CREATE INDEX notice_failed ON notice USING btree (org_id, ended_at DESC, id DESC) WHERE (state = 'failed'::text);
CREATE UNIQUE INDEX notice_gathering ON notice USING btree (user_id, org_id, channel, what) WHERE ((state = 'waiting'::text) AND (what <> 'code'::text));
ALTER TABLE notice ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON notice FOR ALL USING (acting_as('system'::text) OR (acting_as('user'::text) AND (org_id = acting_org()) AND ((user_id = acting_user()) OR holds_role('{administrator}'::text[]))));
GRANT DELETE, INSERT, SELECT, UPDATE ON notice TO concordat_notifications;

CREATE TABLE notice_about (
  message_id uuid NOT NULL,
  channel text NOT NULL,
  stage text NOT NULL,
  notice_id uuid NOT NULL,
  PRIMARY KEY (message_id, channel, stage),
  FOREIGN KEY (message_id) REFERENCES message(id) ON DELETE CASCADE,
  FOREIGN KEY (notice_id) REFERENCES notice(id) ON DELETE CASCADE
);
CREATE INDEX notice_about_notice ON notice_about USING btree (notice_id);
ALTER TABLE notice_about ENABLE ROW LEVEL SECURITY;
CREATE POLICY told ON notice_about FOR ALL USING acting_as('system'::text);
GRANT DELETE, INSERT, SELECT, UPDATE ON notice_about TO concordat_notifications;

CREATE TABLE notice_happening (
  happening_id uuid NOT NULL,
  channel text NOT NULL,
  stage text NOT NULL,
  notice_id uuid NOT NULL,
  PRIMARY KEY (happening_id, channel, stage),
  FOREIGN KEY (happening_id) REFERENCES happening(id) ON DELETE CASCADE,
  FOREIGN KEY (notice_id) REFERENCES notice(id) ON DELETE CASCADE
);
CREATE INDEX notice_happening_notice ON notice_happening USING btree (notice_id);
ALTER TABLE notice_happening ENABLE ROW LEVEL SECURITY;
CREATE POLICY told ON notice_happening FOR ALL USING acting_as('system'::text);
GRANT DELETE, INSERT, SELECT, UPDATE ON notice_happening TO concordat_notifications;

CREATE TABLE organisation (
  org_id uuid NOT NULL,
  agency_type text NOT NULL,
  active boolean NOT NULL,
  PRIMARY KEY (org_id)
);
GRANT DELETE, INSERT, SELECT, UPDATE ON organisation TO concordat_notifications;

CREATE TABLE outbox (
  event_id uuid NOT NULL,
  seq bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
  stream_id uuid NOT NULL,
  stream_version bigint NOT NULL,
  topic text NOT NULL,
  partition smallint NOT NULL,
  headers jsonb NOT NULL,
  body bytea NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  published_at timestamp with time zone,
  PRIMARY KEY (event_id),
  UNIQUE (stream_id, stream_version)
);
CREATE INDEX outbox_unpublished ON outbox USING btree (seq) WHERE (published_at IS NULL);
GRANT DELETE, INSERT, SELECT, UPDATE ON outbox TO concordat_notifications;

CREATE TABLE reconciliation (
  source text NOT NULL,
  checked_at timestamp with time zone NOT NULL DEFAULT '-infinity'::timestamp with time zone,
  changed_since timestamp with time zone NOT NULL DEFAULT '-infinity'::timestamp with time zone,
  healed bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (source)
);
GRANT DELETE, INSERT, SELECT, UPDATE ON reconciliation TO concordat_notifications;

CREATE TABLE record_owner (
  record_id uuid NOT NULL,
  org_id uuid NOT NULL,
  user_id uuid NOT NULL,
  PRIMARY KEY (record_id, org_id)
);
CREATE INDEX record_owner_user ON record_owner USING btree (user_id, org_id);
GRANT DELETE, INSERT, SELECT, UPDATE ON record_owner TO concordat_notifications;

CREATE TABLE relay_lease (
  one boolean NOT NULL DEFAULT true,
  epoch bigint NOT NULL DEFAULT 0,
  act_seq bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (one),
  CONSTRAINT relay_lease_one_check CHECK (one)
);
GRANT DELETE, INSERT, SELECT, UPDATE ON relay_lease TO concordat_notifications;

CREATE TABLE restricted_record (
  restriction_id uuid NOT NULL,
  record_id uuid NOT NULL,
  named uuid[] NOT NULL,
  PRIMARY KEY (restriction_id, record_id)
);
GRANT DELETE, INSERT, SELECT, UPDATE ON restricted_record TO concordat_notifications;

CREATE TABLE stand_in (
  id uuid NOT NULL,
  version integer NOT NULL,
  user_id uuid NOT NULL,
  org_id uuid NOT NULL,
  to_id uuid NOT NULL,
  from_at timestamp with time zone NOT NULL,
  until timestamp with time zone NOT NULL,
  ended_at timestamp with time zone,
  PRIMARY KEY (id),
  CONSTRAINT stand_in_check CHECK (((until > from_at) AND (to_id <> user_id)))
);
CREATE INDEX stand_in_to ON stand_in USING btree (to_id, org_id, until);
CREATE INDEX stand_in_user ON stand_in USING btree (user_id, org_id, until);
ALTER TABLE stand_in ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON stand_in FOR ALL USING (acting_as('system'::text) OR (acting_as('user'::text) AND (user_id = acting_user()) AND (org_id = acting_org())));
CREATE POLICY stood_in ON stand_in FOR SELECT USING (acting_as('user'::text) AND (to_id = acting_user()) AND (org_id = acting_org()));
GRANT DELETE, INSERT, SELECT, UPDATE ON stand_in TO concordat_notifications;

CREATE TABLE stream (
  id uuid NOT NULL,
  version bigint NOT NULL,
  changed_at timestamp with time zone NOT NULL DEFAULT now(),
  PRIMARY KEY (id),
  CONSTRAINT stream_version_check CHECK ((version > 0))
);
CREATE INDEX stream_changed ON stream USING btree (changed_at, id);
GRANT DELETE, INSERT, SELECT, UPDATE ON stream TO concordat_notifications;

CREATE TABLE stream_cursor (
  source text NOT NULL,
  stream_id uuid NOT NULL,
  last_version bigint NOT NULL DEFAULT 0,
  parked_reason text,
  parked_at timestamp with time zone,
  PRIMARY KEY (source, stream_id)
);
CREATE INDEX stream_cursor_parked ON stream_cursor USING btree (parked_at) WHERE (parked_reason IS NOT NULL);
GRANT DELETE, INSERT, SELECT, UPDATE ON stream_cursor TO concordat_notifications;

CREATE TABLE sweep_heartbeat (
  one boolean NOT NULL DEFAULT true,
  at timestamp with time zone NOT NULL,
  late integer NOT NULL,
  PRIMARY KEY (one),
  CONSTRAINT sweep_heartbeat_one_check CHECK (one)
);
GRANT DELETE, INSERT, SELECT, UPDATE ON sweep_heartbeat TO concordat_notifications;

CREATE TABLE webhook (
  id uuid NOT NULL,
  org_id uuid NOT NULL,
  url text NOT NULL,
  events text[] NOT NULL,
  state text NOT NULL,
  off_reason text,
  failing_since timestamp with time zone,
  version integer NOT NULL,
  made_by uuid NOT NULL,
  made_at timestamp with time zone NOT NULL,
  name text,
  PRIMARY KEY (id),
  CONSTRAINT webhook_check CHECK (((state = 'off'::text) = (off_reason IS NOT NULL))),
  CONSTRAINT webhook_events_check CHECK ((cardinality(events) > 0)),
  CONSTRAINT webhook_off_reason_check CHECK ((off_reason = ANY (ARRAY['administrator'::text, 'dead'::text, 'gone'::text]))),
  CONSTRAINT webhook_state_check CHECK ((state = ANY (ARRAY['live'::text, 'off'::text]))),
  CONSTRAINT webhook_version_check CHECK ((version > 0))
);
CREATE INDEX webhook_org ON webhook USING btree (org_id, made_at);
ALTER TABLE webhook ENABLE ROW LEVEL SECURITY;
CREATE POLICY webhook_own ON webhook FOR ALL USING (acting_as('system'::text) OR (acting_as('user'::text) AND (org_id = acting_org())));
GRANT DELETE, INSERT, SELECT, UPDATE ON webhook TO concordat_notifications;

CREATE TABLE webhook_attempt (
  webhook_id uuid NOT NULL,
  event_id uuid NOT NULL,
  number integer NOT NULL,
  at timestamp with time zone NOT NULL,
  outcome text NOT NULL,
  status integer,
  took_ms integer NOT NULL,
  url text,
  PRIMARY KEY (webhook_id, event_id, number),
  FOREIGN KEY (webhook_id, event_id) REFERENCES webhook_delivery(webhook_id, event_id) ON DELETE CASCADE
);
ALTER TABLE webhook_attempt ENABLE ROW LEVEL SECURITY;
CREATE POLICY webhook_attempt_own ON webhook_attempt FOR ALL USING (EXISTS ( SELECT 1
   FROM webhook w
  WHERE (w.id = webhook_attempt.webhook_id)));
GRANT DELETE, INSERT, SELECT, UPDATE ON webhook_attempt TO concordat_notifications;

CREATE TABLE webhook_delivery (
  webhook_id uuid NOT NULL,
  event_id uuid NOT NULL,
  type text NOT NULL,
  body bytea NOT NULL,
  case_id uuid,
  records uuid[] NOT NULL,
  state text NOT NULL DEFAULT 'pending'::text,
  attempts integer NOT NULL DEFAULT 0,
  made_at timestamp with time zone NOT NULL,
  next_at timestamp with time zone NOT NULL,
  leased_until timestamp with time zone,
  delivered_at timestamp with time zone,
  PRIMARY KEY (webhook_id, event_id),
  FOREIGN KEY (webhook_id) REFERENCES webhook(id),
  CONSTRAINT webhook_delivery_state_check CHECK ((state = ANY (ARRAY['pending'::text, 'delivered'::text, 'withheld'::text])))
);
CREATE INDEX webhook_delivery_due ON webhook_delivery USING btree (next_at) WHERE (state = 'pending'::text);
CREATE INDEX webhook_delivery_made ON webhook_delivery USING btree (webhook_id, made_at DESC, event_id);
ALTER TABLE webhook_delivery ENABLE ROW LEVEL SECURITY;
CREATE POLICY webhook_delivery_own ON webhook_delivery FOR ALL USING (EXISTS ( SELECT 1
   FROM webhook w
  WHERE (w.id = webhook_delivery.webhook_id)));
GRANT DELETE, INSERT, SELECT, UPDATE ON webhook_delivery TO concordat_notifications;

CREATE TABLE webhook_key (
  id uuid NOT NULL,
  webhook_id uuid NOT NULL,
  public_key text NOT NULL,
  sealed bytea NOT NULL,
  made_at timestamp with time zone NOT NULL,
  ends_at timestamp with time zone,
  PRIMARY KEY (id),
  FOREIGN KEY (webhook_id) REFERENCES webhook(id)
);
CREATE INDEX webhook_key_webhook ON webhook_key USING btree (webhook_id, made_at);
ALTER TABLE webhook_key ENABLE ROW LEVEL SECURITY;
CREATE POLICY webhook_key_own ON webhook_key FOR ALL USING (EXISTS ( SELECT 1
   FROM webhook w
  WHERE (w.id = webhook_key.webhook_id)));
GRANT DELETE, INSERT, SELECT, UPDATE ON webhook_key TO concordat_notifications;

CREATE TABLE webhook_shared_secret (
  id uuid NOT NULL,
  webhook_id uuid NOT NULL,
  sealed bytea NOT NULL,
  made_at timestamp with time zone NOT NULL,
  ends_at timestamp with time zone,
  PRIMARY KEY (id),
  FOREIGN KEY (webhook_id) REFERENCES webhook(id)
);
CREATE INDEX webhook_shared_secret_webhook ON webhook_shared_secret USING btree (webhook_id, made_at);
ALTER TABLE webhook_shared_secret ENABLE ROW LEVEL SECURITY;
CREATE POLICY webhook_shared_secret_own ON webhook_shared_secret FOR ALL USING (EXISTS ( SELECT 1
   FROM webhook w
  WHERE (w.id = webhook_shared_secret.webhook_id)));
GRANT DELETE, INSERT, SELECT, UPDATE ON webhook_shared_secret TO concordat_notifications;

CREATE OR REPLACE FUNCTION notifications.acting_as(scope text)
 RETURNS boolean
 LANGUAGE sql
 STABLE
AS $function$ SELECT coalesce(current_setting('concordat.scope', true) = scope, false) $function$;

CREATE OR REPLACE FUNCTION notifications.acting_org()
 RETURNS uuid
 LANGUAGE sql
 STABLE
AS $function$ SELECT nullif(current_setting('concordat.org', true), '')::uuid $function$;

CREATE OR REPLACE FUNCTION notifications.acting_user()
 RETURNS uuid
 LANGUAGE sql
 STABLE
AS $function$ SELECT nullif(current_setting('concordat.user', true), '')::uuid $function$;

CREATE OR REPLACE FUNCTION notifications.closed_to_caller(qualifies boolean)
 RETURNS uuid[]
 LANGUAGE sql
 STABLE
AS $function$
  SELECT coalesce(array_agg(DISTINCT x.record_id), '{}') FROM restricted_record x
   WHERE coalesce(current_setting('concordat.scope', true), '') NOT IN ('system', 'service')
     AND NOT coalesce(nullif(current_setting('concordat.user', true), '')::uuid = ANY (x.named), false)
     AND NOT (qualifies AND EXISTS (
           SELECT 1 FROM member m WHERE m.user_id = nullif(current_setting('concordat.user', true), '')::uuid
              AND m.org_id = nullif(current_setting('concordat.org', true), '')::uuid AND m.active AND 'restricted-records' = ANY (m.roles)))
$function$;

CREATE OR REPLACE FUNCTION notifications.due_by_agency()
 RETURNS TABLE(org_id uuid, kind text, open integer, overdue integer)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'notifications', 'public'
AS $function$
  SELECT d.org_id, d.kind, count(*)::int, count(*) FILTER (WHERE d.status = 'fired' OR d.due_at < statement_timestamp())::int
    FROM deadline d WHERE acting_as('user') AND d.status IN ('pending', 'fired')
     AND (d.case_id IS NULL OR d.case_id NOT IN (
           SELECT record_id FROM restricted_record UNION ALL SELECT c.case_id FROM case_access c WHERE c.restricted))
   GROUP BY 1, 2 ORDER BY 1, 2
$function$;

CREATE OR REPLACE FUNCTION notifications.holds_role(wanted text[])
 RETURNS boolean
 LANGUAGE sql
 STABLE
AS $function$
  SELECT EXISTS (SELECT 1 FROM member m WHERE m.user_id = acting_user() AND m.org_id = acting_org() AND m.active AND m.roles && wanted)
$function$;

CREATE OR REPLACE FUNCTION notifications.is_offered(asked uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE
AS $function$
  SELECT EXISTS (SELECT 1 FROM case_access c
   WHERE acting_as('user') AND c.case_id = asked AND c.org_id = acting_org() AND c.until IS NULL AND c.level = 'preview'
     AND NOT c.restricted AND c.case_id <> ALL (closed_to_caller(false)))
$function$;

CREATE OR REPLACE FUNCTION notifications.may_be_told(who uuid, org uuid, of_case uuid, of_kind text)
 RETURNS boolean
 LANGUAGE sql
 STABLE
AS $function$
  SELECT of_case IS NULL OR (
    EXISTS (SELECT 1 FROM case_access c WHERE c.case_id = of_case AND c.org_id = org AND c.until IS NULL
      AND (c.level <> 'preview' OR of_kind = 'onward-referral')
      AND (NOT c.restricted OR EXISTS (SELECT 1 FROM restricted_record r WHERE r.record_id = of_case AND who = ANY (r.named))))
    AND NOT EXISTS (SELECT 1 FROM restricted_record r WHERE r.record_id = of_case AND NOT who = ANY (r.named)))
$function$;

CREATE OR REPLACE FUNCTION notifications.may_hear(org uuid, of_case uuid, about uuid[])
 RETURNS boolean
 LANGUAGE sql
 STABLE
AS $function$
  SELECT NOT EXISTS (SELECT 1 FROM restricted_record r WHERE r.record_id = ANY (about))
     AND NOT EXISTS (SELECT 1 FROM case_access c WHERE c.case_id = ANY (about) AND c.restricted)
     AND (of_case IS NULL OR EXISTS (SELECT 1 FROM case_access c WHERE c.case_id = of_case AND c.org_id = org
          AND c.until IS NULL AND c.level <> 'preview'))
$function$;

CREATE OR REPLACE FUNCTION notifications.may_hear_of(who uuid, org uuid, of_record uuid, of_case uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE
AS $function$
  SELECT may_be_told(who, org, of_case, '')
     AND NOT EXISTS (SELECT 1 FROM restricted_record r WHERE r.record_id = of_record AND NOT who = ANY (r.named))
$function$;

CREATE OR REPLACE FUNCTION notifications.may_look_into(asked uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE
AS $function$
  SELECT EXISTS (SELECT 1 FROM case_access c
   WHERE acting_as('user') AND c.case_id = asked AND c.org_id = acting_org() AND c.until IS NULL AND c.level <> 'preview'
     AND (NOT c.restricted OR c.case_id = ANY (open_by_name())) AND c.case_id <> ALL (closed_to_caller(false)))
$function$;

CREATE OR REPLACE FUNCTION notifications.open_by_name()
 RETURNS uuid[]
 LANGUAGE sql
 STABLE
AS $function$
  SELECT coalesce(array_agg(DISTINCT x.record_id), '{}') FROM restricted_record x
   WHERE nullif(current_setting('concordat.user', true), '')::uuid = ANY (x.named)
$function$;

CREATE OR REPLACE FUNCTION notifications.owner_of(asked_record uuid, asked_case uuid, asked_org uuid)
 RETURNS uuid
 LANGUAGE sql
 STABLE
AS $function$
  SELECT o.user_id FROM record_owner o WHERE o.org_id = asked_org AND o.record_id IN (asked_record, asked_case)
   ORDER BY (o.record_id = asked_record) DESC LIMIT 1
$function$;

CREATE OR REPLACE FUNCTION notifications.unreached_people()
 RETURNS TABLE(user_id uuid, channel text, since timestamp with time zone)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'notifications', 'public'
AS $function$
  SELECT d.user_id, d.channel, d.failed_at FROM contact_detail d
   WHERE acting_as('user') AND d.org_id = acting_org() AND holds_role('{administrator}') AND d.confirmed_at IS NOT NULL
     AND d.failed_at IS NOT NULL ORDER BY d.failed_at DESC, d.user_id LIMIT 100
$function$;

CREATE OR REPLACE FUNCTION notifications.what_needs(asked uuid)
 RETURNS TABLE(things integer, late integer)
 LANGUAGE sql
 STABLE
AS $function$
  SELECT count(*)::int, count(*) FILTER (WHERE t.late)::int FROM (
    SELECT DISTINCT m.id, d.due_at <= statement_timestamp() AS late
      FROM notice_about a JOIN message m ON m.id = a.message_id JOIN deadline d ON d.id = m.deadline_id
      JOIN member x ON x.user_id = m.user_id AND x.org_id = m.org_id AND x.active
     WHERE a.notice_id = asked AND m.read_at IS NULL AND d.status IN ('pending', 'fired')
       AND may_be_told(m.user_id, m.org_id, d.case_id, d.kind)
    UNION ALL
    SELECT DISTINCT h.id, false FROM notice_happening a JOIN happening h ON h.id = a.happening_id
      JOIN member x ON x.user_id = h.user_id AND x.org_id = h.org_id AND x.active
     WHERE a.notice_id = asked AND h.read_at IS NULL AND h.ended_at IS NULL
       AND may_hear_of(h.user_id, h.org_id, h.record_id, h.case_id)) t
$function$;

-- schema insight

CREATE TABLE act (
  event_id uuid NOT NULL,
  body bytea NOT NULL,
  seq bigint,
  created_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  published_at timestamp with time zone,
  PRIMARY KEY (event_id)
);
CREATE INDEX act_unnumbered ON act USING btree (event_id) WHERE (seq IS NULL);
CREATE INDEX act_unpublished ON act USING btree (seq) WHERE ((published_at IS NULL) AND (seq IS NOT NULL));
CREATE UNIQUE INDEX act_seq ON act USING btree (seq) WHERE (seq IS NOT NULL);
GRANT DELETE, INSERT, SELECT, UPDATE ON act TO concordat_insight;

CREATE TABLE area (
  area_id uuid NOT NULL,
  lead_org uuid NOT NULL,
  active boolean NOT NULL,
  PRIMARY KEY (area_id)
);
GRANT DELETE, INSERT, SELECT, UPDATE ON area TO concordat_insight;

CREATE TABLE counted_record (
  generation integer NOT NULL,
  kind text COLLATE "C" NOT NULL,
  id uuid NOT NULL,
  told jsonb NOT NULL,
  PRIMARY KEY (generation, kind, id),
  FOREIGN KEY (generation) REFERENCES generation(number)
);
ALTER TABLE counted_record ENABLE ROW LEVEL SECURITY;
CREATE POLICY counting ON counted_record FOR ALL USING acting_as('system'::text);
GRANT DELETE, INSERT, SELECT, UPDATE ON counted_record TO concordat_insight;

CREATE TABLE generation (
  number integer NOT NULL,
  filling boolean NOT NULL,
  PRIMARY KEY (number)
);
CREATE UNIQUE INDEX generation_of_a_kind ON generation USING btree (filling);
GRANT DELETE, INSERT, SELECT, UPDATE ON generation TO concordat_insight;

CREATE TABLE idempotency (
  actor_id uuid NOT NULL,
  key text NOT NULL,
  request_digest bytea NOT NULL,
  reply json NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  PRIMARY KEY (actor_id, key)
);
CREATE INDEX idempotency_age ON idempotency USING btree (created_at);
GRANT DELETE, INSERT, SELECT, UPDATE ON idempotency TO concordat_insight;

CREATE TABLE inbox (
  source text NOT NULL,
  stream_id uuid NOT NULL,
  stream_version bigint NOT NULL,
  event_id uuid NOT NULL,
  seq bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
  body bytea NOT NULL,
  received_at timestamp with time zone NOT NULL DEFAULT now(),
  attempts smallint NOT NULL DEFAULT 0,
  next_attempt_at timestamp with time zone NOT NULL DEFAULT '-infinity'::timestamp with time zone,
  PRIMARY KEY (source, stream_id, stream_version)
);
CREATE INDEX inbox_order ON inbox USING btree (seq) WHERE (source !~~ '%.acts'::text);
GRANT DELETE, INSERT, SELECT, UPDATE ON inbox TO concordat_insight;

CREATE TABLE job_outbox (
  job_key text NOT NULL,
  revision integer NOT NULL DEFAULT 1,
  name text NOT NULL,
  payload jsonb NOT NULL,
  run_at timestamp with time zone NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  moved_at timestamp with time zone,
  PRIMARY KEY (job_key)
);
CREATE INDEX job_outbox_due ON job_outbox USING btree (run_at);
GRANT DELETE, INSERT, SELECT, UPDATE ON job_outbox TO concordat_insight;

CREATE TABLE malformed (
  topic text NOT NULL,
  partition integer NOT NULL,
  position bigint NOT NULL,
  reason text NOT NULL,
  raw bytea NOT NULL,
  received_at timestamp with time zone NOT NULL DEFAULT now(),
  PRIMARY KEY (topic, partition, "position")
);
GRANT DELETE, INSERT, SELECT, UPDATE ON malformed TO concordat_insight;

CREATE TABLE member (
  user_id uuid NOT NULL,
  org_id uuid NOT NULL,
  subject text NOT NULL,
  roles text[] NOT NULL,
  areas uuid[] NOT NULL,
  active boolean NOT NULL,
  may_receive boolean NOT NULL DEFAULT true,
  changed_at timestamp with time zone NOT NULL DEFAULT now(),
  team_id uuid,
  manager_id uuid,
  PRIMARY KEY (user_id, org_id)
);
CREATE INDEX member_subject ON member USING btree (subject);
GRANT DELETE, INSERT, SELECT, UPDATE ON member TO concordat_insight;

CREATE TABLE organisation (
  org_id uuid NOT NULL,
  agency_type text NOT NULL,
  active boolean NOT NULL,
  PRIMARY KEY (org_id)
);
GRANT DELETE, INSERT, SELECT, UPDATE ON organisation TO concordat_insight;

CREATE TABLE outbox (
  event_id uuid NOT NULL,
  seq bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
  stream_id uuid NOT NULL,
  stream_version bigint NOT NULL,
  topic text NOT NULL,
  partition smallint NOT NULL,
  headers jsonb NOT NULL,
  body bytea NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  published_at timestamp with time zone,
  PRIMARY KEY (event_id),
  UNIQUE (stream_id, stream_version)
);
CREATE INDEX outbox_unpublished ON outbox USING btree (seq) WHERE (published_at IS NULL);
GRANT DELETE, INSERT, SELECT, UPDATE ON outbox TO concordat_insight;

CREATE TABLE pack_file (
  pack_id uuid NOT NULL,
  bytes bytea NOT NULL,
  PRIMARY KEY (pack_id),
  FOREIGN KEY (pack_id) REFERENCES quarterly_pack(id)
);
ALTER TABLE pack_file ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON pack_file FOR ALL USING (acting_as('system'::text) OR (acting_as('user'::text) AND (pack_id IN ( SELECT p.id
   FROM quarterly_pack p
  WHERE (p.user_id = acting_user())))));
GRANT DELETE, INSERT, SELECT, UPDATE ON pack_file TO concordat_insight;

CREATE TABLE placed_record (
  generation integer NOT NULL,
  case_id uuid NOT NULL,
  kind text COLLATE "C" NOT NULL,
  id uuid NOT NULL,
  PRIMARY KEY (generation, case_id, kind, id),
  FOREIGN KEY (generation) REFERENCES generation(number)
);
ALTER TABLE placed_record ENABLE ROW LEVEL SECURITY;
CREATE POLICY counting ON placed_record FOR ALL USING acting_as('system'::text);
GRANT DELETE, INSERT, SELECT, UPDATE ON placed_record TO concordat_insight;

CREATE TABLE quarterly_pack (
  id uuid NOT NULL,
  version integer NOT NULL DEFAULT 1,
  period text NOT NULL,
  state text NOT NULL,
  user_id uuid NOT NULL,
  org_id uuid NOT NULL,
  parts integer NOT NULL,
  written integer NOT NULL DEFAULT 0,
  bytes integer NOT NULL DEFAULT 0,
  code text,
  correlation_id text NOT NULL,
  purpose text NOT NULL,
  path text NOT NULL,
  requested_at timestamp with time zone NOT NULL,
  ended_at timestamp with time zone,
  expires_at timestamp with time zone,
  claimed_until timestamp with time zone,
  PRIMARY KEY (id),
  CONSTRAINT quarterly_pack_state_check CHECK ((state = ANY (ARRAY['running'::text, 'done'::text, 'failed'::text, 'expired'::text])))
);
CREATE INDEX quarterly_pack_kept ON quarterly_pack USING btree (expires_at) WHERE (state = 'done'::text);
CREATE INDEX quarterly_pack_mine ON quarterly_pack USING btree (user_id, requested_at DESC);
CREATE INDEX quarterly_pack_running ON quarterly_pack USING btree (requested_at) WHERE (state = 'running'::text);
ALTER TABLE quarterly_pack ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON quarterly_pack FOR ALL USING (acting_as('system'::text) OR (acting_as('user'::text) AND (user_id = acting_user())));
GRANT DELETE, INSERT, SELECT, UPDATE ON quarterly_pack TO concordat_insight;

CREATE TABLE rebuild (
  id uuid NOT NULL,
  state text NOT NULL,
  asked_at timestamp with time zone NOT NULL,
  streams integer NOT NULL DEFAULT 0,
  events integer NOT NULL DEFAULT 0,
  differs integer,
  ended_at timestamp with time zone,
  claimed_until timestamp with time zone,
  PRIMARY KEY (id),
  CONSTRAINT rebuild_state_check CHECK ((state = ANY (ARRAY['running'::text, 'done'::text])))
);
CREATE UNIQUE INDEX rebuild_one ON rebuild USING btree ((true)) WHERE (state = 'running'::text);
GRANT DELETE, INSERT, SELECT, UPDATE ON rebuild TO concordat_insight;

CREATE TABLE reconciliation (
  source text NOT NULL,
  checked_at timestamp with time zone NOT NULL DEFAULT '-infinity'::timestamp with time zone,
  changed_since timestamp with time zone NOT NULL DEFAULT '-infinity'::timestamp with time zone,
  healed bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (source)
);
GRANT DELETE, INSERT, SELECT, UPDATE ON reconciliation TO concordat_insight;

CREATE TABLE relay_lease (
  one boolean NOT NULL DEFAULT true,
  epoch bigint NOT NULL DEFAULT 0,
  act_seq bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (one),
  CONSTRAINT relay_lease_one_check CHECK (one)
);
GRANT DELETE, INSERT, SELECT, UPDATE ON relay_lease TO concordat_insight;

CREATE TABLE stream (
  id uuid NOT NULL,
  version bigint NOT NULL,
  changed_at timestamp with time zone NOT NULL DEFAULT now(),
  PRIMARY KEY (id),
  CONSTRAINT stream_version_check CHECK ((version > 0))
);
CREATE INDEX stream_changed ON stream USING btree (changed_at, id);
GRANT DELETE, INSERT, SELECT, UPDATE ON stream TO concordat_insight;

CREATE TABLE stream_cursor (
  source text NOT NULL,
  stream_id uuid NOT NULL,
  last_version bigint NOT NULL DEFAULT 0,
  parked_reason text,
  parked_at timestamp with time zone,
  PRIMARY KEY (source, stream_id)
);
CREATE INDEX stream_cursor_parked ON stream_cursor USING btree (parked_at) WHERE (parked_reason IS NOT NULL);
GRANT DELETE, INSERT, SELECT, UPDATE ON stream_cursor TO concordat_insight;

CREATE TABLE tally (
  generation integer NOT NULL,
  measure text COLLATE "C" NOT NULL,
  day date NOT NULL,
  area text COLLATE "C" NOT NULL,
  kind text COLLATE "C" NOT NULL,
  agency text COLLATE "C" NOT NULL,
  code text COLLATE "C" NOT NULL,
  n integer NOT NULL,
  PRIMARY KEY (generation, measure, day, area, kind, agency, code),
  FOREIGN KEY (generation) REFERENCES generation(number)
);
ALTER TABLE tally ENABLE ROW LEVEL SECURITY;
CREATE POLICY counting ON tally FOR ALL USING acting_as('system'::text);
CREATE POLICY read ON tally FOR SELECT USING (acting_as('user'::text) AND ( SELECT reads_insight() AS reads_insight));
GRANT DELETE, INSERT, SELECT, UPDATE ON tally TO concordat_insight;

CREATE OR REPLACE FUNCTION insight.acting_as(scope text)
 RETURNS boolean
 LANGUAGE sql
 STABLE
AS $function$ SELECT coalesce(current_setting('concordat.scope', true) = scope, false) $function$;

CREATE OR REPLACE FUNCTION insight.acting_org()
 RETURNS uuid
 LANGUAGE sql
 STABLE
AS $function$ SELECT nullif(current_setting('concordat.org', true), '')::uuid $function$;

CREATE OR REPLACE FUNCTION insight.acting_user()
 RETURNS uuid
 LANGUAGE sql
 STABLE
AS $function$ SELECT nullif(current_setting('concordat.user', true), '')::uuid $function$;

CREATE OR REPLACE FUNCTION insight.reads_insight()
 RETURNS boolean
 LANGUAGE sql
 STABLE
AS $function$
  SELECT coalesce((SELECT roles && '{safeguarding-lead,panel-chair,panel-coordinator,review-coordinator,auditor,board-member}'::text[]
                     FROM member WHERE user_id = acting_user() AND org_id = acting_org() AND active), false) $function$;

CREATE OR REPLACE FUNCTION insight.work_overseen()
 RETURNS TABLE(id uuid, kind text, state text, org_id uuid, user_id uuid, done integer, total integer, code text, asked_at timestamp with time zone, ended_at timestamp with time zone, moved_at timestamp with time zone)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'insight'
AS $function$
  WITH caller AS (
    SELECT m.org_id, m.areas FROM member m
     WHERE acting_as('user') AND m.user_id = acting_user() AND m.org_id = acting_org() AND m.active AND 'administrator' = ANY (m.roles)),
  reach AS (
    SELECT o.org_id FROM organisation o, caller c
     WHERE o.org_id = c.org_id
        OR EXISTS (SELECT 1 FROM area a WHERE a.active AND a.lead_org = c.org_id AND a.area_id = ANY (c.areas)))
  (SELECT w.id, 'quarterly-pack', w.state, w.org_id, w.user_id, w.written, w.parts, w.code, w.requested_at, w.ended_at,
          w.claimed_until - interval '120 seconds'
     FROM quarterly_pack w JOIN reach USING (org_id) ORDER BY w.state = 'running' DESC, w.requested_at DESC LIMIT 200)
  UNION ALL
  (SELECT b.id, 'rebuild', b.state, NULL, NULL, b.streams, NULL, CASE WHEN b.differs > 0 THEN 'rebuild.differed' END, b.asked_at, b.ended_at,
          b.claimed_until - interval '120 seconds'
     FROM rebuild b WHERE EXISTS (SELECT 1 FROM caller) ORDER BY b.asked_at DESC LIMIT 50)
$function$;

-- schema audit

CREATE TABLE act (
  event_id uuid NOT NULL,
  body bytea NOT NULL,
  seq bigint,
  created_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  published_at timestamp with time zone,
  PRIMARY KEY (event_id)
);
CREATE INDEX act_unnumbered ON act USING btree (event_id) WHERE (seq IS NULL);
CREATE INDEX act_unpublished ON act USING btree (seq) WHERE ((published_at IS NULL) AND (seq IS NOT NULL));
CREATE UNIQUE INDEX act_seq ON act USING btree (seq) WHERE (seq IS NOT NULL);
GRANT DELETE, INSERT, SELECT, UPDATE ON act TO concordat_audit;

CREATE TABLE area (
  area_id uuid NOT NULL,
  lead_org uuid NOT NULL,
  active boolean NOT NULL,
  PRIMARY KEY (area_id)
);
GRANT DELETE, INSERT, SELECT, UPDATE ON area TO concordat_audit;

CREATE TABLE case_link (
  case_id uuid NOT NULL,
  referral_id uuid NOT NULL,
  PRIMARY KEY (case_id, referral_id)
);
GRANT DELETE, INSERT, SELECT, UPDATE ON case_link TO concordat_audit;

CREATE TABLE checkpoint (
  size bigint NOT NULL,
  root bytea NOT NULL,
  note text NOT NULL,
  signed_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (size)
);
GRANT INSERT, SELECT ON checkpoint TO concordat_audit;

CREATE TABLE cosignature (
  size bigint NOT NULL,
  vkey text NOT NULL,
  line text NOT NULL,
  at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (size, vkey),
  FOREIGN KEY (size) REFERENCES checkpoint(size)
);
CREATE INDEX cosignature_of ON cosignature USING btree (vkey, size DESC);
GRANT INSERT, SELECT ON cosignature TO concordat_audit;

CREATE TABLE data_key (
  owner uuid NOT NULL,
  wrapped bytea NOT NULL,
  PRIMARY KEY (owner)
);
GRANT DELETE, INSERT, SELECT, UPDATE ON data_key TO concordat_audit;

CREATE TABLE detail (
  idx bigint NOT NULL,
  owner uuid NOT NULL,
  sealed bytea NOT NULL,
  PRIMARY KEY (idx)
);
GRANT DELETE, INSERT, SELECT, UPDATE ON detail TO concordat_audit;

CREATE TABLE detail_erasure (
  idx bigint NOT NULL,
  case_id uuid NOT NULL,
  by_idx bigint,
  PRIMARY KEY (idx)
);
GRANT INSERT, SELECT, UPDATE ON detail_erasure TO concordat_audit;

CREATE TABLE entry (
  idx bigint NOT NULL,
  event_id uuid NOT NULL,
  act_digest bytea NOT NULL,
  bytes bytea NOT NULL,
  PRIMARY KEY (idx),
  UNIQUE (event_id)
);
GRANT INSERT, SELECT ON entry TO concordat_audit;

CREATE TABLE erasure (
  case_id uuid NOT NULL,
  ids uuid[] NOT NULL,
  rule text NOT NULL,
  decision text NOT NULL,
  erased_at timestamp with time zone NOT NULL,
  told_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  checked_idx bigint NOT NULL DEFAULT '-1'::integer,
  done_at timestamp with time zone,
  PRIMARY KEY (case_id)
);
CREATE INDEX erasure_open ON erasure USING btree (told_at) WHERE (done_at IS NULL);
GRANT INSERT, SELECT, UPDATE ON erasure TO concordat_audit;

CREATE TABLE idempotency (
  actor_id uuid NOT NULL,
  key text NOT NULL,
  request_digest bytea NOT NULL,
  reply json NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  PRIMARY KEY (actor_id, key)
);
CREATE INDEX idempotency_age ON idempotency USING btree (created_at);
GRANT DELETE, INSERT, SELECT, UPDATE ON idempotency TO concordat_audit;

CREATE TABLE inbox (
  source text NOT NULL,
  stream_id uuid NOT NULL,
  stream_version bigint NOT NULL,
  event_id uuid NOT NULL,
  seq bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
  body bytea NOT NULL,
  received_at timestamp with time zone NOT NULL DEFAULT now(),
  attempts smallint NOT NULL DEFAULT 0,
  next_attempt_at timestamp with time zone NOT NULL DEFAULT '-infinity'::timestamp with time zone,
  PRIMARY KEY (source, stream_id, stream_version)
);
CREATE INDEX inbox_order ON inbox USING btree (seq) WHERE (source !~~ '%.acts'::text);
GRANT DELETE, INSERT, SELECT, UPDATE ON inbox TO concordat_audit;

CREATE TABLE job_outbox (
  job_key text NOT NULL,
  revision integer NOT NULL DEFAULT 1,
  name text NOT NULL,
  payload jsonb NOT NULL,
  run_at timestamp with time zone NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  moved_at timestamp with time zone,
  PRIMARY KEY (job_key)
);
CREATE INDEX job_outbox_due ON job_outbox USING btree (run_at);
GRANT DELETE, INSERT, SELECT, UPDATE ON job_outbox TO concordat_audit;

CREATE TABLE log_key (
  vkey text NOT NULL,
  since timestamp with time zone NOT NULL DEFAULT now(),
  PRIMARY KEY (vkey)
);
GRANT INSERT, SELECT ON log_key TO concordat_audit;

CREATE TABLE log_policy (
  seq bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
  digest bytea,
  since timestamp with time zone NOT NULL DEFAULT now(),
  PRIMARY KEY (seq)
);
GRANT INSERT, SELECT ON log_policy TO concordat_audit;

CREATE TABLE log_state (
  one boolean NOT NULL DEFAULT true,
  origin text,
  size bigint NOT NULL DEFAULT 0,
  root bytea NOT NULL DEFAULT sha256('\x'::bytea),
  epoch bigint NOT NULL DEFAULT 0,
  heartbeat_at timestamp with time zone NOT NULL DEFAULT '-infinity'::timestamp with time zone,
  PRIMARY KEY (one),
  CONSTRAINT log_state_one_check CHECK (one)
);
GRANT INSERT, SELECT, UPDATE ON log_state TO concordat_audit;

CREATE TABLE malformed (
  topic text NOT NULL,
  partition integer NOT NULL,
  position bigint NOT NULL,
  reason text NOT NULL,
  raw bytea NOT NULL,
  received_at timestamp with time zone NOT NULL DEFAULT now(),
  PRIMARY KEY (topic, partition, "position")
);
GRANT DELETE, INSERT, SELECT, UPDATE ON malformed TO concordat_audit;

CREATE TABLE member (
  user_id uuid NOT NULL,
  org_id uuid NOT NULL,
  subject text NOT NULL,
  roles text[] NOT NULL,
  areas uuid[] NOT NULL,
  active boolean NOT NULL,
  may_receive boolean NOT NULL DEFAULT true,
  changed_at timestamp with time zone NOT NULL DEFAULT now(),
  team_id uuid,
  manager_id uuid,
  PRIMARY KEY (user_id, org_id)
);
CREATE INDEX member_subject ON member USING btree (subject);
GRANT DELETE, INSERT, SELECT, UPDATE ON member TO concordat_audit;

CREATE TABLE mention (
  id uuid NOT NULL,
  kind "char" NOT NULL,
  at timestamp with time zone NOT NULL,
  idx bigint NOT NULL,
  PRIMARY KEY (id, kind, at, idx)
);
GRANT DELETE, INSERT, SELECT, UPDATE ON mention TO concordat_audit;

CREATE TABLE organisation (
  org_id uuid NOT NULL,
  agency_type text NOT NULL,
  active boolean NOT NULL,
  PRIMARY KEY (org_id)
);
GRANT DELETE, INSERT, SELECT, UPDATE ON organisation TO concordat_audit;

CREATE TABLE outbox (
  event_id uuid NOT NULL,
  seq bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
  stream_id uuid NOT NULL,
  stream_version bigint NOT NULL,
  topic text NOT NULL,
  partition smallint NOT NULL,
  headers jsonb NOT NULL,
  body bytea NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  published_at timestamp with time zone,
  PRIMARY KEY (event_id),
  UNIQUE (stream_id, stream_version)
);
CREATE INDEX outbox_unpublished ON outbox USING btree (seq) WHERE (published_at IS NULL);
GRANT DELETE, INSERT, SELECT, UPDATE ON outbox TO concordat_audit;

CREATE TABLE producer (
  source text NOT NULL,
  last_seq bigint NOT NULL,
  PRIMARY KEY (source)
);
GRANT INSERT, SELECT, UPDATE ON producer TO concordat_audit;

CREATE TABLE pseudonym (
  real_id text NOT NULL,
  pseudonym uuid NOT NULL,
  PRIMARY KEY (real_id),
  UNIQUE (pseudonym)
);
GRANT DELETE, INSERT, SELECT, UPDATE ON pseudonym TO concordat_audit;

CREATE TABLE reconciliation (
  source text NOT NULL,
  checked_at timestamp with time zone NOT NULL DEFAULT '-infinity'::timestamp with time zone,
  changed_since timestamp with time zone NOT NULL DEFAULT '-infinity'::timestamp with time zone,
  healed bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (source)
);
GRANT DELETE, INSERT, SELECT, UPDATE ON reconciliation TO concordat_audit;

CREATE TABLE relay_lease (
  one boolean NOT NULL DEFAULT true,
  epoch bigint NOT NULL DEFAULT 0,
  act_seq bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (one),
  CONSTRAINT relay_lease_one_check CHECK (one)
);
GRANT DELETE, INSERT, SELECT, UPDATE ON relay_lease TO concordat_audit;

CREATE TABLE restricted_record (
  restriction_id uuid NOT NULL,
  record_id uuid NOT NULL,
  named uuid[] NOT NULL,
  PRIMARY KEY (restriction_id, record_id)
);
GRANT DELETE, INSERT, SELECT, UPDATE ON restricted_record TO concordat_audit;

CREATE TABLE stream (
  id uuid NOT NULL,
  version bigint NOT NULL,
  changed_at timestamp with time zone NOT NULL DEFAULT now(),
  PRIMARY KEY (id),
  CONSTRAINT stream_version_check CHECK ((version > 0))
);
CREATE INDEX stream_changed ON stream USING btree (changed_at, id);
GRANT DELETE, INSERT, SELECT, UPDATE ON stream TO concordat_audit;

CREATE TABLE stream_cursor (
  source text NOT NULL,
  stream_id uuid NOT NULL,
  last_version bigint NOT NULL DEFAULT 0,
  parked_reason text,
  parked_at timestamp with time zone,
  PRIMARY KEY (source, stream_id)
);
CREATE INDEX stream_cursor_parked ON stream_cursor USING btree (parked_at) WHERE (parked_reason IS NOT NULL);
GRANT DELETE, INSERT, SELECT, UPDATE ON stream_cursor TO concordat_audit;

CREATE TABLE tile (
  level smallint NOT NULL,
  idx bigint NOT NULL,
  data bytea NOT NULL,
  PRIMARY KEY (level, idx)
);
GRANT INSERT, SELECT, UPDATE ON tile TO concordat_audit;

CREATE TABLE trail (
  idx bigint NOT NULL,
  at timestamp with time zone NOT NULL,
  action text NOT NULL,
  outcome text NOT NULL,
  PRIMARY KEY (idx)
);
CREATE INDEX trail_action ON trail USING btree (action, at, idx);
CREATE INDEX trail_at ON trail USING btree (at, idx);
CREATE INDEX trail_refused ON trail USING btree (outcome, at, idx) WHERE (outcome <> 'done'::text);
GRANT DELETE, INSERT, SELECT, UPDATE ON trail TO concordat_audit;

CREATE OR REPLACE FUNCTION audit.closed_to_caller(qualifies boolean)
 RETURNS uuid[]
 LANGUAGE sql
 STABLE
AS $function$
  SELECT coalesce(array_agg(DISTINCT x.record_id), '{}') FROM restricted_record x
   WHERE coalesce(current_setting('concordat.scope', true), '') NOT IN ('system', 'service')
     AND NOT coalesce(nullif(current_setting('concordat.user', true), '')::uuid = ANY (x.named), false)
     AND NOT (qualifies AND EXISTS (
           SELECT 1 FROM member m WHERE m.user_id = nullif(current_setting('concordat.user', true), '')::uuid
              AND m.org_id = nullif(current_setting('concordat.org', true), '')::uuid AND m.active AND 'restricted-records' = ANY (m.roles)))
$function$;

CREATE OR REPLACE FUNCTION audit.open_by_name()
 RETURNS uuid[]
 LANGUAGE sql
 STABLE
AS $function$
  SELECT coalesce(array_agg(DISTINCT x.record_id), '{}') FROM restricted_record x
   WHERE nullif(current_setting('concordat.user', true), '')::uuid = ANY (x.named)
$function$;
