import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The random bytes under which both ends of a transfer commit to what went, and the flow of each decision that let it go. */
export class KeepTransferEnds1700000471000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE forum_transfer_permit ADD COLUMN flow_id text`);
    // What went before has none, and is not listed as lacking its other end. Three random ids hashed are 32 bytes.
    await runner.query(`ALTER TABLE forum_transfer ADD COLUMN payload_key bytea;
      ALTER TABLE forum_transfer ALTER COLUMN payload_key
        SET DEFAULT sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()))`);
  }

  async down(): Promise<void> {
    throw new Error('conferences are never migrated away');
  }
}
