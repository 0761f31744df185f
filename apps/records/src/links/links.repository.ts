import type { CaseLinkKind } from '@concordat/contracts';
import type { Tx } from '@concordat/messaging';

/** A link as one of the two cases tells of it: it is the `kind` of the other when `direction` is `of`. */
export interface CaseLink {
  readonly id: string;
  readonly kind: CaseLinkKind;
  readonly direction: 'of' | 'to';
  readonly other: { readonly id: string; readonly reference: string; readonly status: string; readonly kind: string };
  readonly at: Date;
  readonly by: string;
  readonly orgId: string;
  readonly endedAt: Date | null;
}

/** Links to cases that the caller may know of as well; those in force first. */
export const linksOf = (tx: Tx, caseId: string): Promise<CaseLink[]> =>
  tx.query<CaseLink & Record<string, unknown>>(
    `SELECT l.id, l.kind, CASE WHEN l.case_id = $1 THEN 'of' ELSE 'to' END AS direction,
            jsonb_build_object('id', c.id, 'reference', c.reference, 'status', c.status, 'kind', c.kind) AS other,
            l.at, l.by_id AS by, l.org_id AS "orgId", l.ended_at AS "endedAt"
       FROM case_link l JOIN case_file c ON c.id = CASE WHEN l.case_id = $1 THEN l.other_id ELSE l.case_id END
      WHERE $1 IN (l.case_id, l.other_id) ORDER BY l.ended_at IS NOT NULL, l.at DESC, l.id`,
    [caseId],
    'links-of-case',
  );

/** Cases that the caller may read, not linked yet, in which somebody of this case is too. */
export const sharingPeople = (tx: Tx, caseId: string): Promise<{ id: string; reference: string }[]> =>
  tx.query(
    `SELECT DISTINCT c.id, c.reference FROM case_person mine JOIN case_person theirs ON theirs.person_id = mine.person_id AND theirs.case_id <> $1
       JOIN case_file c ON c.id = theirs.case_id JOIN participation p ON p.case_id = c.id AND p.until IS NULL AND p.level <> 'preview'
        AND p.org_id = nullif(current_setting('concordat.org', true), '')::uuid
      WHERE mine.case_id = $1 AND NOT EXISTS (SELECT 1 FROM case_link l WHERE l.ended_at IS NULL
              AND least(l.case_id, l.other_id) = least($1, c.id) AND greatest(l.case_id, l.other_id) = greatest($1, c.id))
      ORDER BY c.reference LIMIT 20`,
    [caseId],
    'cases-sharing-people',
  );

/** The id of a case that the caller may know of, by its reference. */
export async function caseByReference(tx: Tx, reference: string): Promise<string | undefined> {
  const [row] = await tx.query<{ id: string }>(
    'SELECT id FROM case_file WHERE reference = $1',
    [reference],
    'case-by-reference',
  );
  return row?.id;
}

export async function keepLink(tx: Tx, id: string, caseId: string, otherId: string, kind: string): Promise<void> {
  await tx.execute(
    'INSERT INTO case_link (id, case_id, other_id, kind, at, by_id, org_id) VALUES ($1, $2, $3, $4, $5, $6, $7)',
    [id, caseId, otherId, kind, tx.now, tx.actor.id, tx.actor.orgId],
    'keep-case-link',
  );
}

export async function endLink(tx: Tx, id: string): Promise<void> {
  await tx.execute(
    'UPDATE case_link SET ended_at = $2, ended_by = $3 WHERE id = $1',
    [id, tx.now, tx.actor.id],
    'end-case-link',
  );
}
