import type { Tx } from '@concordat/messaging';
import type { Clocked, Due } from '@concordat/sharing';

/** A version as its clocks see it, with what is told of it. */
export interface ClockedVersion extends Clocked {
  readonly recordId: string;
  /** Of the record, as `AgreementRecord` has it. */
  readonly recordVersion: number;
  readonly title: string;
  /** Parties that are still to sign it. */
  readonly unsigned: readonly string[];
}

/** Every version that is signed or ever was in force and that the caller sees: what is run down is needed to tell what took over. */
export async function clockedVersions(tx: Tx): Promise<ClockedVersion[]> {
  return tx.query<ClockedVersion & Record<string, unknown>>(
    `SELECT id AS "recordId", version AS "recordVersion", title, code AS id, number AS version, status,
            effective_from::text AS "effectiveFrom", review_by::text AS "reviewBy", expires_on::text AS "expiresOn",
            jsonb_path_exists(document, '$.events[*].type ? (@ == "ACTIVATED")') AS activated,
            (SELECT max(((e ->> 'at')::timestamptz AT TIME ZONE 'Europe/London')::date)::text
               FROM jsonb_array_elements(document -> 'events') e WHERE e ->> 'type' = 'REVIEWED') AS "reviewedOn",
            ARRAY(SELECT p ->> 'orgId' FROM jsonb_array_elements(document -> 'parties') p
                   WHERE p -> 'signedAt' IS NULL AND p -> 'withdrawnAt' IS NULL) AS unsigned
       FROM agreement WHERE status NOT IN ('DRAFT', 'IN_QA') ORDER BY expires_on, id`,
    [],
    'clocked-versions',
  );
}

/** What was told to fall due already, as `keyOf` names it. */
export async function remindersTold(tx: Tx): Promise<ReadonlySet<string>> {
  const rows = await tx.query<{ id: string } & Due>(
    `SELECT r.agreement_id AS id, r.what, r.due_on::text AS on, r.lead AS days FROM agreement_reminder r
       JOIN agreement a ON a.id = r.agreement_id WHERE a.status IN ('ACTIVE', 'SUSPENDED')`,
    [],
    'reminders-told',
  );
  return new Set(rows.map((row) => keyOf(row.id, row)));
}

export const keyOf = (id: string, { what, on, days }: Due): string => `${id} ${what} ${on} ${days}`;

/** Keeps that it is told. False when it was told before. */
export async function keepReminder(tx: Tx, id: string, { what, on, days }: Due): Promise<boolean> {
  return (
    (await tx.execute(
      `INSERT INTO agreement_reminder (agreement_id, what, due_on, lead, at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`,
      [id, what, on, days, tx.now],
      'keep-reminder',
    )) === 1
  );
}
