import { NotFound, type DeadlineStatus, type MessageKind, type RungRecipient } from '@concordat/contracts';
import type { Tx } from '@concordat/messaging';
import { Paging, type Page } from '@concordat/platform';

/**
 * A message about something that is due, with what its deadline is now, or about something that happened. Of what its reader may not
 * see any more there is none.
 */
export interface Message extends Record<string, unknown> {
  readonly id: string;
  /** Null of what happened, as `to` and `status` are: no deadline is made of it. */
  readonly deadlineId: string | null;
  readonly recordId: string;
  readonly caseId: string | null;
  readonly kind: MessageKind;
  /** As what they hear of it. */
  readonly to: RungRecipient | null;
  readonly times: number;
  readonly toldAt: Date;
  readonly readAt: Date | null;
  /** When it is due, or the time that goes with what happened; null where there is none. */
  readonly dueAt: Date | null;
  readonly status: DeadlineStatus | null;
  /** Of what happened: since when it wants nobody any more. */
  readonly endedAt: Date | null;
}

const OWN = (alias: 'm' | 'h'): string => `${alias}.user_id = acting_user() AND ${alias}.org_id = acting_org()`;

/** What an inbox is made of, each part with its own messages alone. What stands for `more` is a condition, an order and a limit. */
const inbox = (more: (alias: 'm' | 'h') => string): string => `(
  (SELECT m.id, m.deadline_id, d.record_id, d.case_id, m.kind, m.to_whom, m.times, m.told_at, m.read_at, d.due_at, d.status,
          NULL::timestamptz AS ended_at
     FROM message m JOIN deadline d ON d.id = m.deadline_id WHERE ${OWN('m')} AND ${more('m')})
  UNION ALL
  (SELECT h.id, NULL, h.record_id, h.case_id, h.kind, NULL, h.times, h.told_at, h.read_at, h.at, NULL, h.ended_at
     FROM happening h WHERE ${OWN('h')} AND ${more('h')})) m`;

export const inboxPaging = (cursor: string | undefined): Paging =>
  new Paging(
    {
      name: 'told',
      keys: [
        { sql: 'm.told_at', type: 'timestamptz' },
        { sql: 'm.id', type: 'uuid' },
      ],
      descending: true,
    },
    25,
    cursor,
  );

export async function messagesOf(tx: Tx, paging: Paging): Promise<Page<Omit<Message, 'keys'>>> {
  const rows = await tx.query<Message & { keys: string[] }>(
    `SELECT m.id, m.deadline_id AS "deadlineId", m.record_id AS "recordId", m.case_id AS "caseId", m.kind, m.to_whom AS "to", m.times,
            m.told_at AS "toldAt", m.read_at AS "readAt", m.due_at AS "dueAt", m.status, m.ended_at AS "endedAt",
            ${paging.keys()}
       FROM ${inbox((alias) => {
         const keys = [`${alias}.told_at`, `${alias}.id`];
         return `${paging.where(1, keys)} ORDER BY ${paging.order(keys)} LIMIT ${paging.limit + 1}`;
       })} ORDER BY ${paging.order()} LIMIT ${paging.limit + 1}`,
    [...paging.params],
  );
  return paging.page(rows);
}

/** Whoever has so many unread has too many to count: it is asked for the head of every page. */
const UNREAD_COUNTED = 99;

/** How many the caller has not read: exact to 99, and 100 stands for more. */
export async function unreadOf(tx: Tx): Promise<number> {
  const atMost = `LIMIT ${UNREAD_COUNTED + 1}`;
  const [row] = await tx.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM (SELECT FROM ${inbox((alias) => `${alias}.read_at IS NULL ${atMost}`)} ${atMost}) unread`,
    [],
    'unread-messages',
  );
  return row!.n;
}

/** Marks a message of the caller's as read, or all of theirs. Throws NotFound for one that is not theirs. */
export async function readMessage(tx: Tx, id: string): Promise<void> {
  const found = await tx.query(
    `SELECT 1 FROM message WHERE id = $1 AND user_id = acting_user()
     UNION ALL SELECT 1 FROM happening WHERE id = $1 AND user_id = acting_user()`,
    [id],
    'own-message',
  );
  if (found.length === 0) throw new NotFound('message');
  await tx.execute(
    'UPDATE message SET read_at = coalesce(read_at, $2) WHERE id = $1 AND user_id = acting_user()',
    [id, tx.now],
    'read-message',
  );
  await tx.execute(
    'UPDATE happening SET read_at = coalesce(read_at, $2) WHERE id = $1 AND user_id = acting_user()',
    [id, tx.now],
    'read-happening',
  );
}

export async function readAllMessages(tx: Tx): Promise<void> {
  await tx.execute(
    'UPDATE message SET read_at = $1 WHERE user_id = acting_user() AND org_id = acting_org() AND read_at IS NULL',
    [tx.now],
    'read-all-messages',
  );
  await tx.execute(
    'UPDATE happening SET read_at = $1 WHERE user_id = acting_user() AND org_id = acting_org() AND read_at IS NULL',
    [tx.now],
    'read-all-happenings',
  );
}
