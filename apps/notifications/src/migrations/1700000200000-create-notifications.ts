import {
  ACTING,
  CASE_ACCESS_TABLES,
  IndexNumberedActs1700000170000,
  MEMBER_PLACES,
  MEMBER_TABLES,
  RESTRICTION_TABLES,
  waistTables,
} from '@concordat/messaging';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What every context has: the waist, who works where, who takes part in which case, and what is open to named staff only. */
export class CreateNotifications1700000200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(waistTables('notifications'));
    // By its own time it would come before the table that it indexes.
    await new IndexNumberedActs1700000170000().up(runner);
    await runner.query(MEMBER_TABLES);
    await runner.query(MEMBER_PLACES);
    await runner.query(CASE_ACCESS_TABLES);
    await runner.query(RESTRICTION_TABLES);
    await runner.query(ACTING);
    await runner.query(WALL);
  }

  async down(): Promise<void> {
    throw new Error('the register of deadlines is never migrated away');
  }
}

const WALL = `
-- Whether the caller may look into a case: their agency takes part in it, and it is not closed to them.
CREATE FUNCTION may_look_into(asked uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT 1 FROM case_access c
   WHERE acting_as('user') AND c.case_id = asked AND c.org_id = acting_org() AND c.until IS NULL AND c.level <> 'preview'
     AND (NOT c.restricted OR c.case_id = ANY (open_by_name())) AND c.case_id <> ALL (closed_to_caller(false)))
$$;
`;
