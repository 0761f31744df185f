import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The summary of a case has a version of its own: whoever types it refuses nobody else's decision, and is refused by none. */
export class NotesOfTwo1700000150000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE agenda_item ADD COLUMN notes_version int NOT NULL DEFAULT 0, ADD COLUMN notes_by uuid, ADD COLUMN notes_at timestamptz,
        ADD CHECK ((notes_version = 0) = (notes_by IS NULL)),
        ADD CHECK ((notes_by IS NULL) = (notes_at IS NULL))`);
  }

  async down(): Promise<void> {
    throw new Error('conferences are never migrated away');
  }
}
