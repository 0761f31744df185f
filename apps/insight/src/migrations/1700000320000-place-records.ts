import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which records are about a case: they are counted in the area of it. */
export class PlaceRecords1700000320000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
CREATE TABLE placed_record (
  generation int NOT NULL REFERENCES generation,
  case_id uuid NOT NULL,
  kind text COLLATE "C" NOT NULL,
  id uuid NOT NULL,
  PRIMARY KEY (generation, case_id, kind, id)
);
ALTER TABLE placed_record ENABLE ROW LEVEL SECURITY;
CREATE POLICY counting ON placed_record USING (acting_as('system'));
`);
  }

  async down(): Promise<void> {
    throw new Error('where records are counted is not forgotten');
  }
}
