import type { MigrationInterface, QueryRunner } from 'typeorm';

/** For which forum an assessment is made, and by which thresholds, as they stood when it was begun. */
export class BandByForums1700000360000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE assessment ADD COLUMN practice jsonb`);
  }

  async down(): Promise<void> {
    throw new Error('assessments are never migrated away');
  }
}
