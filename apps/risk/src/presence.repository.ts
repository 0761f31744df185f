import type { Tx } from '@concordat/messaging';

/** Whether somebody was there while a case was discussed. */
export interface Presence extends Record<string, unknown> {
  readonly userId: string;
  readonly orgId: string;
  readonly present: boolean;
}
export const presenceIn = (tx: Tx, itemId: string): Promise<Presence[]> =>
  tx.query<Presence>(
    'SELECT user_id AS "userId", org_id AS "orgId", present FROM item_presence WHERE item_id = $1 ORDER BY org_id, user_id',
    [itemId],
    'presence',
  );

export async function keepPresence(tx: Tx, itemId: string, { userId, orgId, present }: Presence): Promise<void> {
  await tx.execute(
    `INSERT INTO item_presence (item_id, user_id, org_id, present) VALUES ($1, $2, $3, $4)
     ON CONFLICT (item_id, user_id) DO UPDATE SET present = $4`,
    [itemId, userId, orgId, present],
    'keep-presence',
  );
}
