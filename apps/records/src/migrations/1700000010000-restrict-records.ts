import type { MigrationInterface, QueryRunner } from 'typeorm';
import { GLASS_WALL, HISTORY, LOOK_BACK } from './restrict-records/glass';
import { RESTRICTIONS } from './restrict-records/tables';
import { WALL } from './restrict-records/wall';

/** Cases and people open to named staff only; emergency access to one case; and what tells who could have seen it. */
export class RestrictRecords1700000010000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(RESTRICTIONS);
    await runner.query(WALL);
    await runner.query(GLASS_WALL);
    await runner.query(HISTORY);
    await runner.query(LOOK_BACK);
  }

  async down(): Promise<void> {
    throw new Error('records are never migrated away');
  }
}
