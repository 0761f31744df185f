import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A question of another system names the agreements on which it is asked: it is decided by those and by no other, again as at first. */
export class AskOnAgreements1700000271000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query("ALTER TABLE known_question ADD COLUMN policies text[] NOT NULL DEFAULT '{}'");
  }

  async down(): Promise<void> {
    throw new Error('records are never migrated away');
  }
}
