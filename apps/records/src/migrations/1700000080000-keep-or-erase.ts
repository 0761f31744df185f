import type { MigrationInterface, QueryRunner } from 'typeorm';
import { ERASE } from './keep-or-erase/erase';
import { TABLES } from './keep-or-erase/tables';
import { WALL } from './keep-or-erase/wall';

/** How long each case is kept, what keeps it longer, who decided so; and what is left of those that were erased. */
export class KeepOrErase1700000080000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
    await runner.query(WALL);
    await runner.query(ERASE);
  }

  async down(): Promise<void> {
    throw new Error('records are never migrated away');
  }
}
