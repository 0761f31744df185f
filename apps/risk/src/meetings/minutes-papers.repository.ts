import { fileRows, type FileTables, type Tx } from '@concordat/messaging';

/** Where minutes on paper are kept: each its asker's own. */
export const PAPERS: FileTables = {
  ...{ context: 'risk', work: 'minutes_paper', about: 'meeting_id' },
  ...{ file: 'minutes_paper_file', key: 'paper_id', noun: 'minutes-paper' },
};
export const paperRows = fileRows(PAPERS);

/** Keeps what a file was made of, as a digest: what its reader may read may change before they fetch it. */
export async function keepMadeOf(tx: Tx, id: string, madeOf: string): Promise<void> {
  await tx.execute('UPDATE minutes_paper SET made_of = $2 WHERE id = $1', [id, madeOf], 'keep-made-of');
}
export async function madeOf(tx: Tx, id: string): Promise<string | null> {
  const [row] = await tx.query<{ of: string | null }>(
    'SELECT made_of AS of FROM minutes_paper WHERE id = $1',
    [id],
    'made-of',
  );
  return row?.of ?? null;
}
