import type { About, Tx } from '@concordat/messaging';
import { commitPayload } from '@concordat/sharing';
import type { ShareDecision } from '../research-shares';
import { endOf, type ForumTransfer } from './forum-transfers.repository';

type Gone = Pick<ForumTransfer, 'id' | 'caseId' | 'fromForum' | 'toForum' | 'reason' | 'informs' | 'diverts'>;

/**
 * What the agency that sends has on record: that it went to each other agency that leads there, each by a decision of its own, with a
 * commitment to what went. The disclosure has the id of the transfer.
 */
export async function recordSent(
  tx: Tx,
  transfer: Gone,
  permits: readonly ShareDecision[],
  withinHours: number,
): Promise<void> {
  const { key } = await endOf(tx, transfer.id);
  if (!key || permits.length === 0) return;
  const to = Object.fromEntries(permits.map(({ toOrg, isa, flowId }) => [toOrg, { isa, flowId }]));
  const payloadCommit = committed(key, transfer);
  tx.about({ ...lookedAt(transfer), payloadCommit, detail: { disclosure: { withinHours, to } } });
}

/** What the agency that acknowledges has on record, made anew from what it has. Nothing of what was its own, or of before this was kept. */
export async function recordReceived(tx: Tx, transfer: Gone): Promise<void> {
  const { key, isa, flowId } = await endOf(tx, transfer.id);
  if (!key || isa === null) return;
  const payloadCommit = committed(key, transfer);
  tx.about({ ...lookedAt(transfer), payloadCommit, detail: { disclosure: { isa, flowId } } });
}

/** Of an agency that leads there, what its look has on record of what it received. */
export const lookedAt = ({ id }: Pick<ForumTransfer, 'id'>): About => ({ objects: [{ t: 'disclosure', id }] });

const committed = (key: Buffer, { caseId, fromForum, toForum, reason, informs, diverts }: Gone): string =>
  commitPayload(key, JSON.parse(JSON.stringify({ caseId, fromForum, toForum, reason, informs, diverts })) as object);
