import type { Tx } from '@concordat/messaging';

/** How somebody is related to somebody else: the first is the `kind` of the other. Days as exactly as they are known. */
export interface Relationship {
  readonly id: string;
  readonly personId: string;
  readonly otherId: string;
  readonly kind: string;
  readonly since: string | null;
  readonly until: string | null;
}

/** Where a relationship was brought in from, and what the file said of it last. */
export interface RelationshipOrigin {
  readonly source: string;
  readonly record: string;
  readonly author?: string;
  readonly recordedOn?: string;
  readonly said: Pick<Relationship, 'kind' | 'since' | 'until'>;
}

/** Whether somebody is recorded as the `kind` of another, and it has not ended. */
export async function isRelated(tx: Tx, personId: string, otherId: string, kind: string): Promise<boolean> {
  const known = await tx.query(
    'SELECT 1 FROM relationship WHERE person_id = $1 AND other_id = $2 AND kind = $3 AND until IS NULL AND ended_by IS NULL',
    [personId, otherId, kind],
    'is-related',
  );
  return known.length > 0;
}

export async function keepRelationship(tx: Tx, r: Relationship, origin: RelationshipOrigin | null): Promise<void> {
  await tx.execute(
    `INSERT INTO relationship (id, person_id, other_id, kind, since, until, org_id, recorded_at, origin)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      ...[r.id, r.personId, r.otherId, r.kind, r.since, r.until, tx.actor.orgId, tx.now],
      origin === null ? null : JSON.stringify(origin),
    ],
    'keep-relationship',
  );
}

/** Relationships that were brought in, by their ids, as far as both people are seen by the caller. */
export const relationshipsBroughtIn = (tx: Tx, ids: readonly string[]) =>
  tx.query<Relationship & { origin: RelationshipOrigin; [more: string]: unknown }>(
    `SELECT id, person_id AS "personId", other_id AS "otherId", kind, since, until, origin FROM relationship
      WHERE id = ANY ($1::uuid[]) AND origin IS NOT NULL`,
    [ids],
    'relationships-brought-in',
  );

/** What it was before is kept by the database, from when to when. */
export async function correctRelationship(
  tx: Tx,
  { id, kind, since, until }: Pick<Relationship, 'id' | 'kind' | 'since' | 'until'>,
  origin: RelationshipOrigin,
): Promise<void> {
  await tx.execute(
    `UPDATE relationship SET kind = $2, since = $3, until = $4, origin = $5,
            ended_by = CASE WHEN $4::text IS NULL THEN NULL ELSE coalesce(ended_by, $6) END WHERE id = $1`,
    [id, kind, since, until, JSON.stringify(origin), tx.actor.id],
    'correct-relationship',
  );
}
