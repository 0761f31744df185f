import type { MigrationInterface, QueryRunner } from 'typeorm';
import { REPLACED } from './bring-cases-in/replaced';
import { TABLES } from './bring-cases-in/tables';
import { WALL } from './bring-cases-in/wall';

/** Cases and people from other systems: a case that no referral opened, and where it comes from (docs/decisions/0048). */
export class BringCasesIn1700000270000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
    await runner.query(WALL);
    await runner.query(REPLACED);
  }

  async down(): Promise<void> {
    throw new Error('records are never migrated away');
  }
}
