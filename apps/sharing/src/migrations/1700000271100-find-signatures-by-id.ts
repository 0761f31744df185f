import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Signatures are found by ids and not by how they are written: the same id in capitals is the same meeting, for the lock too, and the
 * primary key finds it. What is no id names no meeting.
 */
export class FindSignaturesById1700000271100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
CREATE FUNCTION id_in(written text) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN written ~* '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' THEN written::uuid END $$;
CREATE OR REPLACE FUNCTION hold_signatures_of(meeting text) RETURNS void LANGUAGE sql AS $$
  SELECT pg_advisory_xact_lock_shared(hashtextextended('meeting-signature/' || lower(meeting), 0)) $$;
CREATE OR REPLACE FUNCTION lock_signatures_of(meeting text) RETURNS void LANGUAGE sql AS $$
  SELECT pg_advisory_xact_lock(hashtextextended('meeting-signature/' || lower(meeting), 0)) $$;
CREATE OR REPLACE FUNCTION signatures_of(meeting text, signatory text)
RETURNS TABLE (org_id uuid, purpose text, signed_at timestamptz, known_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = sharing, public AS $$
  SELECT s.org_id, s.purpose, s.signed_at, s.known_at FROM meeting_signature s
   WHERE s.meeting_id = id_in(meeting) AND s.user_id = id_in(signatory) ORDER BY s.signed_at $$;
`);
  }

  async down(): Promise<void> {
    throw new Error('signatures are never migrated away');
  }
}
