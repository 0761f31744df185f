import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A referral to somebody of another agency carries the decision that permits it: without one there is no such row. */
export class PermitDisclosures1700000090000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(PERMITS);
  }

  async down(): Promise<void> {
    throw new Error('records are never migrated away');
  }
}

/** Looked at when a referral is made: those of before decisions were asked for can still be answered. */
const PERMITS = `
ALTER TABLE onward_referral ADD COLUMN permit jsonb;
CREATE FUNCTION demand_permit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.to_id IS NOT NULL AND (NEW.permit ->> 'decisionId' IS NULL OR NEW.permit ->> 'isa' IS NULL OR NEW.permit ->> 'flowId' IS NULL) THEN
    RAISE EXCEPTION 'a referral to another agency carries the decision that permits it' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER permitted BEFORE INSERT ON onward_referral FOR EACH ROW EXECUTE FUNCTION demand_permit();
`;
