import type { VoteChoice, VoteOutcome } from '@concordat/contracts';
import type { Tx } from '@concordat/messaging';

/** What was put to the vote in a case, and how members voted. */
export interface Ballot extends Record<string, unknown> {
  readonly id: string;
  readonly ordinal: number;
  readonly decision: string;
  readonly putBy: string;
  readonly putAt: Date;
  /** Null while it is open. */
  readonly outcome: VoteOutcome | null;
  /** Agencies that were there when it was counted; null while it is open. */
  readonly present: readonly string[] | null;
  readonly votes: readonly { readonly orgId: string; readonly choice: VoteChoice; readonly byId: string }[];
}

/** Everything that was put to the vote in a case, the first one first. */
export const ballotsOf = (tx: Tx, itemId: string): Promise<Ballot[]> =>
  tx.query<Ballot>(
    `SELECT b.id, b.ordinal, b.decision, b.put_by AS "putBy", b.put_at AS "putAt", b.outcome, b.present,
            coalesce((SELECT jsonb_agg(jsonb_build_object('orgId', v.org_id, 'choice', v.choice, 'byId', v.by_id) ORDER BY v.at, v.org_id)
              FROM item_vote v WHERE v.ballot_id = b.id), '[]') AS votes
       FROM item_ballot b WHERE b.item_id = $1 ORDER BY b.ordinal`,
    [itemId],
    'ballots',
  );

/** As `ballotsOf`, for whoever leads, and no vote is cast until the end of the unit of work. */
export async function lockedBallots(tx: Tx, itemId: string): Promise<Ballot[]> {
  await tx.query(
    'SELECT 1 FROM item_ballot WHERE item_id = $1 AND outcome IS NULL FOR UPDATE',
    [itemId],
    'lock-ballot',
  );
  return ballotsOf(tx, itemId);
}

export async function insertBallot(
  tx: Tx,
  itemId: string,
  { id, ordinal, decision }: Pick<Ballot, 'id' | 'ordinal' | 'decision'>,
): Promise<void> {
  await tx.execute(
    'INSERT INTO item_ballot (id, item_id, ordinal, decision, put_by, put_at) VALUES ($1, $2, $3, $4, $5, $6)',
    [id, itemId, ordinal, decision, tx.actor.id, tx.now],
    'insert-ballot',
  );
}

/** Counts it for good, among the agencies that are there. */
export async function closeBallot(tx: Tx, id: string, outcome: VoteOutcome, present: readonly string[]): Promise<void> {
  await tx.execute(
    'UPDATE item_ballot SET outcome = $2, present = $3, closed_at = $4 WHERE id = $1',
    [id, outcome, present, tx.now],
    'close-ballot',
  );
}

/** The id of what is put to the vote in a case now, which is not counted before the end of the unit of work; null when nothing is. */
export async function heldBallot(tx: Tx, itemId: string): Promise<string | null> {
  const [row] = await tx.query<{ id: string | null }>('SELECT held_ballot($1) AS id', [itemId], 'held-ballot');
  return row?.id ?? null;
}

/** The vote of an agency; the last that it gives before it is counted stands. */
export async function castVote(tx: Tx, ballotId: string, orgId: string, choice: VoteChoice): Promise<void> {
  await tx.execute(
    `INSERT INTO item_vote (ballot_id, org_id, choice, by_id, at) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (ballot_id, org_id) DO UPDATE SET choice = $3, by_id = $4, at = $5`,
    [ballotId, orgId, choice, tx.actor.id, tx.now],
    'cast-vote',
  );
}
