import { newId, NotFound, type AmendmentState, type MinutedPart } from '@concordat/contracts';
import type { Tx } from '@concordat/messaging';

export interface KeptAmendment extends Record<string, unknown> {
  readonly id: string;
  readonly itemId: string;
  readonly meetingId: string;
  readonly ordinal: number;
  readonly version: number;
  readonly part: MinutedPart;
  readonly before: string;
  readonly after: string;
  readonly reason: string;
  readonly state: AmendmentState;
  readonly proposedBy: string;
  readonly proposedAt: Date;
  readonly answeredBy: string | null;
  readonly answeredAt: Date | null;
  readonly answeredWords: string | null;
}
const COLUMNS = `id, item_id AS "itemId", meeting_id AS "meetingId", ordinal, version, part, before, after, reason, state,
  proposed_by AS "proposedBy", proposed_at AS "proposedAt", answered_by AS "answeredBy", answered_at AS "answeredAt",
  answered_words AS "answeredWords"`;

/** Of the cases of a meeting that the caller may see: what was agreed, and for whoever leads what was proposed. In their order. */
export const amendmentsOf = (tx: Tx, meetingId: string): Promise<KeptAmendment[]> =>
  tx.query<KeptAmendment>(
    `SELECT ${COLUMNS} FROM minute_amendment WHERE meeting_id = $1 ORDER BY item_id, ordinal`,
    [meetingId],
    'amendments-of-meeting',
  );

/** One that the caller may answer, held until the end of the unit of work. Throws NotFound otherwise. */
export async function lockedAmendment(tx: Tx, id: string): Promise<KeptAmendment> {
  const [row] = await tx.query<KeptAmendment>(
    `SELECT ${COLUMNS} FROM minute_amendment WHERE id = $1 FOR UPDATE`,
    [id],
    'lock-amendment',
  );
  if (!row) throw new NotFound('minute-amendment');
  return row;
}

type Proposed = Pick<KeptAmendment, 'itemId' | 'meetingId' | 'ordinal' | 'part' | 'before' | 'after' | 'reason'>;
/** Fails with Conflict when somebody else proposed one at this moment. */
export async function proposeAmendment(tx: Tx, a: Proposed): Promise<string> {
  const id = newId();
  await tx.execute(
    `INSERT INTO minute_amendment (id, item_id, meeting_id, ordinal, version, part, before, after, reason, state, proposed_by, proposed_at)
     VALUES ($1, $2, $3, $4, 1, $5, $6, $7, $8, 'proposed', $9, $10)`,
    [id, a.itemId, a.meetingId, a.ordinal, a.part, a.before, a.after, a.reason, tx.actor.id, tx.now],
    'propose-amendment',
  );
  return id;
}

export async function answerAmendment(tx: Tx, a: KeptAmendment, state: AmendmentState, words: string): Promise<number> {
  await tx.execute(
    `UPDATE minute_amendment SET state = $2, version = $3, answered_by = $4, answered_at = $5, answered_words = $6 WHERE id = $1`,
    [a.id, state, a.version + 1, tx.actor.id, tx.now, words],
    'answer-amendment',
  );
  return a.version + 1;
}
