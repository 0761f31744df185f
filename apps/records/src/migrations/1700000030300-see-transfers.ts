import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When whoever offered a case, or asked for it, first looked at how that came out. */
export class SeeTransfers1700000030300 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE case_transfer ADD COLUMN seen_at timestamptz');
  }

  async down(): Promise<void> {
    throw new Error('records are never migrated away');
  }
}
