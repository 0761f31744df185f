import type { Tx } from '@concordat/messaging';

/** Somebody who observes a meeting: named for it, and none of its members. */
export interface Observer extends Record<string, unknown> {
  readonly userId: string;
  readonly orgId: string;
  readonly why: string;
  readonly signedAt: Date | null;
}

/** Observers of a meeting, for whoever sits on its forum; one's own row for an observer. Who was withdrawn is none. */
export const observersOf = (tx: Tx, meetingId: string): Promise<Observer[]> =>
  tx.query<Observer>(
    `SELECT user_id AS "userId", org_id AS "orgId", why, signed_at AS "signedAt" FROM meeting_observer
      WHERE meeting_id = $1 AND withdrawn_at IS NULL ORDER BY named_at, user_id`,
    [meetingId],
    'observers',
  );

/** Names somebody; named anew, they have to sign anew. */
export async function nameObserver(tx: Tx, meetingId: string, o: Pick<Observer, 'userId' | 'orgId' | 'why'>) {
  await tx.execute(
    `INSERT INTO meeting_observer (meeting_id, user_id, org_id, why, named_by, named_at) VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (meeting_id, user_id) DO UPDATE
       SET org_id = $3, why = $4, named_by = $5, named_at = $6, signed_at = NULL, withdrawn_at = NULL`,
    [meetingId, o.userId, o.orgId, o.why, tx.actor.id, tx.now],
    'name-observer',
  );
}

export async function withdrawObserver(tx: Tx, meetingId: string, userId: string): Promise<void> {
  await tx.execute(
    'UPDATE meeting_observer SET withdrawn_at = $3, named_by = $4 WHERE meeting_id = $1 AND user_id = $2',
    [meetingId, userId, tx.now, tx.actor.id],
    'withdraw-observer',
  );
}

/** The caller signs as an observer; signing twice signs once. */
export async function signAsObserver(tx: Tx, meetingId: string): Promise<void> {
  await tx.execute(
    'UPDATE meeting_observer SET signed_at = coalesce(signed_at, $2) WHERE meeting_id = $1 AND user_id = $3',
    [meetingId, tx.now, tx.actor.id],
    'sign-as-observer',
  );
}

/** Whether an observer is in the room while a case is discussed. */
export interface Admitted extends Record<string, unknown> {
  readonly userId: string;
  readonly orgId: string;
  readonly present: boolean;
}
export const admittedTo = (tx: Tx, itemId: string): Promise<Admitted[]> =>
  tx.query<Admitted>(
    'SELECT user_id AS "userId", org_id AS "orgId", present FROM item_observer WHERE item_id = $1 ORDER BY org_id, user_id',
    [itemId],
    'admitted-observers',
  );

export async function admitObserver(tx: Tx, itemId: string, { userId, orgId, present }: Admitted): Promise<void> {
  await tx.execute(
    `INSERT INTO item_observer (item_id, user_id, org_id, present, by_id, at) VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (item_id, user_id) DO UPDATE SET org_id = $3, present = $4, by_id = $5, at = $6`,
    [itemId, userId, orgId, present, tx.actor.id, tx.now],
    'admit-observer',
  );
}
