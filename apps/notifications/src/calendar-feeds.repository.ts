import type { Role } from '@concordat/contracts';
import type { Tx } from '@concordat/messaging';

/** Whose calendar it is, with what they may do now. */
export interface FeedReader extends Record<string, unknown> {
  readonly id: string;
  readonly userId: string;
  readonly orgId: string;
  readonly roles: readonly Role[];
  readonly areas: readonly string[];
}

/** The caller's own, if there is one. */
export async function feedOf(tx: Tx): Promise<{ id: string; madeAt: Date } | undefined> {
  const [row] = await tx.query<{ id: string; madeAt: Date }>(
    'SELECT id, made_at AS "madeAt" FROM calendar_feed WHERE revoked_at IS NULL',
    [],
    'own-feed',
  );
  return row;
}

export async function insertFeed(tx: Tx, id: string, hash: Buffer): Promise<void> {
  await tx.execute(
    'INSERT INTO calendar_feed (id, user_id, org_id, secret_hash, made_at) VALUES ($1, $2, $3, $4, $5)',
    [id, tx.actor.id, tx.actor.orgId, hash, tx.now],
    'insert-feed',
  );
}

export async function revokeFeed(tx: Tx): Promise<void> {
  await tx.execute('UPDATE calendar_feed SET revoked_at = $1 WHERE revoked_at IS NULL', [tx.now], 'revoke-feed');
}

/** By the hash of the secret: of somebody who is a member still. */
export async function readerOf(tx: Tx, hash: Buffer): Promise<FeedReader | undefined> {
  const [row] = await tx.query<FeedReader>(
    `SELECT f.id, f.user_id AS "userId", f.org_id AS "orgId", m.roles, m.areas FROM calendar_feed f
       JOIN member m USING (user_id, org_id) JOIN organisation o USING (org_id)
      WHERE f.secret_hash = $1 AND f.revoked_at IS NULL AND m.active AND o.active`,
    [hash],
    'feed-reader',
  );
  return row;
}
