import type { Tx } from '@concordat/messaging';
import type { PersonDetails } from '../person';
import type { MayBe } from '../same-person';

export interface RowToMatch {
  readonly number: number;
  readonly person: PersonDetails;
  /** Somebody who was brought in before is known to be who they are. */
  readonly isKnown: boolean;
}
export interface RowMatched {
  readonly number: number;
  readonly candidates: readonly MayBe[];
}

export const rowsToMatch = (tx: Tx, id: string, limit: number): Promise<RowToMatch[]> =>
  tx.query<RowToMatch & Record<string, unknown>>(
    `SELECT row_number AS number, content->'person' AS person, code IS NOT NULL AS "isKnown" FROM import_row
      WHERE import_id = $1 AND state = 'ready' AND candidates IS NULL ORDER BY row_number LIMIT $2`,
    [id, limit],
    'rows-to-match',
  );

/** Keeps who may be the same, and the claim; after the last row the file is checked, and nobody is at it. */
export async function noteMatched(tx: Tx, id: string, rows: readonly RowMatched[], seconds: number): Promise<void> {
  await tx.execute(
    `UPDATE import_row r SET candidates = m.candidates FROM jsonb_to_recordset($2::jsonb) AS m(number int, candidates jsonb)
      WHERE r.import_id = $1 AND r.row_number = m.number`,
    [id, JSON.stringify(rows)],
    'note-matched-rows',
  );
  await tx.execute(
    `UPDATE import_work w SET state = CASE WHEN x.waiting THEN 'matching' ELSE 'checked' END,
            claimed_until = CASE WHEN x.waiting THEN clock_timestamp() + $2 * interval '1 second' END,
            version = CASE WHEN x.waiting THEN w.version ELSE w.version + 1 END
       FROM (SELECT EXISTS (SELECT 1 FROM import_row r WHERE r.import_id = $1 AND r.state = 'ready' AND r.candidates IS NULL) AS waiting) x
      WHERE w.id = $1 AND w.state = 'matching'`,
    [id, seconds],
    'note-matched',
  );
}

/** Somebody in a file, as it says who they are, and who may be the same. */
export interface MatchRow {
  readonly number: number;
  readonly person: PersonDetails;
  readonly candidates: readonly MayBe[];
  readonly decided: boolean;
  readonly sameAs: string | null;
}

/** Rows for which somebody was found whom the caller sees now, those about which nothing was decided first. */
export const matchRows = (tx: Tx, id: string, { offset, limit }: { readonly offset: number; readonly limit: number }) =>
  tx.query<MatchRow & { total: number }>(
    `SELECT row_number AS number, content->'person' AS person, candidates, decided, same_as AS "sameAs", (count(*) OVER ())::int AS total
       FROM import_row WHERE import_id = $1 AND state = 'ready'
        AND EXISTS (SELECT 1 FROM jsonb_array_elements(candidates) c WHERE in_shared_case((c->>'id')::uuid))
      ORDER BY row_number OFFSET $2 LIMIT $3`,
    [id, offset, limit],
    'match-rows',
  );

/** One of them; undefined when nobody whom the caller sees was found for it. Held to the end of the unit of work. */
export async function lockMatchRow(tx: Tx, id: string, number: number): Promise<MatchRow | undefined> {
  const rows = await tx.query<MatchRow & Record<string, unknown>>(
    `SELECT row_number AS number, content->'person' AS person, candidates, decided, same_as AS "sameAs" FROM import_row
      WHERE import_id = $1 AND row_number = $2 AND state = 'ready'
        AND EXISTS (SELECT 1 FROM jsonb_array_elements(candidates) c WHERE in_shared_case((c->>'id')::uuid)) FOR UPDATE`,
    [id, number],
    'lock-match-row',
  );
  return rows[0];
}

export async function keepDecision(tx: Tx, id: string, number: number, sameAs: string | null): Promise<void> {
  await tx.execute(
    'UPDATE import_row SET decided = true, same_as = $3 WHERE import_id = $1 AND row_number = $2',
    [id, number, sameAs],
    'keep-match-decision',
  );
}
