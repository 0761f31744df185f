import { civilDate } from '@concordat/clocks';
import type { Tx } from '@concordat/messaging';
import { placesOf } from './agenda';
import type { ForumKind } from '@concordat/packs';

/** Puts whatever waits for a forum on the agenda of its next planned meeting that is not past its cut-off. Answers how many. */
export async function listWaiting(tx: Tx, forumId: string, kind: ForumKind): Promise<number> {
  const { withChildren, others } = placesOf(kind.order);
  const [row] = await tx.query<{ listed: number }>(
    'SELECT list_waiting($1, $2, $3, $4) AS listed',
    [forumId, civilDate(tx.now), withChildren, others],
    'list-waiting',
  );
  return row?.listed ?? 0;
}
