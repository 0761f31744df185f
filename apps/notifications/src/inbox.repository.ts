import { NotFound, type DeadlineKind, type DeadlineStatus, type RungRecipient } from '@concordat/contracts';
import type { Tx } from '@concordat/messaging';
import { Paging, type Page } from '@concordat/platform';

/** A message, with what its deadline is now. Of a deadline that its reader may not see any more there is none. */
export interface Message extends Record<string, unknown> {
  readonly id: string;
  readonly deadlineId: string;
  readonly recordId: string;
  readonly caseId: string | null;
  readonly kind: DeadlineKind;
  /** As what they hear of it. */
  readonly to: RungRecipient;
  readonly times: number;
  readonly toldAt: Date;
  readonly readAt: Date | null;
  readonly dueAt: Date;
  readonly status: DeadlineStatus;
}

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
    `SELECT m.id, m.deadline_id AS "deadlineId", d.record_id AS "recordId", d.case_id AS "caseId", m.kind, m.to_whom AS "to", m.times,
            m.told_at AS "toldAt", m.read_at AS "readAt", d.due_at AS "dueAt", d.status, ${paging.keys()}
       FROM message m JOIN deadline d ON d.id = m.deadline_id WHERE m.user_id = acting_user() AND m.org_id = acting_org()
        AND ${paging.where(1)} ORDER BY ${paging.order()} LIMIT ${paging.limit + 1}`,
    [...paging.params],
  );
  return paging.page(rows);
}

/** How many the caller has not read. */
export async function unreadOf(tx: Tx): Promise<number> {
  const [row] = await tx.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM message m JOIN deadline d ON d.id = m.deadline_id
      WHERE m.user_id = acting_user() AND m.org_id = acting_org() AND m.read_at IS NULL`,
    [],
    'unread-messages',
  );
  return row!.n;
}

/** Marks a message of the caller's as read, or all of theirs. Throws NotFound for one that is not theirs. */
export async function readMessage(tx: Tx, id: string): Promise<void> {
  const found = await tx.query('SELECT 1 FROM message WHERE id = $1 AND user_id = acting_user()', [id], 'own-message');
  if (found.length === 0) throw new NotFound('message');
  await tx.execute(
    'UPDATE message SET read_at = coalesce(read_at, $2) WHERE id = $1 AND user_id = acting_user()',
    [id, tx.now],
    'read-message',
  );
}

export async function readAllMessages(tx: Tx): Promise<void> {
  await tx.execute(
    'UPDATE message SET read_at = $1 WHERE user_id = acting_user() AND org_id = acting_org() AND read_at IS NULL',
    [tx.now],
    'read-all-messages',
  );
}
