import type { Visitors } from '@concordat-app/all-in-one';
import { addDays, civilDate } from '@concordat/clocks';
import { mayDo, newId, type Action } from '@concordat/contracts';
import type { Platform } from '../../../tools/services/platform';
import { query } from '../curtain';
import type { RoleHolder } from './callers';

/** A kind of record, by the form of the paths that are about one. */
export interface Kind {
  readonly name: string;
  /** Paths that begin so are about a record of this kind. */
  readonly path: string;
  /** A record of the own agency's in which the other agency has no part. */
  readonly id: string;
  /** One more of them, open to named staff only, of whom no holder of a role is one; null where nothing is restricted. */
  readonly restrictedId: string | null;
  /** The action that lets somebody of *any* agency know of it; null where only whoever takes part does. */
  readonly knownBy: Action | null;
  /** Somebody to whom it is shown, who shows that it is there. */
  readonly shownTo: string;
  /** It is known to nobody but who it is shown to. */
  readonly private: boolean;
}

/** Whether `who` may know that the record exists: by taking part in it, or by a role that looks across agencies. */
export function mayKnow(kind: Kind, who: RoleHolder): boolean {
  if (kind.private) return false;
  return kind.knownBy === null ? who.agency === 'own' : mayDo([who.role], kind.knownBy);
}

/** The qualification is to read what is restricted, in cases that one's agency takes part in; it alone is no role to read. */
export const mayKnowRestricted = (who: RoleHolder): boolean =>
  who.agency === 'own' && who.role === 'restricted-records';

/**
 * Records of the demonstration for the kinds that it has. Decision 18: how long a case is kept is told to information
 * governance leads and auditors who do not see the case. Forums say nothing of anybody, and all staff know of them.
 */
export async function recordsOf(platform: Platform, visitors: Visitors, own: string): Promise<Kind[]> {
  const idsOf = async (sql: string): Promise<string[]> =>
    (await query<{ id: string }>(platform, sql, sql.includes('$1') ? [own] : [])).map(({ id }) => id);
  const cases = await query<{ id: string; person: string; referral: string }>(
    platform,
    `SELECT f.id, f.referral_id AS referral, (SELECT c.person_id FROM records.case_person c WHERE c.case_id = f.id ORDER BY c.place LIMIT 1) AS person
       FROM records.case_file f JOIN records.participation p ON p.case_id = f.id AND p.org_id = $1 AND p.level = 'lead' AND p.until IS NULL
      WHERE NOT EXISTS (SELECT 1 FROM records.restricted_case r WHERE r.case_id = f.id) ORDER BY f.id`,
    [own],
  );
  const [open, closed] = [cases[0]!, cases[1]!];
  await restrict(visitors, closed.id, platform);
  const [draft] = await query<{ id: string; author: string }>(
    platform,
    `SELECT r.id, s.username AS author FROM referrals.referral r JOIN identity.staff s ON s.user_id = r.referred_by WHERE r.status = 'draft' LIMIT 1`,
  );
  const [referral] = await idsOf(
    `SELECT id FROM referrals.referral WHERE status <> 'draft' AND receiving_org = $1 AND case_id IS NULL ORDER BY id LIMIT 1`,
  );
  const [review] = await idsOf('SELECT id FROM reviews.review WHERE owner_org = $1 LIMIT 1');
  const [recommendation] = await idsOf('SELECT id FROM reviews.recommendation WHERE review_owner = $1 LIMIT 1');
  const [forum] = await idsOf('SELECT id FROM risk.forum WHERE lead_org = $1 LIMIT 1');
  const [agreement] = await idsOf('SELECT id FROM sharing.agreement WHERE owner_org = $1 ORDER BY id LIMIT 1');
  const kind = (name: string, path: string, id: string | undefined, more: Partial<Kind> = {}): Kind => {
    if (!id) throw new Error(`the demonstration has no ${name}`);
    return { name, path, id, restrictedId: null, knownBy: null, shownTo: 'amina', private: false, ...more };
  };
  return [
    kind('draft', '/api/referrals/drafts/{id}', draft?.id, { shownTo: draft?.author ?? '', private: true }),
    kind('referral', '/api/referrals/{id}', referral, { restrictedId: closed.referral }),
    kind('case', '/api/records/cases/{id}', open.id, { restrictedId: closed.id }),
    kind('assessments of a case', '/api/risk/cases/{id}', open.id, { restrictedId: closed.id }),
    kind('person', '/api/records/people/{id}', open.person, { restrictedId: closed.person }),
    kind('retention of a case', '/api/records/retention/{id}', open.id, { knownBy: 'retention.list', shownTo: 'kit' }),
    kind('review', '/api/reviews/reviews/{id}', review, { shownTo: 'jo' }),
    kind('recommendation', '/api/reviews/recommendations/{id}', recommendation, { shownTo: 'jo' }),
    kind('forum', '/api/risk/forums/{id}', forum, { knownBy: 'forum.list' }),
    kind('agreement', '/api/sharing/agreements/{id}', agreement),
  ];
}

/** Opens a case to its lead alone, so that no holder of a role is named in it. */
async function restrict(visitors: Visitors, caseId: string, platform: Platform): Promise<void> {
  const lead = visitors.as('amina');
  const [amina] = await query<{ id: string }>(
    platform,
    `SELECT user_id AS id FROM identity.staff WHERE username = 'amina'`,
  );
  const at = `/api/records/cases/${caseId}/restrictions`;
  const { version } = (await lead.send('GET', at)).body as { version: number };
  const reviewOn = addDays(civilDate(new Date()), 30);
  const body = { kind: 'protected-person', named: [amina!.id], reviewOn, reason: 'Open to one' };
  const { status, text } = await lead.send('POST', at, { body, key: newId(), version });
  if (status !== 201) throw new Error(`the case could not be restricted: ${status} ${text}`);
}

/** The kind that a path is about: the longest of the forms that it begins with. */
export const kindOf = (kinds: readonly Kind[], path: string): Kind | null =>
  kinds
    .filter((kind) => path === kind.path || path.startsWith(`${kind.path}/`))
    .sort((a, b) => b.path.length - a.path.length)[0] ?? null;
