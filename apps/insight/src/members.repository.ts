import type { Tx } from '@concordat/messaging';
import type { Actor } from '@concordat/platform';

/** A member of staff with the rights that they have now; undefined when they have left. */
export async function actorNow(tx: Tx, userId: string, orgId: string): Promise<Actor | undefined> {
  const [row] = await tx.query<Pick<Actor, 'roles' | 'areas'>>(
    `SELECT m.roles, m.areas FROM member m JOIN organisation o USING (org_id)
      WHERE m.user_id = $1 AND m.org_id = $2 AND m.active AND o.active`,
    [userId, orgId],
    'actor-now',
  );
  return row && { kind: 'user', id: userId, orgId, roles: row.roles, areas: row.areas };
}
