import { demand } from '@concordat/access';
import { NotFound } from '@concordat/contracts';
import { UnitOfWork } from '@concordat/messaging';
import { serviceActorId, systemCall, valid, type Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { createHash, timingSafeEqual } from 'node:crypto';
import { Carriers } from '../carriers/carriers';
import { noteArrival, noteNoArrival, unreachedPeople } from '../contact-details.repository';
import { afterReceipt, lostAfter } from '../notice';
import { failedNotices, failuresPaging, heldUpNotices, noteReceipt, retryNotice } from '../notices.repository';
import { FailuresDto, ReceiptDto } from './notices.dto';

class NothingNew extends Error {}

/** What went out and did not arrive: for whoever looks after an agency, and as the carrier tells. */
@Injectable()
export class NoticesService {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly carriers: Carriers,
  ) {}

  failures(call: Call) {
    return this.unit.read({ action: 'notice.list-failures', call }, async (tx) => {
      demand(tx.actor, 'notice.list-failures');
      const { cursor } = valid(FailuresDto, call.query);
      const page = await failedNotices(tx, failuresPaging(cursor));
      const heldUp = await heldUpNotices(tx);
      tx.about({ objects: page.items.map(({ id }) => ({ t: 'notice' as const, id: id as string })) });
      return { ...page, heldUp: { count: heldUp.n, since: heldUp.since }, unreached: await unreachedPeople(tx) };
    });
  }

  async retry(call: Call, id: string) {
    const act = { action: 'notice.retry', call, objects: [{ t: 'notice', id }] } as const;
    const done = await this.unit.run(act, async (tx) => {
      demand(tx.actor, 'notice.retry');
      if (!(await retryNotice(tx, id))) throw new NotFound('notice');
      return { id };
    });
    return { ...done.value, receipt: done.receipt };
  }

  /** A receipt of Notify. Whoever does not show the token is answered as though there were nothing here. */
  async receive(authorization: string, body: unknown): Promise<{ taken: boolean }> {
    const token = this.carriers.receiptsToken;
    if (token === null || !isSame(authorization, `Bearer ${token}`)) throw new NotFound('receipt');
    const { reference, status } = (body ?? {}) as Record<string, unknown>;
    const receipt = valid(ReceiptDto, { reference, status });
    const after = afterReceipt(receipt.status);
    return { taken: after !== undefined && (await this.arrived(receipt.reference, after)) };
  }

  /** What became of a notice that was taken before: said once, however often it is told. False where it changes nothing. */
  async arrived(id: string, after: NonNullable<ReturnType<typeof afterReceipt>>): Promise<boolean> {
    const failure = 'failure' in after ? after.failure : null;
    const call = systemCall(serviceActorId('notifications'), 'operation');
    const objects = [{ t: 'notice', id }] as const;
    try {
      await this.unit.run({ action: 'notice.record-outcome', call, objects }, async (tx) => {
        const noted = await noteReceipt(tx, id, failure);
        if (!noted) throw new NothingNew();
        const lost = failure && lostAfter(failure);
        if (noted.detailId && failure === null) await noteArrival(tx, noted.detailId);
        if (noted.detailId && lost !== null) await noteNoArrival(tx, noted.detailId, lost);
        tx.about({ decision: failure ?? 'delivered' });
        return {};
      });
      return true;
    } catch (error) {
      if (error instanceof NothingNew) return false;
      throw error;
    }
  }
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
const isSame = (a: string, b: string): boolean => timingSafeEqual(digest(a), digest(b));
