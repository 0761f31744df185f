import { mayDo } from '@concordat/contracts';
import type { Tx } from '@concordat/messaging';
import { NotFound } from '@concordat/platform';
import type { Forum, ForumSettings } from './forum';

interface Row extends Record<string, unknown> {
  readonly id: string;
  readonly version: number;
  readonly kind: string;
  readonly leadOrg: string;
  readonly settings: ForumSettings;
}
const COLUMNS = 'id, version, kind, lead_org AS "leadOrg", settings';
const forumOf = ({ id, version, kind, leadOrg, settings }: Row): Forum => ({ ...settings, id, version, kind, leadOrg });

/** A forum as it is set now. Throws NotFound when there is none, and to whoever may know of no forum: both look alike. */
export async function forumById(tx: Tx, id: string): Promise<Forum> {
  if (tx.actor.kind === 'user' && !mayDo(tx.actor.roles, 'forum.list')) throw new NotFound('forum');
  const [row] = await tx.query<Row>(`SELECT ${COLUMNS} FROM forum WHERE id = $1`, [id], 'forum');
  if (!row) throw new NotFound('forum');
  return forumOf(row);
}

export async function allForums(tx: Tx): Promise<Forum[]> {
  const rows = await tx.query<Row>(
    `SELECT ${COLUMNS} FROM forum ORDER BY settings ->> 'title', id LIMIT 200`,
    [],
    'forums',
  );
  return rows.map(forumOf);
}

/** As it was set in one of its versions. */
export async function forumAsOf(tx: Tx, id: string, version: number): Promise<Forum> {
  const [row] = await tx.query<Row>(
    `SELECT f.id, v.version, f.kind, f.lead_org AS "leadOrg", v.settings
       FROM forum f JOIN forum_version v ON v.forum_id = f.id WHERE f.id = $1 AND v.version = $2`,
    [id, version],
    'forum-as-of',
  );
  if (!row) throw new NotFound('forum');
  return forumOf(row);
}

/** A version of what a forum was set to. */
export interface ForumVersion extends Record<string, unknown> {
  readonly version: number;
  readonly settings: ForumSettings;
  readonly changedBy: string;
  readonly changedAt: Date;
}
/** Every version, the newest first. */
export const versionsOf = (tx: Tx, id: string): Promise<ForumVersion[]> =>
  tx.query<ForumVersion>(
    `SELECT version, settings, changed_by AS "changedBy", changed_at AS "changedAt" FROM forum_version WHERE forum_id = $1
      ORDER BY version DESC LIMIT 200`,
    [id],
    'forum-versions',
  );

/** Writes a forum, new or changed, with its version and who is named in it. */
export async function keepForum(tx: Tx, forum: Forum): Promise<void> {
  const { id, version, kind, leadOrg, ...settings } = forum;
  const said = JSON.stringify(settings);
  await tx.execute(
    `INSERT INTO forum (id, version, kind, lead_org, settings, changed_by, changed_at) VALUES ($1, $2, $3, $4, $5, $6, $7)
     ON CONFLICT (id) DO UPDATE SET version = $2, settings = $5, changed_by = $6, changed_at = $7`,
    [id, version, kind, leadOrg, said, tx.actor.id, tx.now],
    'keep-forum',
  );
  await tx.execute(
    'INSERT INTO forum_version (forum_id, version, settings, changed_by, changed_at) VALUES ($1, $2, $3, $4, $5)',
    [id, version, said, tx.actor.id, tx.now],
    'keep-forum-version',
  );
  const leads = new Set([...forum.chairs, ...forum.coordinators]);
  const named = forum.members.flatMap(({ orgId, people }) => people.map((user) => ({ orgId, user })));
  await tx.execute('DELETE FROM forum_member WHERE forum_id = $1', [id], 'release-forum-members');
  await tx.execute(
    'INSERT INTO forum_member (forum_id, org_id, user_id, lead) SELECT $1, * FROM unnest($2::uuid[], $3::uuid[], $4::boolean[])',
    [id, named.map((n) => n.orgId), named.map((n) => n.user), named.map((n) => leads.has(n.user))],
    'name-forum-members',
  );
}

/** Agencies that look into a case now, beyond knowing that it exists. */
export async function agenciesIn(tx: Tx, caseId: string): Promise<string[]> {
  const rows = await tx.query<{ orgId: string }>(
    `SELECT org_id AS "orgId" FROM case_access WHERE case_id = $1 AND until IS NULL AND level <> 'preview'`,
    [caseId],
    'agencies-in-case',
  );
  return rows.map(({ orgId }) => orgId);
}

/** Of these people, those who work for that agency now. */
export async function staffOf(tx: Tx, orgId: string, people: readonly string[]): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    'SELECT user_id AS id FROM member WHERE org_id = $1 AND user_id = ANY ($2) AND active',
    [orgId, people],
    'staff-of',
  );
  return rows.map(({ id }) => id);
}
