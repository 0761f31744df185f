import type { Tx } from '@concordat/messaging';
import type { AgendaItem } from '../meetings.repository';

/** What of a case on an agenda may be written. */
type Change = Partial<Pick<AgendaItem, 'state' | 'deferReason' | 'decision' | 'rationale'>> & {
  readonly openedAt?: Date;
  readonly heardAt?: Date;
};

/** Writes a change of a case on an agenda, and answers its new version. */
export async function changeItem(tx: Tx, item: AgendaItem, change: Change): Promise<number> {
  const next = { ...item, ...change };
  await tx.execute(
    `UPDATE agenda_item SET version = $2, state = $3, defer_reason = $4, opened_at = $5, heard_at = $6, decision = $7, rationale = $8,
       changed_by = $9, changed_at = $10 WHERE id = $1`,
    [
      ...[item.id, item.version + 1, next.state, next.deferReason, next.openedAt, next.heardAt],
      ...[next.decision, next.rationale, tx.actor.id, tx.now],
    ],
    'change-agenda-item',
  );
  return item.version + 1;
}

/** The summary of a case's risk, whole. */
export interface Summary {
  readonly harm: string;
  readonly contributory: string;
  readonly protective: string;
}

/** Writes the summary, and answers its new version. The version of the case stays. */
export async function keepSummary(tx: Tx, item: AgendaItem, { harm, contributory, protective }: Summary) {
  await tx.execute(
    `UPDATE agenda_item SET harm = $2, contributory = $3, protective = $4, notes_version = $5, notes_by = $6, notes_at = $7
      WHERE id = $1`,
    [item.id, harm, contributory, protective, item.notesVersion + 1, tx.actor.id, tx.now],
    'keep-summary',
  );
  return item.notesVersion + 1;
}

/** That a referral was heard on a day, and whether it waits for the next meeting. */
export async function markReferral(tx: Tx, referralId: string, waits: boolean, heardOn: string | null): Promise<void> {
  await tx.execute(
    'UPDATE forum_referral SET waiting = $2, heard_on = coalesce($3, heard_on) WHERE id = $1',
    [referralId, waits, heardOn],
    'mark-referral',
  );
}
