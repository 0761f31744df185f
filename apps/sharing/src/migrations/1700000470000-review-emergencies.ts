import type { MigrationInterface, QueryRunner } from 'typeorm';

const EMERGENCIES = `
-- A review of what was shared in an emergency says so by itself, by when it is due, and what the named authoriser says of it.
ALTER TABLE question
  ADD COLUMN emergency boolean NOT NULL DEFAULT false,
  ADD COLUMN review_by timestamptz,
  -- What had happened, in the words of whoever shared it.
  ADD COLUMN account text,
  ADD COLUMN authoriser uuid,
  ADD COLUMN authorised text CHECK (authorised IN ('given', 'not-given')),
  ADD COLUMN authorised_at timestamptz,
  ADD COLUMN authorised_note text;
UPDATE question q SET emergency = true, authoriser = nullif(d.request #>> '{breakGlass,authoriser,userId}', '')::uuid
  FROM decision d WHERE d.id = q.decision_id AND q.matter LIKE 'emergency/%';
ALTER TABLE question
  ADD CHECK ((authorised IS NULL) = (authorised_at IS NULL)),
  ADD CHECK (authoriser IS NULL OR answered_by IS DISTINCT FROM authoriser);
CREATE INDEX question_emergency ON question (asked_at DESC, id DESC) WHERE emergency;
CREATE INDEX question_of_emergency ON question (decision_id) WHERE emergency;

-- Who is said to have authorised it sees it, and says whether they did.
CREATE POLICY authorising ON question FOR SELECT USING (emergency AND acting_as('user')
  AND authoriser = acting_user() AND asked_org = acting_org());
CREATE POLICY authorised ON question FOR UPDATE USING (emergency AND acting_as('user')
  AND authoriser = acting_user() AND asked_org = acting_org());
CREATE POLICY authorising ON decision FOR SELECT USING (acting_as('user') AND EXISTS (SELECT 1 FROM question q
  WHERE q.emergency AND q.decision_id = decision.id AND q.authoriser = acting_user() AND q.asked_org = acting_org()));
`;

const BREACHES = `
-- What may be a breach of personal data: how it came to be known, how it was assessed, and whether the Commissioner was told.
CREATE TABLE breach (
  id uuid PRIMARY KEY,
  version int NOT NULL DEFAULT 1,
  state text NOT NULL CHECK (state IN ('open', 'to-notify', 'closed')),
  -- The agency whose breach it may be.
  org_id uuid NOT NULL,
  -- The review that found an emergency not justified; null where it came to light otherwise.
  question_id uuid UNIQUE REFERENCES question,
  account text NOT NULL,
  opened_by uuid NOT NULL,
  opened_at timestamptz NOT NULL,
  -- Hours count from here.
  aware_at timestamptz NOT NULL,
  notify_by timestamptz NOT NULL,
  pack text NOT NULL,
  risk text CHECK (risk IN ('unlikely', 'likely', 'high')),
  -- How many people are affected, as far as is known.
  affected int CHECK (affected >= 0),
  notify boolean,
  tell_people boolean,
  reason text,
  remedy text,
  assessed_by uuid,
  assessed_at timestamptz,
  notified_at timestamptz,
  notified_by uuid,
  reference text,
  -- Why the Commissioner was told late.
  delay_reason text,
  CHECK (notify_by > aware_at),
  CHECK ((state = 'open') = (assessed_at IS NULL)),
  CHECK (state = 'open' OR (risk IS NOT NULL AND notify IS NOT NULL AND tell_people IS NOT NULL AND reason IS NOT NULL)),
  CHECK (state <> 'to-notify' OR notify),
  CHECK ((notified_at IS NOT NULL) = (state = 'closed' AND notify))
);
CREATE INDEX breach_opened ON breach (org_id, opened_at DESC, id DESC);
REVOKE DELETE, TRUNCATE ON breach FROM concordat_sharing;
ALTER TABLE breach ENABLE ROW LEVEL SECURITY;
-- Its agency's governance and auditors see it; its governance alone can change it (the table of permissions).
CREATE POLICY own ON breach USING (acting_as('user') AND (SELECT governs()) AND org_id = acting_org());
`;

/** Reviews of emergencies have a day and an authoriser who answers for it; what was not justified is assessed as a breach. */
export class ReviewEmergencies1700000470000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(EMERGENCIES);
    await runner.query(BREACHES);
  }

  async down(): Promise<void> {
    throw new Error('reviews and breaches are never migrated away');
  }
}
