import { RESTRICTION_TABLES } from '@concordat/messaging';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which records are open to named staff only: the trail shows of them to whoever may read restricted records, and no other. */
export class RestrictTrail1700000010000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(RESTRICTION_TABLES);
  }

  async down(): Promise<void> {
    throw new Error('a ledger is never migrated away');
  }
}
