import { MEMBER_PLACES } from '@concordat/messaging';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The copy of who works where learns of teams and managers. Of members from before it is told with their next change. */
export class PlaceMembersInRecords1700000030000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(MEMBER_PLACES);
  }

  async down(): Promise<void> {
    throw new Error('what is known of members is not forgotten');
  }
}
