import type { Pool } from 'pg';
import { queryOf, type Query, type StoredCheckpoint } from '../log.repository';

/** The signature lines that stand under the checkpoint of this size. */
export async function linesOf(query: Query, size: bigint): Promise<string[]> {
  const rows = await query<{ line: string }>(
    'SELECT line FROM cosignature WHERE size = $1 ORDER BY vkey',
    [size],
    'cosignatures-of',
  );
  return rows.map((r) => r.line);
}

/** The size that a witness cosigned last, as far as this log has heard; 0 when never. */
export async function lastCosigned(query: Query, vkey: string): Promise<bigint> {
  const [row] = await query<{ size: string }>(
    'SELECT size FROM cosignature WHERE vkey = $1 ORDER BY size DESC LIMIT 1',
    [vkey],
    'last-cosigned',
  );
  return BigInt(row?.size ?? 0);
}

export async function storeCosignature(pool: Pool, size: bigint, vkey: string, line: string): Promise<void> {
  await pool.query({
    name: 'store-cosignature',
    text: 'INSERT INTO cosignature (size, vkey, line) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
    values: [size, vkey, line],
  });
}

/** Checkpoints that anybody has cosigned, newest first, with all lines under each. */
export async function newestCosigned(pool: Pool, count: number): Promise<StoredCheckpoint[]> {
  const rows = await queryOf(pool)<{ size: string; root: Buffer; note: string; at: Date }>(
    `SELECT c.size, c.root, c.signed_at AS at,
            c.note || (SELECT string_agg(s.line, '' ORDER BY s.vkey) FROM cosignature s WHERE s.size = c.size) AS note
       FROM checkpoint c
      WHERE c.size IN (SELECT DISTINCT size FROM cosignature ORDER BY size DESC LIMIT $1)
      ORDER BY c.size DESC`,
    [count],
  );
  return rows.map((r) => ({ ...r, size: BigInt(r.size) }));
}

/** The digest of the policy that this log was under last; null when it was none. */
export async function lastPolicy(query: Query): Promise<Buffer | null> {
  const [row] = await query<{ digest: Buffer | null }>('SELECT digest FROM log_policy ORDER BY seq DESC LIMIT 1');
  return row?.digest ?? null;
}
