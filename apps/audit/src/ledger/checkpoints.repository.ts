import type { Pool } from 'pg';
import { newestCheckpoint, queryOf, type Query, type StoredCheckpoint } from '../log.repository';

/** claimOrigin gives a new log its name for ever, and answers with the name that it has. */
export async function claimOrigin(pool: Pool, origin: string): Promise<string> {
  await pool.query('UPDATE log_state SET origin = $1 WHERE origin IS NULL', [origin]);
  const { rows } = await pool.query<{ origin: string }>('SELECT origin FROM log_state');
  return rows[0]!.origin;
}

/** A new epoch: what writers that started before it know by heart no longer counts. */
export async function beginEpoch(pool: Pool): Promise<void> {
  await pool.query('UPDATE log_state SET epoch = epoch + 1');
}

/** Whether `vkey` has signed for this log before. */
export async function isKnownKey(pool: Pool, vkey: string): Promise<boolean> {
  return ((await pool.query('SELECT 1 FROM log_key WHERE vkey = $1', [vkey])).rowCount ?? 0) > 0;
}

/** Stores a checkpoint unless there is one of its size or above; returns the newest there is then. */
export async function storeCheckpoint(pool: Pool, checkpoint: Omit<StoredCheckpoint, 'at'>): Promise<StoredCheckpoint> {
  const { size, root, note } = checkpoint;
  await pool.query({
    name: 'store-checkpoint',
    text: `INSERT INTO checkpoint (size, root, note)
           SELECT $1::bigint, $2, $3 WHERE NOT EXISTS (SELECT 1 FROM checkpoint WHERE size >= $1)
           ON CONFLICT DO NOTHING`,
    values: [size, root, note],
  });
  return (await newestCheckpoint(queryOf(pool)))!;
}

/** Every verifier key that has signed for this log, oldest first, and `current`, which signs now and may not have yet. */
export async function vkeysOf(query: Query, current: string): Promise<string[]> {
  const kept = await query<{ vkey: string }>('SELECT vkey FROM log_key ORDER BY since, vkey', [], 'vkeys');
  return [...new Set([...kept.map((r) => r.vkey), current])];
}

/** Acts that have arrived and are not sealed yet. */
export async function waitingActs(query: Query): Promise<number> {
  const [row] = await query<{ n: number }>(
    `SELECT count(*)::int AS n FROM inbox WHERE source LIKE '%.acts'`,
    [],
    'waiting-acts',
  );
  return row?.n ?? 0;
}
