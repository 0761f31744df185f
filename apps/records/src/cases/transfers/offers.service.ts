import { demand } from '@concordat/access';
import { newId, TransferChanged, type Action } from '@concordat/contracts';
import { UnitOfWork, type Stream, type Tx } from '@concordat/messaging';
import { Conflict, Forbidden, Invalid, RuleBroken, valid, type Call, expectVersion } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { concernedIn } from '../../case-people';
import { recordTransferEnd } from '../../both-ends';
import { BulkActs, underBulk } from '../../bulk-acts';
import { recipientOf } from '../../recipients.repository';
import type { SharingDto } from '../../sharing.dto';
import type { Transfer } from '../../transfer';
import { demandPart, lockedCase, type CaseRow } from '../../visible-case';
import { addToTimeline } from '../../timeline';
import { WholeCases } from '../../whole-cases';
import { OfferTransferDto, RequestTransferDto } from './transfers.dto';
import { isOnOffer, keepTransfer, ownerOf } from './transfers.repository';

/** Begins transfers: the owner offers a case (TRF-1), records that it went outside (TRF-13), or is asked for it (TRF-8). */
@Injectable()
export class TransferOffersService {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly whole: WholeCases,
    bulk: BulkActs,
  ) {
    bulk.bring<OfferTransferDto>('transfer', {
      action: 'transfer.offer',
      check: async (tx, record, { recipient }) => {
        await demandOwner(tx, record, 'transfer.offer');
        if (recipient === undefined)
          throw new Invalid([{ field: 'recipient', code: 'required', message: 'Choose who receives the cases' }]);
        await receiver(tx, recipient, record);
      },
      do: (call, caseId, bulkId) => this.offer(call, caseId, bulkId),
    });
  }

  offer(call: Call, caseId: string, bulkId: string | null = null) {
    const action = isOutside(call.body) ? 'transfer.record-outside' : 'transfer.offer';
    return this.begin(
      call,
      caseId,
      action,
      async (tx, record) => {
        await demandOwner(tx, record, action);
        const dto = valid(OfferTransferDto, call.body);
        const to = dto.recipient === undefined ? null : await receiver(tx, dto.recipient, record);
        if (to && dto.outsideBody !== undefined)
          throw new Invalid([
            {
              field: 'outsideBody',
              code: 'transfer.one-recipient',
              message: 'Choose one: a person or an outside body',
            },
          ]);
        if (await isOnOffer(tx, caseId)) throw new Conflict('transfer.open', 'This case is on offer already');
        const keep = dto.keep ?? 'contributor';
        const shared = to ? await this.permitted(tx, record, { toOrg: to.orgId, keep }, dto) : NOT_SHARED;
        return {
          ...shared,
          ...{ state: to ? 'offered' : 'recorded', fromId: tx.actor.id, toOrg: to?.orgId ?? null },
          ...{ toId: to?.userId ?? null, outsideBody: to ? null : (dto.outsideBody ?? null) },
          ...{ reason: dto.reason, keep, offeredAt: tx.now },
          ...{ requestedAt: null, requestReason: null },
        };
      },
      bulkId,
    );
  }

  request(call: Call, caseId: string) {
    return this.begin(call, caseId, 'transfer.request', async (tx, record) => {
      demand(tx.actor, 'transfer.request');
      const { reason } = valid(RequestTransferDto, call.body);
      if (record.leadOrg === tx.actor.orgId)
        throw new RuleBroken('transfer.own-agency', 'Your agency leads this case. Have it assigned to you');
      const to = await receiver(tx, tx.actor.id, record);
      return {
        ...NOT_SHARED,
        ...{
          state: 'requested',
          fromId: await ownerOf(tx, caseId),
          toOrg: to.orgId,
          toId: to.userId,
          outsideBody: null,
        },
        ...{ reason, keep: 'contributor', offeredAt: null, requestedAt: tx.now, requestReason: reason },
      };
    });
  }

  /**
   * Decides, before a case is put on offer, that it may go to the agency that is to lead it; and where the one that leads it now
   * keeps a part, that it may go on seeing what the other will hold. Throws NotShared.
   */
  async permitted(tx: Tx, record: Led, { toOrg, keep }: Passing, said: SharingDto): Promise<Shared> {
    const sharing = this.whole.said(tx, record, said);
    const [people, byId, fromOrg] = [await concernedIn(tx, record.id), tx.actor.id, record.leadOrg];
    const permit = await this.whole.permit(tx, { kind: 'DISCLOSE', fromOrg, toOrg, byId, people, sharing });
    if (keep !== 'nothing')
      await this.whole.permit(tx, { kind: 'CONSULT', fromOrg: toOrg, toOrg: fromOrg, byId, people, sharing });
    return { purpose: sharing.purpose, consent: sharing.consent ?? null, permit };
  }

  private async begin(
    call: Call,
    caseId: string,
    action: Action,
    make: (tx: Tx, record: CaseRow) => Promise<Begun>,
    bulkId: string | null = null,
  ) {
    const act = { action, call, objects: [{ t: 'case' as const, id: caseId }, ...underBulk(bulkId)] };
    const done = await this.unit.run(act, async (tx) => {
      const { row: record, stream } = await lockedCase(tx, caseId);
      expectVersion(call, 'case', record.version);
      demandPart(record);
      const transfer: Transfer = {
        ...{ id: newId(), version: 1, caseId, reference: record.reference, fromOrg: record.leadOrg },
        ...{ answeredAt: null, answeredBy: null, answerReason: null, endedAt: null, endedBy: null },
        ...(await make(tx, record)),
      };
      await keepTransfer(tx, transfer, bulkId);
      await recordTransferEnd(tx, transfer, this.whole.acknowledgeWithinHours);
      await publishTransfer(tx, stream, transfer);
      return { id: transfer.id, version: 1, status: transfer.state };
    });
    return { ...done.value, receipt: done.receipt };
  }
}

