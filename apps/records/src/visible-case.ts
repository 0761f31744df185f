import { demand } from '@concordat/access';
import { mayDo, type AccessLevel, type Action } from '@concordat/contracts';
import type { Stream, Tx } from '@concordat/messaging';
import { Forbidden, NotFound } from '@concordat/platform';
import { BY_QUALIFICATION } from './restricting';
import type { Sharing } from './sharing.dto';

/** A case as the caller's organisation sees it, with the level at which it takes part now. */
export interface CaseRow {
  readonly id: string;
  readonly reference: string;
  readonly version: number;
  readonly status: string;
  readonly kind: string;
  readonly areaId: string;
  readonly leadOrg: string;
  /** None for a case that was brought in from another system. */
  readonly referralId: string | null;
  readonly openedAt: Date;
  readonly subjectName: string;
  readonly keyFacts: unknown;
  readonly level: AccessLevel;
  readonly ground: CaseGround;
  /** For what the agency was let into the case under an agreement; null when it leads it, or took part when it opened. */
  readonly sharing: Sharing | null;
  /** The decision by which it was let in: what its looks have on record as received. */
  readonly letInBy?: string | null;
  /** The emergency opening by which the caller sees it, when there is no other ground. */
  readonly glass?: { readonly id: string; readonly ground: string; readonly until: Date };
}

/**
 * By what a caller sees a case: their agency's part in it; the qualification to read restricted records; an emergency. The
 * last two are for reading only.
 */
export type CaseGround = 'part' | 'qualified' | 'glass';

async function caseById(tx: Tx, id: string): Promise<CaseRow | undefined> {
  const rows = await tx.query<CaseRow>(
    `SELECT c.id, c.reference, c.version, c.status, c.kind, c.area_id AS "areaId", c.lead_org AS "leadOrg", c.referral_id AS "referralId",
            c.opened_at AS "openedAt", c.subject_name AS "subjectName", c.key_facts AS "keyFacts", g.ground,
            CASE g.ground WHEN 'glass' THEN 'reader' ELSE p.level END AS level, p.sharing, p.permit ->> 'decisionId' AS "letInBy"
       FROM case_file c CROSS JOIN LATERAL (SELECT ground_of(c.id) AS ground) g
       LEFT JOIN participation p ON p.case_id = c.id AND p.org_id = nullif(current_setting('concordat.org', true), '')::uuid AND p.until IS NULL
      WHERE c.id = $1 AND g.ground IS NOT NULL`,
    [id],
    'case-by-id',
  );
  return rows[0];
}

/**
 * The case, if the caller may know of it. Throws NotFound otherwise: absent and hidden look alike. Of a case that is closed
 * to the caller and leaves a row in their list they know that it is there: Forbidden, with the kind of restriction.
 */
export async function visibleCase(tx: Tx, id: string): Promise<CaseRow> {
  const row = await caseById(tx, id);
  if (row?.ground === 'qualified') tx.about({ reasons: [BY_QUALIFICATION] });
  if (row?.ground === 'glass') return { ...row, glass: await openedBy(tx, id) };
  if (row) return row;
  const [stub] = await tx.query<{ kind: string }>('SELECT kind FROM stubs() WHERE case_id = $1', [id], 'stub-of-case');
  if (!stub) throw new NotFound('case');
  throw new Forbidden('case.restricted', 'This case is open to named staff only', [
    'record.restricted',
    `restriction.${stub.kind}`,
  ]);
}

/** The emergency opening by which the caller reads a case: each reading under it says so in the ledger. */
async function openedBy(tx: Tx, caseId: string): Promise<NonNullable<CaseRow['glass']>> {
  const [use] = await tx.query<{ id: string; ground: string; until: Date }>(
    `SELECT id, ground, until FROM break_glass WHERE case_id = $1 AND user_id = acting_user() AND org_id = acting_org()
        AND until > statement_timestamp() ORDER BY until DESC LIMIT 1`,
    [caseId],
    'opened-by-glass',
  );
  if (!use) throw new NotFound('case'); // its time has just run out
  tx.about({ reasons: ['break-glass'], justification: use.ground, objects: [{ t: 'break-glass', id: use.id }] });
  return use;
}

/** Throws Forbidden for whoever sees a case by a qualification or in an emergency: they read it, and change nothing. */
export function demandPart(row: Pick<CaseRow, 'ground'>): void {
  if (row.ground === 'part') return;
  throw new Forbidden('case.reading-only', 'You may read this case and not change it', [
    row.ground === 'glass' ? 'break-glass.reading-only' : 'restriction.not-named',
  ]);
}

/** Throws Forbidden unless the caller's part in a case that is visible to them lets them read what is in it. */
export function demandReading(tx: Tx, row: Pick<CaseRow, 'level'>): void {
  if (!mayDo(tx.actor.roles, 'case.view'))
    throw new Forbidden('case.forbidden', 'You may not do this', ['role.not-entitled']);
  if (row.level === 'preview')
    throw new Forbidden('case.preview-only', 'You may see that this case was offered, not what is in it', [
      'participation.preview-only',
    ]);
}

/** Throws Forbidden unless the caller's organisation works on a case that is visible to them: leads it, or contributes. */
export function demandWriting(tx: Tx, row: CaseRow, action: Action): void {
  demandPart(row);
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
