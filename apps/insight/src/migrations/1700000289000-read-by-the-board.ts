import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Numbers are for those who lead, and for the board of the partnership. */
export class ReadByTheBoard1700000289000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
CREATE OR REPLACE FUNCTION reads_insight() RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT coalesce((SELECT roles && '{safeguarding-lead,panel-chair,panel-coordinator,review-coordinator,auditor,board-member}'::text[]
                     FROM member WHERE user_id = acting_user() AND org_id = acting_org() AND active), false) $$;
`);
  }

  async down(): Promise<void> {
    throw new Error('whoever may read figures goes on doing so');
  }
}
