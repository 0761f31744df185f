import type { Tx } from '@concordat/messaging';
import type { Agreement } from '@concordat/sharing';

/** The records of these versions. */
export async function recordsOf(tx: Tx, versions: readonly Agreement[]): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `SELECT a.id FROM agreement a JOIN unnest($1::text[], $2::text[]) v (code, number) USING (code, number)`,
    [versions.map((v) => v.id), versions.map((v) => v.version)],
  );
  return rows.map(({ id }) => id);
}

/** Raised by whatever changes what decisions are made by. */
export async function registerRevision(tx: Tx): Promise<string> {
  const [row] = await tx.query<{ revision: string }>(
    'SELECT revision::text FROM register_revision',
    [],
    'register-revision',
  );
  return row!.revision;
}
