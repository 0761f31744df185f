import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What referrals say of one person, for the service that answers them: of those that opened no case too. */
export class TellOfPeople1700000080100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
CREATE FUNCTION referrals_about(asked uuid) RETURNS TABLE (id uuid, reference text, received_at timestamptz, content jsonb)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = referrals AS $$
  SELECT r.id, r.reference, r.received_at, r.content FROM referral r
   WHERE acting_as('service') AND r.received_at IS NOT NULL AND r.people @> ARRAY[asked] ORDER BY r.received_at, r.id
$$;
REVOKE ALL ON FUNCTION referrals_about(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION referrals_about(uuid) TO concordat_referrals;
`);
  }

  async down(): Promise<void> {
    throw new Error('referrals are never migrated away');
  }
}
