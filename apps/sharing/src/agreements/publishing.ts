import { AgreementChanged } from '@concordat/contracts';
import type { Stream, Tx } from '@concordat/messaging';
import type { AgreementRecord } from '../agreement-record';

/** Tells what a version has become, in its stream, and names it and its parties in the act. */
export function publishChange(tx: Tx, stream: Stream, { id, version, ownerOrg, document }: AgreementRecord): void {
  const { id: agreement, version: number, status, parties, reviewBy, expiresOn } = document;
  const told = parties.map((p) => p.orgId);
  const days = { reviewBy, expiresOn };
  stream.publish(AgreementChanged, { recordId: id, agreement, number, status, ownerOrg, parties: told, ...days });
  tx.about({
    objects: [{ t: 'agreement', id, ver: String(version) }],
    rule: `${agreement}@${number}`,
    recipients: told.map((org) => ({ org })),
  });
}
