import { demand } from '@concordat/access';
import { CaseAccessChanged, CaseOwnerChanged, type AccessLevel, type Action } from '@concordat/contracts';
import { UnitOfWork, type Stream, type Tx } from '@concordat/messaging';
import { Conflict, Forbidden, valid, type Call, expectVersion } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { recordTransferEnd } from '../../both-ends';
import type { Permit } from '../../disclosures';
import { isRestricted } from '../../restricting';
import { mayTakeStep, takeStep, type Transfer, type TransferStep } from '../../transfer';
import { withoutWords, type Sharing, type SharingDto } from '../../sharing.dto';
import { visibleCase } from '../../visible-case';
import { WholeCases } from '../../whole-cases';
import { demandOwner, publishTransfer, TransferOffersService } from './offers.service';
import { AgreeToTransferDto, AnswerTransferDto, RefuseTransferDto } from './transfers.dto';
import { caseOnOffer, isOnOffer, replaceTransfer, takeOver, visibleTransfer } from './transfers.repository';

/** As what each step is audited, and with which body. Agreeing to a request is offering the case (TRF-9). */
const STEPS = {
  agree: { action: 'transfer.offer', body: AgreeToTransferDto },
  refuse: { action: 'transfer.refuse', body: RefuseTransferDto },
  accept: { action: 'transfer.accept', body: AnswerTransferDto },
  decline: { action: 'transfer.decline', body: RefuseTransferDto },
  withdraw: { action: 'transfer.withdraw', body: AnswerTransferDto },
} as const satisfies Record<TransferStep, { action: Action; body: new () => object }>;

/** What may be said with a step. */
type Said = SharingDto & { readonly reason?: string; readonly keep?: Transfer['keep'] };

/** Answers and withdraws transfers. What is accepted changes hands at once, and whole (TRF-3). */
@Injectable()
export class TransferStepsService {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly offers: TransferOffersService,
    private readonly whole: WholeCases,
  ) {}

  async take(call: Call, id: string, step: TransferStep) {
    const { action, body } = STEPS[step];
    const act = { action, call, objects: [{ t: 'transfer' as const, id }] };
    const done = await this.unit.run(act, async (tx) => {
      const { transfer: seen } = await visibleTransfer(tx, id);
      const stream = await tx.lock(seen.caseId);
      const { transfer: was, side } = await visibleTransfer(tx, id);
      expectVersion(call, 'transfer', was.version);
      demand(tx.actor, action);
      if (!mayTakeStep(step, side, was.state))
        throw new Forbidden('transfer.forbidden', 'You may not do this', [`transfer.not-for-${side}`]);
      if (side === 'owner')
        await demandOwner(tx, { id: was.caseId, leadOrg: was.fromOrg, level: 'contributor' }, action);
      const { reason, keep, ...said } = valid<Said>(body, call.body ?? {});
      const stepped = takeStep(was, step, { by: tx.actor.id, at: tx.now, ...(reason ? { reason } : {}) });
      let now = { ...stepped, keep: keep ?? stepped.keep };
      if (step === 'agree' && (await isOnOffer(tx, was.caseId)))
        throw new Conflict('transfer.open', 'This case is on offer already');
      if (step === 'agree') {
        const record = await visibleCase(tx, was.caseId);
        const passing = { toOrg: now.toOrg!, keep: now.keep };
        now = { ...now, ...(await this.offers.permitted(tx, record, passing, said)) };
      }
      if (step === 'accept') await this.changeHands(tx, stream, now);
      await replaceTransfer(tx, now);
      await publishTransfer(tx, stream, now);
      if (step === 'agree') await recordTransferEnd(tx, now, this.whole.acknowledgeWithinHours);
      if (step === 'accept' || step === 'decline') await recordTransferEnd(tx, now);
      return { id, version: now.version, status: now.state };
    });
    return { ...done.value, receipt: done.receipt };
  }

  /**
   * An offer may be open for days: that the case may go is decided again when it does, and so is whether the agency that leads
   * it until now may go on seeing what the other will hold. Throws NotShared, and nothing has changed hands.
   */
  private async permits(tx: Tx, t: Transfer): Promise<{ taken: Permit; kept: Permit | null; sharing: Sharing }> {
    const { kind: pathway, people } = await caseOnOffer(tx, t.id);
    const said = { ...(t.purpose ? { purpose: t.purpose } : {}), ...(t.consent ? { consent: t.consent } : {}) };
    const sharing = this.whole.said(tx, { kind: pathway }, said);
    const [byId, toOrg] = [tx.actor.id, t.toOrg!];
    const taken = await this.whole.permit(tx, { kind: 'CONSULT', fromOrg: t.fromOrg, toOrg, byId, people, sharing });
    const under = { taken, sharing: withoutWords(sharing) };
    if (t.keep === 'nothing') return { ...under, kept: null };
    const back = { kind: 'DISCLOSE', fromOrg: toOrg, toOrg: t.fromOrg } as const;
    return { ...under, kept: await this.whole.permit(tx, { ...back, byId, people, sharing }) };
  }

  private async changeHands(tx: Tx, stream: Stream, t: Transfer): Promise<void> {
    const [toOrg, toId] = [t.toOrg!, t.toId!];
    const permits = await this.permits(tx, t);
    const { previousOwner } = await takeOver(tx, t.id, permits);
    const from = tx.now.toISOString();
    const restricted = await isRestricted(tx, t.caseId);
    const access = (orgId: string, level: AccessLevel, permit: Permit | null): void =>
      stream.publish(CaseAccessChanged, {
        ...{ caseId: t.caseId, orgId, level, restricted, from },
        ...(permit ? { decisionId: permit.decisionId } : { to: from }),
      });
    access(toOrg, 'lead', permits.taken);
    access(t.fromOrg, t.keep === 'nothing' ? 'lead' : t.keep, permits.kept);
    stream.publish(CaseOwnerChanged, {
      ...{ caseId: t.caseId, ownerId: toId, orgId: toOrg, previousOwnerId: previousOwner, previousOrg: t.fromOrg },
      byId: tx.actor.id,
    });
    tx.about({
      objects: [{ t: 'staff', id: previousOwner }],
      detail: { owner: { from: previousOwner, to: toId }, lead: { from: t.fromOrg, to: toOrg }, keep: t.keep },
    });
  }
}
