import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When whoever was given a case by somebody else, or had it until then, first looked at that (ASG-3). */
export class TellOwners1700000030360 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE case_ownership ADD COLUMN told_at timestamptz, ADD COLUMN left_told_at timestamptz;
      CREATE INDEX case_ownership_untold ON case_ownership (owner_id) WHERE told_at IS NULL OR left_told_at IS NULL;
    `);
  }

  async down(): Promise<void> {
    throw new Error('records are never migrated away');
  }
}
