import type { Tx } from '@concordat/messaging';

/** The records of the versions that the caller sees, by `id@version`. */
export async function visibleVersions(tx: Tx): Promise<ReadonlyMap<string, string>> {
  const rows = await tx.query<{ isa: string; id: string }>(
    `SELECT code || '@' || number AS isa, id FROM agreement WHERE status NOT IN ('DRAFT', 'IN_QA')`,
    [],
    'visible-versions',
  );
  return new Map(rows.map(({ isa, id }) => [isa, id]));
}
