import { demand, mayNot } from '@concordat/access';
import { UnitOfWork, type Tx } from '@concordat/messaging';
import { Invalid, valid, type Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { isStepOpen, mayTakeStep, shownTo, type TransferStep } from '../../transfer';
import { Looks } from '../../looks';
import { visibleCase } from '../../visible-case';
import { ListTransfersDto, OwnershipDto } from './transfers.dto';
import {
  countTransfers,
  isOnOffer,
  markAssignmentsTold,
  markTransferSeen,
  ownerOf,
  ownersOf,
  transfersIn,
  transfersOf,
  untoldAssignments,
  visibleTransfer,
  type SidedTransfer,
} from './transfers.repository';

const STEPS = ['agree', 'refuse', 'accept', 'decline', 'withdraw'] as const satisfies readonly TransferStep[];

/** Reads transfers and who owns a case. Neither side sees anything of the case through a transfer. */
@Injectable()
export class TransfersService {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly looks: Looks,
  ) {}

  list(call: Call) {
    return this.unit.read({ action: 'transfer.list', call }, async (tx) => {
      demand(tx.actor, 'transfer.list');
      const page = await transfersIn(tx, valid(ListTransfersDto, call.query));
      return { ...page, items: told(tx, page.items), counts: await countTransfers(tx) };
    });
  }

  view(call: Call, id: string) {
    return this.unit.read({ action: 'transfer.view', call, objects: [{ t: 'transfer', id }] }, async (tx) => {
      const sided = await visibleTransfer(tx, id);
      demand(tx.actor, 'transfer.view');
      if (sided.news) await markTransferSeen(tx, id);
      return told(tx, [sided])[0]!;
    });
  }

  /** Cases that colleagues gave to the caller, or from them to others, until they have looked at who owns them (ASG-3). */
  assignments(call: Call) {
    return this.unit.read({ action: 'transfer.list', call }, async (tx) => {
      demand(tx.actor, 'transfer.list');
      const items = await untoldAssignments(tx);
      tx.about({ objects: items.map((a) => ({ t: 'case', id: a.caseId })), items: ['assignments'] });
      return { items };
    });
  }

  /** Who owns a case and owned it, and its transfers. With `on`, who owned it at that moment (TRF-14). */
  ofCase(call: Call, caseId: string) {
    return this.unit.read({ action: 'case.view', call, objects: [{ t: 'case', id: caseId }] }, async (tx) => {
      const record = await visibleCase(tx, caseId);
      await this.looks.demand(tx, record);
      const { on } = valid(OwnershipDto, call.query);
      const at = on === undefined ? tx.now : new Date(on);
      if (Number.isNaN(at.getTime()))
        throw new Invalid([
          { field: 'on', code: 'not-a-date', message: 'Enter a date and time, like 2026-11-28T10:00:00Z' },
        ]);
      const owners = await ownersOf(tx, caseId);
      const owner = owners.findLast((o) => o.from <= at && (o.to === null || o.to > at)) ?? null;
      const standing = { orgs: [record.leadOrg], level: record.level };
      const may = (action: 'transfer.offer' | 'case.assign'): boolean => mayNot(tx.actor, action, standing) === null;
      const owns = tx.actor.roles.includes('safeguarding-lead') || (await ownerOf(tx, caseId)) === tx.actor.id;
      const onOffer = await isOnOffer(tx, caseId);
      await markAssignmentsTold(tx, caseId);
      tx.about({ items: ['ownership'] });
      return {
        ...{ id: caseId, version: record.version, owner, owners, onOffer },
        transfers: told(tx, await transfersOf(tx, caseId)),
        may: {
          transfer: may('transfer.offer') && owns,
          assign: may('case.assign'),
          request: mayNot(tx.actor, 'transfer.request') === null && record.leadOrg !== tx.actor.orgId,
        },
      };
    });
  }
}

function told(tx: Tx, list: readonly SidedTransfer[]) {
  tx.about({ objects: list.map(({ transfer: t }) => ({ t: 'transfer', id: t.id, ver: String(t.version) })) });
  const stands = (side: SidedTransfer['side'], owns: boolean): boolean =>
    side === 'recipient' || owns || tx.actor.roles.includes('safeguarding-lead');
  return list.map(({ transfer: t, side, owns, news }) => ({
    ...{ ...shownTo(side, t), side, news },
    may: Object.fromEntries(
      STEPS.map((step) => [step, stands(side, owns) && mayTakeStep(step, side, t.state) && isStepOpen(step, t.state)]),
    ) as Record<TransferStep, boolean>,
  }));
}
