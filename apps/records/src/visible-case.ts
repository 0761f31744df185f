import { demand } from '@concordat/access';
import { mayDo, type AccessLevel, type Action } from '@concordat/contracts';
import type { Stream, Tx } from '@concordat/messaging';
import { Forbidden, NotFound } from '@concordat/platform';

/** A case as the caller's organisation sees it, with the level at which it takes part now. */
export interface CaseRow {
  readonly id: string;
  readonly reference: string;
  readonly version: number;
  readonly status: string;
  readonly kind: string;
  readonly areaId: string;
  readonly leadOrg: string;
  readonly referralId: string;
  readonly openedAt: Date;
  readonly subjectName: string;
  readonly keyFacts: unknown;
  readonly level: AccessLevel;
}

async function caseById(tx: Tx, id: string): Promise<CaseRow | undefined> {
  const rows = await tx.query<CaseRow>(
    `SELECT c.id, c.reference, c.version, c.status, c.kind, c.area_id AS "areaId", c.lead_org AS "leadOrg", c.referral_id AS "referralId",
            c.opened_at AS "openedAt", c.subject_name AS "subjectName", c.key_facts AS "keyFacts", p.level
       FROM case_file c JOIN participation p ON p.case_id = c.id AND p.org_id = nullif(current_setting('concordat.org', true), '')::uuid AND p.until IS NULL WHERE c.id = $1`,
    [id],
    'case-by-id',
  );
  return rows[0];
}

/** The case, if the caller may know of it. Throws NotFound otherwise: absent and hidden look alike. */
export async function visibleCase(tx: Tx, id: string): Promise<CaseRow> {
  const row = await caseById(tx, id);
  if (!row) throw new NotFound('case');
  return row;
}

/** Throws Forbidden unless the caller's part in a case that is visible to them lets them read what is in it. */
export function demandReading(tx: Tx, row: CaseRow): void {
  if (!mayDo(tx.actor.roles, 'case.view'))
    throw new Forbidden('case.forbidden', 'You may not do this', ['role.not-entitled']);
  if (row.level === 'preview')
    throw new Forbidden('case.preview-only', 'You may see that this case was offered, not what is in it', [
      'participation.preview-only',
    ]);
}

/** Throws Forbidden unless the caller's organisation works on a case that is visible to them: leads it, or contributes. */
export function demandWriting(tx: Tx, row: CaseRow, action: Action): void {
  demand(tx.actor, action, { orgs: isWriter(row.level) && tx.actor.orgId ? [tx.actor.orgId] : [], level: row.level });
}

/** Whether a part in a case lets an agency add to it. */
export const isWriter = (level: AccessLevel): boolean => level === 'lead' || level === 'contributor';

/** As `visibleCase`, and nobody else changes the case until the end of the unit of work. Answers with its stream too. */
export async function lockedCase(tx: Tx, id: string): Promise<{ row: CaseRow; stream: Stream }> {
  await visibleCase(tx, id);
  const stream = await tx.lock(id);
  return { row: await visibleCase(tx, id), stream };
}
