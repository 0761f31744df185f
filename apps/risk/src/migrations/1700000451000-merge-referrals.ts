import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Two referrals of a case to a forum about the same matter are one: which one it is that stays is kept with the other. */
export class MergeReferrals1700000451000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE forum_referral
        DROP CONSTRAINT forum_referral_standing_check,
        ADD CHECK (standing IN ('submitted', 'returned', 'not-accepted', 'challenged', 'refused', 'transferred', 'withdrawn', 'merged')),
        -- Of the same case, with which both are erased.
        ADD COLUMN merged_into uuid REFERENCES forum_referral,
        -- Whether another was merged into it: then whoever made it does not take it back.
        ADD COLUMN stands_for_others boolean NOT NULL DEFAULT false,
        ADD CHECK ((merged_into IS NOT NULL) = (standing = 'merged')),
        ADD CHECK (merged_into <> id);
      CREATE INDEX forum_referral_merged ON forum_referral (merged_into) WHERE merged_into IS NOT NULL`);
  }

  async down(): Promise<void> {
    throw new Error('conferences are never migrated away');
  }
}
