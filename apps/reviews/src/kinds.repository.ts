import type { Tx } from '@concordat/messaging';
import type { ReviewKind } from '@concordat/packs';

/** Keeps a version unless it is kept; answers with what is kept. Nothing may change it. */
export async function keepPin(tx: Tx, kind: ReviewKind): Promise<{ digest: string }> {
  await tx.execute(
    `INSERT INTO kind_pin (code, version, digest, definition, pinned_at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`,
    [kind.code, kind.version, kind.digest, JSON.stringify(kind), tx.now],
  );
  const rows = await tx.query<{ digest: string }>('SELECT digest FROM kind_pin WHERE code = $1 AND version = $2', [
    kind.code,
    kind.version,
  ]);
  return rows[0]!;
}

export async function pinned(tx: Tx, code: string, version: number): Promise<ReviewKind> {
  const rows = await tx.query<{ definition: ReviewKind }>(
    'SELECT definition FROM kind_pin WHERE code = $1 AND version = $2',
    [code, version],
    'pinned-kind',
  );
  if (!rows[0]) throw new Error(`a review is pinned to version ${version} of ${code}, which is not kept`);
  return rows[0].definition;
}
