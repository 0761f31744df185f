import type { Tx } from '@concordat/messaging';
import type { AgendaItem } from '../meetings.repository';

/** What of a case on an agenda may be written. */
type Change = Partial<
  Pick<AgendaItem, 'state' | 'deferReason' | 'harm' | 'contributory' | 'protective' | 'decision' | 'rationale'>
> & {
  readonly openedAt?: Date;
  readonly heardAt?: Date;
};

/** Writes a change of a case on an agenda, and answers its new version. */
export async function changeItem(tx: Tx, item: AgendaItem, change: Change): Promise<number> {
  const next = { ...item, ...change };
  await tx.execute(
    `UPDATE agenda_item SET version = $2, state = $3, defer_reason = $4, opened_at = $5, heard_at = $6, harm = $7, contributory = $8,
       protective = $9, decision = $10, rationale = $11, changed_by = $12, changed_at = $13 WHERE id = $1`,
    [
      ...[
        item.id,
        item.version + 1,
        next.state,
        next.deferReason,
        next.openedAt,
        next.heardAt,
        next.harm,
        next.contributory,
      ],
      ...[next.protective, next.decision, next.rationale, tx.actor.id, tx.now],
    ],
    'change-agenda-item',
  );
  return item.version + 1;
}

/** That a referral was heard on a day, and whether it waits for the next meeting. */
export async function markReferral(tx: Tx, referralId: string, waits: boolean, heardOn: string | null): Promise<void> {
  await tx.execute(
    'UPDATE forum_referral SET waiting = $2, heard_on = coalesce($3, heard_on) WHERE id = $1',
    [referralId, waits, heardOn],
    'mark-referral',
  );
}
