import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Answers to questions have a last day. Those given before hold for as long as one given that day would have. */
export class EndAnswers1700000187000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
-- The civil day in London until which an answer holds, that day included.
ALTER TABLE question ADD COLUMN holds_until date;
UPDATE question SET holds_until = (answered_at AT TIME ZONE 'Europe/London')::date + 90 WHERE state <> 'open';
ALTER TABLE question ADD CHECK ((state = 'open') = (holds_until IS NULL));

-- What people have answered about a matter, as far as it holds on a day: also for one who may not see who answered.
DROP FUNCTION answer_to(text, text, text[]);
CREATE FUNCTION answers_to(asked_matter text, today date)
RETURNS TABLE (id uuid, state text, isa text, reasons text[], answered_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = sharing, public AS $$
  SELECT q.id, q.state, q.isa, q.reasons, q.answered_at FROM question q
   WHERE q.matter = asked_matter AND q.state <> 'open' AND q.holds_until >= today
   ORDER BY q.answered_at DESC, q.id LIMIT 100 $$;
REVOKE ALL ON FUNCTION answers_to(text, date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION answers_to(text, date) TO concordat_sharing;
`);
  }

  async down(): Promise<void> {
    throw new Error('questions are never migrated away');
  }
}