type Begun = Pick<
  Transfer,
  | ('state' | 'fromId' | 'toOrg' | 'toId' | 'outsideBody' | 'reason' | 'keep')
  | ('offeredAt' | 'requestedAt' | 'requestReason' | keyof Shared)
>;

type Shared = Pick<Transfer, 'purpose' | 'consent' | 'permit'>;
type Led = Pick<CaseRow, 'id' | 'kind' | 'leadOrg'>;
type Passing = { readonly toOrg: string; readonly keep: Transfer['keep'] };
/** Of a request, which shows nobody anything; and of what goes outside, which is put on record only. */
const NOT_SHARED: Shared = { purpose: null, consent: null, permit: null };

const isOutside = (body: unknown): boolean =>
  typeof body === 'object' && body !== null && 'outsideBody' in body && !('recipient' in body);

/** Throws unless the caller may dispose of the case: its owner, or a lead of the agency that leads it. */
export async function demandOwner(
  tx: Tx,
  record: Pick<CaseRow, 'id' | 'leadOrg' | 'level'>,
  action: Action,
): Promise<void> {
  demand(tx.actor, action, { orgs: [record.leadOrg], level: record.level });
  if (!tx.actor.roles.includes('safeguarding-lead') && (await ownerOf(tx, record.id)) !== tx.actor.id)
    throw new Forbidden(`${action.split('.')[0]}.forbidden`, 'You may not do this', ['case.not-owner']);
}

async function receiver(tx: Tx, userId: string, record: CaseRow) {
  const to = await recipientOf(tx, userId, record.id);
  const wrong = (code: string, message: string) => new Invalid([{ field: 'recipient', code, message }]);
  if (!to) throw wrong('transfer.cannot-receive', 'Choose somebody who may receive cases');
  if (to.orgId === record.leadOrg)
    throw wrong('transfer.same-agency', 'Choose somebody of another agency. Within your own, assign the case');
  return to;
}

/** Puts a change of a transfer where everybody learns of it: the timeline, the stream and the audit entry. */
export async function publishTransfer(tx: Tx, stream: Stream, t: Transfer): Promise<void> {
  await addToTimeline(tx, t.caseId, {
    ...{ at: tx.now, what: `transfer-${t.state}`, orgId: t.toOrg, byId: tx.actor.id, detail: { transfer: t.id } },
  });
  stream.publish(TransferChanged, {
    ...{ transferId: t.id, caseId: t.caseId, state: t.state, byId: tx.actor.id },
    ...(t.state === 'offered' && t.permit ? { decisionId: t.permit.decisionId } : {}),
  });
  tx.about({
    objects: [
      { t: 'transfer', id: t.id, ver: String(t.version) },
      { t: 'case', id: t.caseId },
      ...(t.toId ? [{ t: 'staff' as const, id: t.toId }] : []),
    ],
    recipients: t.toOrg ? [{ org: t.toOrg, role: 'recipient' }] : [],
    detail: { reason: t.answerReason ?? t.reason, ...(t.outsideBody ? { outsideBody: t.outsideBody } : {}) },
  });
}
