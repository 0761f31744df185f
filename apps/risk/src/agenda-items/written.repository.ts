import type { Tx } from '@concordat/messaging';
import type { AgendaItem } from '../meetings.repository';

/** What of a case on an agenda may be written. */
type Change = Partial<
  Pick<
    AgendaItem,
    'state' | 'deferReason' | 'decision' | 'rationale' | 'recorded' | 'consentBy' | 'decidedHow' | 'againFrom'
  >
> & {
  readonly openedAt?: Date;
  readonly heardAt?: Date;
};

/** Writes a change of a case on an agenda, and answers its new version. */
export async function changeItem(tx: Tx, item: AgendaItem, change: Change): Promise<number> {
  const next = { ...item, ...change };
  await tx.execute(
    `UPDATE agenda_item SET version = $2, state = $3, defer_reason = $4, opened_at = $5, heard_at = $6, decision = $7, rationale = $8,
       changed_by = $9, changed_at = $10, recorded = $11, consent_by = $12, decided_how = $13, again_from = $14 WHERE id = $1`,
    [
      ...[item.id, item.version + 1, next.state, next.deferReason, next.openedAt, next.heardAt],
      ...[next.decision, next.rationale, tx.actor.id, tx.now, next.recorded, next.consentBy, next.decidedHow],
      next.againFrom,
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

/** Whether a referral waits for a further meeting. */
interface Waiting {
  readonly waits: boolean;
  /** The civil day on which it was heard. */
  readonly heardOn?: string;
  /** The civil day before which it is on no agenda. */
  readonly until?: string | null;
}
export async function markReferral(tx: Tx, id: string, { waits, heardOn, until }: Waiting): Promise<void> {
  await tx.execute(
    'UPDATE forum_referral SET waiting = $2, heard_on = coalesce($3, heard_on), waits_until = $4 WHERE id = $1',
    [id, waits, heardOn ?? null, until ?? null],
    'mark-referral',
  );
}

/** Writes which agency is the one for the area where the person of a referral lives. */
export async function nameHome(tx: Tx, referralId: string, orgId: string): Promise<void> {
  await tx.execute('UPDATE forum_referral SET home_org = $2 WHERE id = $1', [referralId, orgId], 'name-home-agency');
}
