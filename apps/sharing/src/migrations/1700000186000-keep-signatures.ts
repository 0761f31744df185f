import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who signed the confidentiality statement of which meeting, as risk tells it: by it, R15 decides. */
export class KeepSignatures1700000186000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
CREATE TABLE meeting_signature (
  meeting_id uuid NOT NULL,
  user_id uuid NOT NULL,
  org_id uuid NOT NULL,
  purpose text NOT NULL,
  signed_at timestamptz NOT NULL,
  -- From when on decisions know of it: decisions of before are made again without it.
  known_at timestamptz NOT NULL,
  PRIMARY KEY (meeting_id, user_id, signed_at)
);
CREATE INDEX meeting_signature_signed ON meeting_signature (signed_at);
REVOKE UPDATE, DELETE, TRUNCATE ON meeting_signature FROM concordat_sharing;
ALTER TABLE meeting_signature ENABLE ROW LEVEL SECURITY;
CREATE POLICY kept ON meeting_signature USING (acting_as('system'));

-- It becomes known at one moment, between decisions about the meeting and not during one: each takes the same lock, shared.
CREATE FUNCTION hold_signatures_of(meeting text) RETURNS void LANGUAGE sql AS $$
  SELECT pg_advisory_xact_lock_shared(hashtextextended('meeting-signature/' || meeting, 0)) $$;
CREATE FUNCTION lock_signatures_of(meeting text) RETURNS void LANGUAGE sql AS $$
  SELECT pg_advisory_xact_lock(hashtextextended('meeting-signature/' || meeting, 0)) $$;

-- Whoever decides asks whether whoever acts has signed: ids and moments.
CREATE FUNCTION signatures_of(meeting text, signatory text)
RETURNS TABLE (org_id uuid, purpose text, signed_at timestamptz, known_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = sharing, public AS $$
  SELECT s.org_id, s.purpose, s.signed_at, s.known_at FROM meeting_signature s
   WHERE s.meeting_id::text = meeting AND s.user_id::text = signatory ORDER BY s.signed_at $$;
CREATE FUNCTION signatures_since(moment timestamptz) RETURNS SETOF meeting_signature
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = sharing, public AS $$
  SELECT * FROM meeting_signature WHERE signed_at >= moment $$;
REVOKE ALL ON FUNCTION signatures_of(text, text), signatures_since(timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION signatures_of(text, text), signatures_since(timestamptz) TO concordat_sharing;
`);
  }

  async down(): Promise<void> {
    throw new Error('signatures are never migrated away');
  }
}
