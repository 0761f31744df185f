import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What belongs to a case that was erased can be taken away here: by what hears of that, and by nobody else. */
export class EraseReferrals1700000080000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE POLICY erased ON referral FOR DELETE USING ((SELECT acting_as('system')))`);
  }

  async down(): Promise<void> {
    throw new Error('referrals are never migrated away');
  }
}
