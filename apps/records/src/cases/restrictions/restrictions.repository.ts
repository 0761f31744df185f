import type { Tx } from '@concordat/messaging';
import type { Nameable, Restriction, Terms } from '../../restriction';

/** Something that was done to a restriction, and why. */
export interface Step {
  readonly at: Date;
  readonly what: 'set' | 'changed' | 'lifted';
  readonly reason: string;
  readonly named: readonly string[];
  readonly reviewOn: string | null;
  readonly by: string;
  readonly orgId: string;
}

export interface RestrictionRow extends Restriction {
  readonly since: Date;
  readonly trace: string;
  readonly appliesTo: string | null;
  readonly named: readonly string[];
  readonly history: readonly Step[];
}

const COLUMNS = `r.id, r.version, r.case_id AS "caseId", r.person_id AS "personId", r.applies_to AS "appliesTo", r.kind, r.trace, r.reason,
  r.review_on::text AS "reviewOn", r.since, r.lifted_at AS "liftedAt",
  ARRAY(SELECT n.user_id FROM restriction_named n WHERE n.restriction_id = r.id AND n.until IS NULL ORDER BY n.since, n.user_id) AS named,
  (SELECT jsonb_agg(jsonb_build_object('at', s.at, 'what', s.what, 'reason', s.reason, 'named', s.named, 'reviewOn', s.review_on,
     'by', s.by_id, 'orgId', s.org_id) ORDER BY s.version DESC) FROM restriction_step s WHERE s.restriction_id = r.id) AS history`;

/** Restrictions of a case, or of the people in it, those in force first. */
export const restrictionsOfCase = (tx: Tx, caseId: string): Promise<RestrictionRow[]> =>
  tx.query<RestrictionRow & Record<string, unknown>>(
    `SELECT ${COLUMNS} FROM restriction r
      WHERE r.case_id = $1 OR r.applies_to IN (SELECT c.person_id FROM case_person c WHERE c.case_id = $1)
      ORDER BY r.lifted_at IS NOT NULL, r.since DESC, r.id`,
    [caseId],
    'restrictions-of-case',
  );

export const restrictionsOfPerson = (tx: Tx, personId: string): Promise<RestrictionRow[]> =>
  tx.query<RestrictionRow & Record<string, unknown>>(
    `SELECT ${COLUMNS} FROM restriction r WHERE r.applies_to = $1 ORDER BY r.lifted_at IS NOT NULL, r.since DESC, r.id`,
    [personId],
    'restrictions-of-person',
  );

/** One restriction, if the caller sees what it is on; held to the end, so that two changes of one cannot cross. */
export async function restrictionForChange(tx: Tx, id: string): Promise<RestrictionRow | undefined> {
  const [row] = await tx.query<RestrictionRow & Record<string, unknown>>(
    `SELECT ${COLUMNS} FROM restriction r WHERE r.id = $1 FOR UPDATE OF r`,
    [id],
    'restriction-for-change',
  );
  return row;
}

/** Staff of organisations, as far as naming them goes. */
export const staffOf = (tx: Tx, orgs: readonly string[]): Promise<Nameable[]> =>
  tx.query<Nameable & Record<string, unknown>>(
    'SELECT user_id AS "userId", org_id AS "orgId", roles FROM member WHERE active AND org_id = ANY ($1::uuid[]) AND cardinality(roles) > 0',
    [orgs],
    'nameable-staff',
  );

/** Organisations that take part in a case and see what is in it. */
export async function partakersOf(tx: Tx, caseIds: readonly string[]): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `SELECT DISTINCT org_id AS id FROM participation WHERE case_id = ANY ($1::uuid[]) AND until IS NULL AND level <> 'preview'`,
    [caseIds],
    'partakers-of-cases',
  );
  return rows.map((r) => r.id);
}

interface NewRestriction {
  readonly id: string;
  readonly caseId: string | null;
  readonly personId: string | null;
  readonly kind: string;
  readonly trace: string;
  readonly reason: string;
  readonly reviewOn: string;
  readonly pack: string;
}

export async function keepRestriction(tx: Tx, r: NewRestriction): Promise<void> {
  await tx.execute(
    `INSERT INTO restriction (id, case_id, person_id, applies_to, kind, trace, reason, review_on, pack, since, by_id, org_id)
     VALUES ($1, $2, $3, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [r.id, r.caseId, r.personId, r.kind, r.trace, r.reason, r.reviewOn, r.pack, tx.now, tx.actor.id, tx.actor.orgId],
    'keep-restriction',
  );
}

/** Names these staff from now on, and the others no longer. Leads who are named by rule stay. */
export async function nameStaff(tx: Tx, id: string, named: readonly string[]): Promise<void> {
  await tx.execute(
    `UPDATE restriction_named SET until = $3 WHERE restriction_id = $1 AND until IS NULL AND NOT by_rule AND user_id <> ALL ($2::uuid[])`,
    [id, named, tx.now],
    'name-no-longer',
  );
  await tx.execute(
    `UPDATE restriction_named SET by_rule = false WHERE restriction_id = $1 AND until IS NULL AND by_rule AND user_id = ANY ($2::uuid[])`,
    [id, named],
    'name-on-purpose',
  );
  // One statement: whoever leaves themselves out sees nothing of the restriction after it.
  await tx.execute(
    `INSERT INTO restriction_named (restriction_id, user_id, since)
     SELECT $1, n, $3 FROM unnest($2::uuid[]) n WHERE NOT EXISTS (
       SELECT 1 FROM restriction_named o WHERE o.restriction_id = $1 AND o.user_id = n AND o.until IS NULL)`,
    [id, [...new Set(named)], tx.now],
    'name-staff',
  );
}

export async function reviseRestriction(tx: Tx, id: string, reviewOn: string): Promise<void> {
  await tx.execute('UPDATE restriction SET version = version + 1, review_on = $2 WHERE id = $1', [id, reviewOn]);
}

export async function liftRestriction(tx: Tx, id: string): Promise<void> {
  await tx.execute('UPDATE restriction SET version = version + 1, lifted_at = $2 WHERE id = $1', [id, tx.now]);
  await tx.execute('UPDATE restriction_named SET until = $2 WHERE restriction_id = $1 AND until IS NULL', [id, tx.now]);
}

/** Keeps what was done, under the version that it made. */
export async function keepStep(
  tx: Tx,
  id: string,
  version: number,
  step: Pick<Step, 'what' | 'reason'> & Partial<Terms>,
): Promise<void> {
  await tx.execute(
    `INSERT INTO restriction_step (restriction_id, version, at, what, reason, named, review_on, by_id, org_id)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      ...[id, version, tx.now, step.what, step.reason, step.named ?? [], step.reviewOn ?? null],
      ...[tx.actor.id, tx.actor.orgId],
    ],
    'keep-restriction-step',
  );
}
