import type { Actor } from '@concordat/platform';

/** Roles that see all that their organisation has referred, not only what they referred themselves. */
const WIDE = ['safeguarding-lead', 'panel-coordinator', 'panel-chair'];

/** The part of a caller in a referral. Each sees something else of it, and may do something else to it. */
export type Side = 'triage' | 'referrer' | 'participant';

/** Organisations, author and area of a referral: all that decides who may see it, but for its case. */
export interface Concerned {
  readonly receivingOrg: string | null;
  readonly referringOrg: string;
  readonly referredBy: string;
  readonly areaId: string | null;
}

/** Whether a caller is of the triaging agency, or of the referrer's, in this referral. In one and the same agency, of both. */
export function standsAs(actor: Actor, r: Concerned, side: 'triage' | 'referrer'): boolean {
  if (side === 'triage') return r.receivingOrg === actor.orgId && covers(actor, r.areaId);
  return r.referringOrg === actor.orgId && (r.referredBy === actor.id || seesWidely(actor));
}

/** sideOf says on which ground a caller sees a referral that is visible to them; the one that shows most comes first. */
export function sideOf(actor: Actor, r: Concerned): Side {
  if (standsAs(actor, r, 'triage')) return 'triage';
  return standsAs(actor, r, 'referrer') ? 'referrer' : 'participant';
}

export const seesWidely = (actor: Actor): boolean => actor.roles.some((role) => WIDE.includes(role));

const covers = (actor: Actor, areaId: string | null): boolean =>
  actor.areas.length === 0 || (areaId !== null && actor.areas.includes(areaId));

/** What the grounds below are asked with: `$1` to `$4` of every statement that uses them. */
export const groundsOf = (
  actor: Actor,
): [org: string | null, user: string, areas: readonly string[], wide: boolean] => [
  actor.orgId,
  actor.id,
  actor.areas,
  seesWidely(actor),
];

/**
 * Whoever may not see a restricted person or case sees no referral that names the one or opened the other, on whatever
 * ground they would. The sub-selects are answered once for a statement.
 */
const NOT_CLOSED = `NOT (r.people && (SELECT closed_to_caller(false)))
  AND (r.case_id IS NULL OR r.case_id <> ALL ((SELECT closed_to_caller(false))::uuid[]))`;
/** A part in a case that is restricted is a part for those who are named. Over a row `c` of case_access. */
const OPEN_PART = `c.until IS NULL AND (NOT c.restricted OR c.case_id = ANY ((SELECT open_by_name())::uuid[]))`;

/** Looked up for each row: OFFSET 0 keeps PostgreSQL from collecting all cases of an agency first, which may be most there are. */
const TAKES_PART = `EXISTS (SELECT 1 FROM case_access c WHERE c.case_id = r.case_id AND c.org_id = $1 AND ${OPEN_PART}
                 AND c.level <> 'preview' OFFSET 0) AND ${NOT_CLOSED}`;

/** Areas and author as anybody's statement asks for them; and in so many words for one caller, of whom it is known. */
const ANYBODYS = {
  inArea: '(cardinality($3::uuid[]) = 0 OR r.area_id = ANY ($3::uuid[]))',
  ofAuthor: '($4::boolean OR r.referred_by = $2)',
};
const wordsOf = (actor: Actor): typeof ANYBODYS => ({
  inArea: actor.areas.length === 0 ? 'cardinality($3::uuid[]) = 0' : 'r.area_id = ANY ($3::uuid[])',
  ofAuthor: seesWidely(actor) ? '$4::boolean' : 'r.referred_by = $2',
});

const groundsBy = ({ inArea, ofAuthor }: typeof ANYBODYS) => ({
  author: `(r.referring_org = $1 AND r.referred_by = $2 AND ${NOT_CLOSED})`,
  triage: `(r.receiving_org = $1 AND r.received_at IS NOT NULL AND ${inArea} AND ${NOT_CLOSED})`,
  referrer: `(r.referring_org = $1 AND r.received_at IS NOT NULL AND ${ofAuthor} AND ${NOT_CLOSED})`,
  participant: `(${TAKES_PART})`,
});

/** The grounds in SQL, over table `r`, by side. The first wall; the policies of the migration are the second. */
export const GROUNDS: Readonly<Record<Side | 'author', string>> = groundsBy(ANYBODYS);

/**
 * The same for one caller, without the alternatives that are none for them, and what they see as a participant and on no other
 * ground, in parts that do not overlap and that indexes serve: of cases that their agency neither triaged nor referred, whose
 * rows `c` lie in the order of a list; of areas that they do not cover; of what others of their agency referred. Said so, a
 * plan that is kept for whoever asks alike is as good as one made for the values of this one.
 */
export function partsSeenBy(actor: Actor) {
  const { triage, referrer } = groundsBy(wordsOf(actor));
  return {
    ...{ triage, referrer },
    apart: `(c.org_id = $1 AND c.apart AND ${OPEN_PART} AND c.level <> 'preview' AND ${NOT_CLOSED})`,
    otherAreas: `(r.receiving_org = $1 AND r.area_id <> ALL ($3::uuid[]) AND ${TAKES_PART} AND NOT ${referrer})`,
    colleagues: `(r.referring_org = $1 AND r.referred_by <> $2 AND r.receiving_org <> $1 AND ${TAKES_PART})`,
  };
}

/** Any of the grounds: what a caller may know to exist. */
export const VISIBLE = `(${Object.values(GROUNDS).join(' OR ')})`;

/**
 * The case that a referral opened, for those who take part in it: a referrer whose agency has left does not learn more of
 * it than of any other. Until records has told of anybody, the agency that opened it is the one that takes part. Over a row
 * with these columns; `$1` is the caller's organisation.
 */
export const caseShown = (caseId: string, receivingOrg: string): string => `
  CASE WHEN EXISTS (SELECT 1 FROM case_access c WHERE c.case_id = ${caseId} AND c.org_id = $1 AND ${OPEN_PART})
         OR (${receivingOrg} = $1 AND NOT EXISTS (SELECT 1 FROM case_access c WHERE c.case_id = ${caseId})) THEN ${caseId} END`;
