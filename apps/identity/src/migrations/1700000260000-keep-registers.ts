import type { MigrationInterface, QueryRunner } from 'typeorm';

const COLUMNS = `
-- What a change was made from, and who decided last: what an administrator has decided, no file that is loaded later undoes.
ALTER TABLE organisation_detail
  ADD COLUMN version integer NOT NULL DEFAULT 1 CHECK (version > 0),
  ADD COLUMN decided_by text NOT NULL DEFAULT 'file' CHECK (decided_by IN ('file', 'administrator'));
ALTER TABLE area_detail
  ADD COLUMN version integer NOT NULL DEFAULT 1 CHECK (version > 0),
  ADD COLUMN decided_by text NOT NULL DEFAULT 'file' CHECK (decided_by IN ('file', 'administrator'));
`;

export class KeepRegisters1700000260000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(COLUMNS);
  }

  async down(): Promise<void> {
    throw new Error('what administrators decided of organisations and areas is not forgotten');
  }
}
