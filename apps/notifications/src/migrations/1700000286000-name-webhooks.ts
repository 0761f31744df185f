import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What an agency calls a webhook, and where each attempt went: an address may change, and what was sent to the one before stays told. */
export class NameWebhooks1700000286000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE webhook ADD COLUMN name text;
      ALTER TABLE webhook_attempt ADD COLUMN url text`);
  }

  async down(): Promise<void> {
    throw new Error('what was sent to whom is not forgotten');
  }
}
