import { OnwardReferralChanged } from '@concordat/contracts';
import { UnitOfWork } from '@concordat/messaging';
import { AT_ONCE_MS, Lifecycle, LOGGER, serviceActorId, Sweep, systemCall } from '@concordat/platform';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { take } from '../../onward-referral';
import { addToTimeline } from '../../timeline';
import { lockOverdue, overdueReferrals, replaceReferral } from './onward-referrals.repository';

const EVERY_MS = 10_000;
const SYSTEM = serviceActorId('records');

/** Somebody answered in time, or was first to notice: undoes the unit without a trace. */
class NothingToExpire extends Error {}

/** Ends offers that nobody answered by their date, once (REF-20). The date is the referral's own row (events.md D1). */
@Injectable()
export class ExpiryService {
  constructor(
    private readonly unit: UnitOfWork,
    lifecycle: Lifecycle,
    @Inject(LOGGER) log: Logger,
  ) {
    lifecycle.add(new Sweep('onward referral sweep', EVERY_MS, () => this.sweep(), log, AT_ONCE_MS));
  }

  /** expire ends an offer if it is that version's, unanswered and due. True when this call did. */
  async expire(id: string, version: number): Promise<boolean> {
    const objects = [{ t: 'referral' as const, id }];
    const act = { action: 'referral.expire' as const, call: systemCall(SYSTEM, 'operation'), objects };
    try {
      await this.unit.run(act, async (tx) => {
        const was = await lockOverdue(tx, id, version);
        if (!was) throw new NothingToExpire();
        const stream = await tx.lock(was.caseId);
        const now = take(was, 'expire', { by: null, at: tx.now });
        await replaceReferral(tx, now);
        await addToTimeline(tx, now.caseId, {
          ...{ at: tx.now, what: 'onward-expired', orgId: now.toOrg, detail: { onwardReferral: id } },
        });
        stream.publish(OnwardReferralChanged, { onwardReferralId: id, caseId: now.caseId, state: now.state });
        tx.about({ subjects: now.people, objects: [{ t: 'case', id: now.caseId }] });
        return { id };
      });
      return true;
    } catch (error) {
      if (error instanceof NothingToExpire) return false;
      throw error;
    }
  }

  /** sweep ends every offer that is overdue, the oldest first. */
  async sweep(): Promise<void> {
    let due: { id: string; version: number }[] = [];
    await this.unit.project(systemCall(SYSTEM, 'operation'), async (tx) => {
      due = await overdueReferrals(tx);
    });
    for (const { id, version } of due) await this.expire(id, version);
  }
}
