import type { About, Tx } from '@concordat/messaging';
import { commitPayload } from '@concordat/sharing';
import type { OnwardReferral, Permitted } from './onward-referral';
import type { Transfer } from './transfer';

/**
 * What either end of a disclosure puts on record, so that the two can be laid side by side (information-sharing rules, section 5):
 * one id for both, agreement and flow, and a commitment to what went. `withinHours` is the sender's to say: by when the other
 * end is to have it on record.
 */
function endOf(permit: Permitted, payloadCommit: string, withinHours?: number): About {
  const { decisionId, isa, flowId } = permit;
  const disclosure = { isa, flowId, ...(withinHours === undefined ? {} : { withinHours }) };
  return { objects: [{ t: 'disclosure', id: decisionId }], payloadCommit, detail: { disclosure } };
}

/** Of an agency that was let into a case, what its look has on record of what it received. */
export const lookedAt = (decisionId: string): About => ({ objects: [{ t: 'disclosure', id: decisionId }] });

/** Of an agency that lets another into a case, what it has on record of what it sent; what went is the case, then and later. */
export const letIn = (permit: Permitted, withinHours: number): About => {
  const { decisionId, isa, flowId } = permit;
  return { objects: [{ t: 'disclosure', id: decisionId }], detail: { disclosure: { isa, flowId, withinHours } } };
};

/** Of whoever asked whether somebody is known, and of the agency that was asked: that it was told, by which decision. */
export const toldKnown = ({ decisionId, isa, flowId }: Permitted): About => ({
  objects: [{ t: 'disclosure', id: decisionId }],
  detail: { disclosure: { isa, flowId } },
});

/** Puts one end of a referral on record; nothing for what goes to nobody here. */
export async function recordReferralEnd(tx: Tx, r: OnwardReferral, withinHours?: number): Promise<void> {
  if (!r.permit) return;
  const { caseId, fromOrg, toOrg, purpose, legalBasis, urgency, reason, view, items, people, consent, permit } = r;
  const terms = { caseId, fromOrg, toOrg, purpose, legalBasis, urgency, reason, view, items, people, consent };
  const [row] = await tx.query<{ key: Buffer | null }>(
    'SELECT payload_key AS key FROM onward_referral WHERE id = $1',
    [r.id],
    'key-of-onward-referral',
  );
  if (!row?.key) return; // offered before ends were kept
  tx.about({ ...endOf(permit, committed(row.key, terms, permit), withinHours), rule: permit.isa });
}

/** Puts one end of a transfer on record; nothing for a request, and for what goes outside. */
export async function recordTransferEnd(tx: Tx, t: Transfer, withinHours?: number): Promise<void> {
  if (!t.permit) return;
  const { caseId, fromOrg, toOrg, toId, purpose, consent, keep, reason, permit } = t;
  const [row] = await tx.query<{ key: Buffer | null }>(
    'SELECT payload_key AS key FROM case_transfer WHERE id = $1',
    [t.id],
    'key-of-case-transfer',
  );
  if (!row?.key) return;
  const terms = { caseId, fromOrg, toOrg, toId, purpose, consent, keep, reason };
  const end = endOf(permit, committed(row.key, terms, permit), withinHours);
  // Accepting is decided anew, and names the rule of that.
  tx.about(t.state === 'declined' ? { ...end, rule: permit.isa } : end);
}

/** Absent members and nulls of the database are one and the same to both ends. */
const committed = (key: Buffer, terms: object, { isa, flowId }: Permitted): string =>
  commitPayload(key, JSON.parse(JSON.stringify({ ...terms, isa, flowId })) as object);
