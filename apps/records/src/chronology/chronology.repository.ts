import type { ChronologyChange } from '@concordat/contracts';
import type { Tx } from '@concordat/messaging';
import { COUNTED, countOf, Paging, type Count, type Page, type Sorting } from '@concordat/platform';
import type { ChronologyContent } from '../chronology';
import { spanOf } from '../chronology';

/** A version of an entry: what it said, from when, by whom and why. */
export interface EntryRow {
  readonly id: string;
  readonly version: number;
  readonly caseId: string;
  /** The agency whose entry it is. */
  readonly orgId: string;
  readonly by: string;
  readonly firstRecordedAt: Date;
  readonly recordedAt: Date;
  readonly what: ChronologyChange;
  /** Why this version took the place of the one before. */
  readonly reason: string | null;
  readonly content: ChronologyContent;
}

/** What of a chronology is wanted. */
export interface Wanted {
  readonly caseId: string;
  readonly category?: string | undefined;
  readonly agency?: string | undefined;
  /** Of this agency alone, whatever else is asked; null: of all. */
  readonly own?: string | null;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly text?: string | undefined;
  /** As it stood at this moment; now unless given. */
  readonly at?: Date | undefined;
}

/** People whose records were merged since are shown by the record that stands for them. */
const COLUMNS = `e.id, e.version, e.case_id AS "caseId", e.org_id AS "orgId", e.by_id AS by, e.first_recorded_at AS "firstRecordedAt",
  e.recorded_at AS "recordedAt", e.what, e.reason,
  CASE WHEN jsonb_array_length(coalesce(e.content->'people', '[]')) = 0 THEN e.content
       ELSE jsonb_set(e.content, '{people}', (SELECT jsonb_agg(DISTINCT standing_for(p::uuid)) FROM jsonb_array_elements_text(e.content->'people') p))
  END AS content`;

const WANTED = `e.case_id = $1
  AND CASE WHEN $7::timestamptz IS NULL THEN e.superseded_at IS NULL
           ELSE e.recorded_at <= $7 AND (e.superseded_at IS NULL OR e.superseded_at > $7) END
  AND ($2::text IS NULL OR e.category = $2) AND ($3::uuid IS NULL OR e.org_id = $3) AND ($8::uuid IS NULL OR e.org_id = $8)
  AND ($4::date IS NULL OR e.latest >= $4) AND ($5::date IS NULL OR e.earliest <= $5)
  -- What was withdrawn is told of, and not what it said: not by a search for it either.
  AND ($6::text IS NULL OR (e.what <> 'withdrawn' AND e.words @@ websearch_to_tsquery('english', $6)))`;

const paramsOf = (w: Wanted): unknown[] => [
  w.caseId,
  w.category ?? null,
  w.agency ?? null,
  w.from ?? null,
  w.to ?? null,
  w.text ?? null,
  w.at ?? null,
  w.own ?? null,
];

/** By the earliest day on which it may have happened, then by agency, then as entered (domain/statutory-reviews.md). */
const sorting = (order: 'oldest' | 'newest'): Sorting => ({
  name: `chronology-${order}`,
  keys: [
    { sql: 'e.earliest', type: 'date' },
    { sql: 'e.org_id', type: 'uuid' },
    { sql: 'e.first_recorded_at', type: 'timestamptz' },
    { sql: 'e.id', type: 'uuid' },
  ],
  descending: order === 'newest',
});

/** One page of a chronology. Throws Invalid for a cursor that was not made for this order. */
export async function entriesOf(
  tx: Tx,
  wanted: Wanted,
  { order = 'oldest', limit = 50, cursor }: { order?: 'oldest' | 'newest'; limit?: number; cursor?: string },
): Promise<Page<EntryRow>> {
  const paging = new Paging(sorting(order), limit, cursor);
  const rows = await tx.query<EntryRow & { keys: string[] }>(
    `SELECT ${COLUMNS}, ${paging.keys()} FROM chronology_entry e
      WHERE ${WANTED} AND ${paging.where(9)} ORDER BY ${paging.order()} LIMIT ${limit + 1}`,
    [...paramsOf(wanted), ...paging.params],
  );
  return paging.page(rows);
}

export async function countEntries(tx: Tx, wanted: Wanted): Promise<Count> {
  const [row] = await tx.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM (SELECT 1 FROM chronology_entry e WHERE ${WANTED} LIMIT ${COUNTED + 1}) counted`,
    paramsOf(wanted),
  );
  return countOf(row?.n ?? 0);
}

/** Entries as a file may correct them: the newest version, and what the file said of each when it was brought in last. */
export interface FromFile {
  readonly id: string;
  readonly version: number;
  readonly what: ChronologyChange;
  readonly here: ChronologyContent;
  readonly said: ChronologyContent;
}
export const entriesFromFiles = (tx: Tx, entryIds: readonly string[]): Promise<FromFile[]> =>
  tx.query<FromFile & Record<string, unknown>>(
    `SELECT DISTINCT ON (e.id) e.id, e.version, e.what, e.content AS here,
            (SELECT coalesce(f.said, f.content) FROM chronology_entry f WHERE f.id = e.id AND (f.version = 1 OR f.said IS NOT NULL)
              ORDER BY f.version DESC LIMIT 1) AS said
       FROM chronology_entry e WHERE e.id = ANY ($1::uuid[]) ORDER BY e.id, e.version DESC`,
    [entryIds],
    'entries-from-files',
  );

/** Every version of an entry, the newest first; none when the caller may not see it. */
export const versionsOf = (tx: Tx, caseId: string, entryId: string): Promise<EntryRow[]> =>
  tx.query<EntryRow & Record<string, unknown>>(
    `SELECT ${COLUMNS} FROM chronology_entry e WHERE e.id = $1 AND e.case_id = $2 ORDER BY e.version DESC`,
    [entryId, caseId],
    'chronology-versions',
  );

/** Agencies that have entries in a case, for a filter. */
export async function agenciesIn(tx: Tx, caseId: string): Promise<string[]> {
  const rows = await tx.query<{ org: string }>(
    'SELECT DISTINCT org_id AS org FROM chronology_entry WHERE case_id = $1',
    [caseId],
    'chronology-agencies',
  );
  return rows.map((r) => r.org);
}

/** Writes a version of an entry, in the place of the one in force if there is one. */
export async function keepVersion(
  tx: Tx,
  row: Omit<EntryRow, 'recordedAt' | 'by'> & {
    /** Of one that a file corrects: all that the file says of it, so that the next file is compared with that. */
    readonly said?: ChronologyContent;
  },
  pack: string,
): Promise<void> {
  const { earliest, latest } = spanOf(row.content);
  if (row.version > 1)
    await tx.execute(
      'UPDATE chronology_entry SET superseded_at = $2 WHERE id = $1 AND superseded_at IS NULL',
      [row.id, tx.now],
      'supersede-chronology-entry',
    );
  await tx.execute(
    `INSERT INTO chronology_entry (id, version, case_id, org_id, by_id, first_recorded_at, recorded_at, what, reason, content, category, pack, earliest, latest, said)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
    [
      ...[row.id, row.version, row.caseId, row.orgId, tx.actor.id, row.firstRecordedAt, tx.now, row.what, row.reason],
      ...[
        JSON.stringify(row.content),
        row.content.category,
        pack,
        earliest,
        latest,
        row.said ? JSON.stringify(row.said) : null,
      ],
    ],
    'keep-chronology-entry',
  );
}
