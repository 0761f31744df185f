import type { Tx } from '@concordat/messaging';

/** `from` is, or until its end was, the `kind` of `to`. */
export interface RelationshipOver {
  readonly from: string;
  readonly to: string;
  readonly kind: string;
  readonly since: string | null;
  readonly until: string | null;
  readonly orgId: string;
}

/** Relationships between people of a case, those of now and those that have ended. */
export const relationshipsOver = (tx: Tx, caseId: string): Promise<RelationshipOver[]> =>
  tx.query<RelationshipOver & Record<string, unknown>>(
    `SELECT r.person_id AS "from", r.other_id AS "to", r.kind, r.since, r.until, r.org_id AS "orgId"
       FROM case_person a JOIN relationship r ON r.person_id = a.person_id
       JOIN case_person b ON b.person_id = r.other_id AND b.case_id = a.case_id
      WHERE a.case_id = $1 ORDER BY r.until IS NOT NULL, a.place, b.place, r.recorded_at, r.id`,
    [caseId],
    'relationships-over-time',
  );
