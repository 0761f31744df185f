import type { Tx } from '@concordat/messaging';
import { Paging, type Page, type Sorting } from '@concordat/platform';

export interface Note {
  readonly id: string;
  readonly text: string;
  readonly mentions: readonly string[];
  readonly orgId: string;
  readonly by: string;
  readonly at: Date;
}
/** A note that names somebody, as their work shows it: of what it says nothing. */
export interface Mention {
  readonly noteId: string;
  readonly caseId: string;
  readonly reference: string;
  readonly by: string;
  readonly orgId: string;
  readonly at: Date;
}

const NEWEST: Sorting = {
  name: 'notes',
  keys: [
    { sql: 'n.at', type: 'timestamptz' },
    { sql: 'n.id', type: 'uuid' },
  ],
  descending: true,
};

/** Notes of a case, newest first, by keyset. */
export async function notesOf(
  tx: Tx,
  caseId: string,
  /** Of this agency alone; null: of all. */
  own: string | null,
  { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
): Promise<Page<Note>> {
  const paging = new Paging(NEWEST, limit, cursor);
  const rows = await tx.query<Note & { keys: string[] }>(
    `SELECT n.id, n.text, n.mentions, n.org_id AS "orgId", n.by_id AS by, n.at, ${paging.keys()} FROM case_note n
      WHERE n.case_id = $1 AND ($2::uuid IS NULL OR n.org_id = $2) AND ${paging.where(3)} ORDER BY ${paging.order()} LIMIT ${limit + 1}`,
    [caseId, own, ...paging.params],
  );
  return paging.page(rows);
}

/** Which of these are staff of agencies that read the case now. */
export async function readersAmong(tx: Tx, caseId: string, users: readonly string[]): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `SELECT DISTINCT m.user_id AS id FROM member m JOIN participation p ON p.org_id = m.org_id
      WHERE p.case_id = $1 AND p.until IS NULL AND p.level <> 'preview' AND m.active AND m.user_id = ANY ($2)`,
    [caseId, users],
    'readers-among',
  );
  return rows.map((r) => r.id);
}

export async function keepNote(
  tx: Tx,
  caseId: string,
  id: string,
  text: string,
  mentions: readonly string[],
): Promise<void> {
  await tx.execute(
    'INSERT INTO case_note (id, case_id, text, mentions, org_id, by_id, at) VALUES ($1, $2, $3, $4, $5, $6, $7)',
    [id, caseId, text, mentions, tx.actor.orgId, tx.actor.id, tx.now],
    'keep-note',
  );
  await tx.execute(
    'INSERT INTO note_mention (note_id, user_id, case_id, at) SELECT $1, u, $2, $3 FROM unnest($4::uuid[]) AS u',
    [id, caseId, tx.now, mentions],
    'keep-mentions',
  );
}

/** Notes that mention the caller and that they have not seen, newest first. */
export const unseenMentions = (tx: Tx): Promise<Mention[]> =>
  tx.query<Mention & Record<string, unknown>>(
    `SELECT m.note_id AS "noteId", m.case_id AS "caseId", c.reference, n.by_id AS by, n.org_id AS "orgId", m.at
       FROM note_mention m JOIN case_note n ON n.id = m.note_id JOIN case_file c ON c.id = m.case_id
      WHERE m.user_id = $1 AND m.seen_at IS NULL ORDER BY m.at DESC LIMIT 50`,
    [tx.actor.id],
    'unseen-mentions',
  );

/** The caller has seen these notes. */
export async function seeMentions(tx: Tx, noteIds: readonly string[]): Promise<void> {
  tx.write(
    'UPDATE note_mention SET seen_at = $2 WHERE user_id = $1 AND note_id = ANY ($3) AND seen_at IS NULL',
    [tx.actor.id, tx.now, noteIds],
    'see-mentions',
  );
}
