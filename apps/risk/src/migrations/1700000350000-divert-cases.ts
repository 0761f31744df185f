import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What was said of a case that another kind of forum is for: whether it is one, and why it was referred here nevertheless. */
export class DivertCases1700000350000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE forum_referral ADD COLUMN diverts jsonb NOT NULL DEFAULT '[]'`);
  }

  async down(): Promise<void> {
    throw new Error('conferences are never migrated away');
  }
}
