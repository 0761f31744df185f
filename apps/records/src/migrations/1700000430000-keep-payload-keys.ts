import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The key of the commitment by which both ends of a disclosure show that they mean the same without showing it: fresh for each,
 * it travels with what is disclosed and goes with it when that is erased. Three random ids hashed are 32 bytes of 366 random bits.
 * What was offered before has none: its sender's end is not on record, so that an answer would seem to be to nothing.
 */
export class KeepPayloadKeys1700000430000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const table of ['onward_referral', 'case_transfer'])
      await runner.query(`ALTER TABLE ${table} ADD COLUMN payload_key bytea;
        ALTER TABLE ${table} ALTER COLUMN payload_key
          SET DEFAULT sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()))`);
  }

  async down(): Promise<void> {
    throw new Error('records are never migrated away');
  }
}
