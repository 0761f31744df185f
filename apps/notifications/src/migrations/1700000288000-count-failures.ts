import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How often in a row nothing arrived at an address, and which people of an agency are not reached: never where they would be. */
export class CountFailures1700000288000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
ALTER TABLE contact_detail ADD COLUMN failures int NOT NULL DEFAULT 0;
CREATE FUNCTION unreached_people() RETURNS TABLE (user_id uuid, channel text, since timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = notifications, public AS $$
  SELECT d.user_id, d.channel, d.failed_at FROM contact_detail d
   WHERE acting_as('user') AND d.org_id = acting_org() AND holds_role('{administrator}') AND d.confirmed_at IS NOT NULL
     AND d.failed_at IS NOT NULL ORDER BY d.failed_at DESC, d.user_id LIMIT 100
$$;
REVOKE ALL ON FUNCTION unreached_people() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION unreached_people() TO concordat_notifications`);
  }

  async down(): Promise<void> {
    throw new Error('what did not arrive is not forgotten');
  }
}
