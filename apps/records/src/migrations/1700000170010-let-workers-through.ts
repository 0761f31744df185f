import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Tables that workers read by the row, and whose walls look through a case for everybody else. */
const TABLES = [
  'case_file',
  'case_person',
  'participation',
  'timeline',
  'person',
  'person_match',
  'person_merge',
  'person_version',
  'relationship',
];

/**
 * The platform's own work is let through first. Policies that allow are tried from the last name to the first until one
 * does, so under "part", "referred" and "shown" a worker paid for each row's case before it was asked what it is. What may
 * be read stays the same: "part" has always let it through, at the end.
 */
export class LetWorkersThrough1700000170010 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const table of TABLES)
      await runner.query(
        `CREATE POLICY system ON ${table} FOR SELECT USING (current_setting('concordat.scope', true) = 'system')`,
      );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) await runner.query(`DROP POLICY system ON ${table}`);
  }
}
