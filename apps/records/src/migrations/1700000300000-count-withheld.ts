import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Of how many cases an export has the agency's own alone, because no agreement lets it see the rest. */
export class CountWithheld1700000300000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE record_export ADD COLUMN withheld int NOT NULL DEFAULT 0');
  }

  async down(): Promise<void> {
    throw new Error('records are never migrated away');
  }
}
