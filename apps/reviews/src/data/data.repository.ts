import type { Tx } from '@concordat/messaging';
import type { DataEntry } from '../review-data';

/** Entries of a review in the order in which they were made, with the version of the form that the last was made by. */
export function dataOf(tx: Tx, reviewId: string): Promise<(DataEntry & { form: string; formVersion: number })[]> {
  return tx.query(
    `SELECT group_code AS "group", ordinal, answers, form, form_version AS "formVersion", by_id AS by, to_json(at)#>>'{}' AS at
       FROM review_data WHERE review_id = $1 ORDER BY number`,
    [reviewId],
    'review-data',
  );
}

export async function keepData(
  tx: Tx,
  reviewId: string,
  form: { readonly id: string; readonly version: number },
  { group, ordinal, answers }: Pick<DataEntry, 'group' | 'ordinal' | 'answers'>,
): Promise<void> {
  await tx.execute(
    `INSERT INTO review_data (review_id, number, form, form_version, group_code, ordinal, answers, by_id, at)
     SELECT $1, coalesce(max(number), 0) + 1, $2, $3, $4, $5, $6, $7, $8 FROM review_data WHERE review_id = $1`,
    [reviewId, form.id, form.version, group, ordinal, JSON.stringify(answers), tx.actor.id, tx.now],
    'keep-review-data',
  );
}
