import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Questions that the rules leave to a person (REVIEW), and how they were answered. */
export class KeepQuestions1700000091000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
CREATE TABLE question (
  id uuid PRIMARY KEY,
  version int NOT NULL DEFAULT 1,
  state text NOT NULL CHECK (state IN ('open', 'allowed', 'refused')),
  -- What it is about, by a digest: asked again, it is the same question.
  matter text NOT NULL,
  -- The agreement version and the reasons that left it to a person. An answer holds for these and no others.
  isa text NOT NULL,
  reasons text[] NOT NULL,
  decision_id uuid NOT NULL REFERENCES decision,
  sender uuid NOT NULL,
  asked_by uuid NOT NULL,
  asked_org uuid NOT NULL,
  asked_at timestamptz NOT NULL,
  answered_by uuid,
  answered_at timestamptz,
  ground text CHECK (ground IN ('agreement', 'other')),
  reason text,
  -- The decision that the answer is.
  answer_id uuid REFERENCES decision,
  -- When whoever asked first looked at the answer.
  seen_at timestamptz,
  CHECK ((state = 'open') = (answer_id IS NULL)),
  CHECK (answered_by IS DISTINCT FROM asked_by)
);
CREATE UNIQUE INDEX question_open ON question (matter) WHERE state = 'open';
CREATE INDEX question_answered ON question (matter, answered_at DESC) WHERE state <> 'open';
CREATE INDEX question_to_answer ON question (sender, asked_at) WHERE state = 'open';
CREATE INDEX question_asked ON question (asked_by, asked_at DESC);
REVOKE DELETE, TRUNCATE ON question FROM concordat_sharing;
ALTER TABLE decision ADD COLUMN question_id uuid, ADD COLUMN answer text CHECK (answer IN ('allow', 'refuse'));

-- A question is its asker's, and of governance where what it is about would come from. Whoever decides looks for answers.
ALTER TABLE question ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON question FOR SELECT USING (acting_as('system') OR acting_as('service')
  OR (acting_as('user') AND ((asked_by = acting_user() AND asked_org = acting_org()) OR ((SELECT governs()) AND sender = acting_org()))));
CREATE POLICY asked ON question FOR INSERT WITH CHECK (acting_as('service')
  OR (acting_as('user') AND asked_by = acting_user() AND asked_org = acting_org()));
CREATE POLICY changed ON question FOR UPDATE USING (acting_as('user')
  AND ((asked_by = acting_user() AND asked_org = acting_org()) OR ((SELECT governs()) AND sender = acting_org())));

-- Whoever asked sees the decision that the answer is.
CREATE POLICY answered ON decision FOR SELECT USING (acting_as('user') AND EXISTS (SELECT 1 FROM question q
  WHERE q.answer_id = decision.id AND q.asked_by = acting_user() AND q.asked_org = acting_org()));

-- An answer given holds for whoever asks the same: also for one who may not see who gave it.
CREATE FUNCTION answer_to(asked_matter text, under text, for_reasons text[]) RETURNS TABLE (id uuid, state text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = sharing, public AS $$
  SELECT q.id, q.state FROM question q
   WHERE q.matter = asked_matter AND q.state <> 'open' AND q.isa = under AND q.reasons = for_reasons
   ORDER BY q.answered_at DESC LIMIT 1 $$;
REVOKE ALL ON FUNCTION answer_to(text, text, text[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION answer_to(text, text, text[]) TO concordat_sharing;
`);
  }

  async down(): Promise<void> {
    throw new Error('questions are never migrated away');
  }
}
