import type { MigrationInterface, QueryRunner } from 'typeorm';

const OPEN = `status IN ('received', 'rated', 'information-requested', 'returned', 'reopened')`;

/**
 * The first page of whoever triages is what is open, in the order in which it is due. What of it their agency sent to others had
 * no index: everything that it ever sent was looked for among everything open in the partnership.
 */
export class ListWhatIsOpen1700000490000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE INDEX referral_made_open ON referral (referring_org, id) WHERE ${OPEN};
      ANALYZE referral;
    `);
  }

  async down(): Promise<void> {
    throw new Error('referrals are never migrated away');
  }
}
