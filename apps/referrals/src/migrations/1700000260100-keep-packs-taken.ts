import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which pack was taken up when: by its version, and by what it held. It says nothing of anybody. */
export class KeepPacksTaken1700000260100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
CREATE TABLE pack_taken (
  place bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  pack text NOT NULL,
  documents jsonb NOT NULL,
  taken_at timestamptz NOT NULL
);
-- Second wall: written by the system alone, and never changed.
ALTER TABLE pack_taken ENABLE ROW LEVEL SECURITY;
CREATE POLICY pack_taken_read ON pack_taken FOR SELECT USING (current_setting('concordat.scope', true) IN ('user', 'system'));
CREATE POLICY pack_taken_add ON pack_taken FOR INSERT WITH CHECK (current_setting('concordat.scope', true) = 'system');
`);
  }

  async down(): Promise<void> {
    throw new Error('which pack was in force when is not forgotten');
  }
}
