import type { Tx } from '@concordat/messaging';
import type { StandIn } from './stand-in';

export interface KeptStandIn extends StandIn, Record<string, unknown> {
  readonly id: string;
  readonly version: number;
  readonly userId: string;
}

/** Those that have neither ended nor passed: the caller's own, and those in which the caller is named. */
export const standInsOf = (tx: Tx): Promise<KeptStandIn[]> =>
  tx.query<KeptStandIn>(
    `SELECT id, version, user_id AS "userId", to_id AS "toId", from_at AS "fromAt", until FROM stand_in
      WHERE ended_at IS NULL AND until > clock_timestamp() ORDER BY from_at, id`,
    [],
    'stand-ins',
  );

/** Whether somebody works in the caller's agency and may be given work. */
export async function colleague(tx: Tx, id: string): Promise<boolean> {
  const rows = await tx.query(
    'SELECT 1 FROM member WHERE user_id = $1 AND org_id = acting_org() AND active AND may_receive',
    [id],
    'colleague',
  );
  return rows.length > 0;
}

export async function insertStandIn(tx: Tx, id: string, { toId, fromAt, until }: StandIn): Promise<void> {
  await tx.execute(
    'INSERT INTO stand_in (id, version, user_id, org_id, to_id, from_at, until) VALUES ($1, 1, $2, $3, $4, $5, $6)',
    [id, tx.actor.id, tx.actor.orgId, toId, fromAt, until],
    'insert-stand-in',
  );
}

export async function endStandIn(tx: Tx, id: string): Promise<void> {
  await tx.execute(
    'UPDATE stand_in SET ended_at = $2, version = version + 1 WHERE id = $1',
    [id, tx.now],
    'end-stand-in',
  );
}
