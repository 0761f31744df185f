import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * An agency's own part in a case shows by itself, without looking it up again for each row: a list of a hundred thousand cases
 * asks for a thousand of them to count. It lets nobody read more than `shown` does, and write nothing.
 */
export class ListOwnCases1700000440100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
-- Last by its name, for PostgreSQL asks policies in the reverse of that order.
CREATE POLICY their_own ON participation FOR SELECT
  USING (org_id = acting_org() AND until IS NULL AND case_id <> ALL ((SELECT hidden_cases(true))::uuid[]));
`);
  }

  async down(): Promise<void> {
    throw new Error('records are never migrated away');
  }
}
