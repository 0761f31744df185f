import { demand } from '@concordat/access';
import { KeyFactsChanged, OnwardReferralChanged, type Action } from '@concordat/contracts';
import { UnitOfWork, type Stream, type Tx } from '@concordat/messaging';
import { Forbidden, valid, type Call, expectVersion } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { recordReferralEnd } from '../../both-ends';
import { isOpen, mayTake, take, type OnwardReferral, type Step } from '../../onward-referral';
import { addToTimeline } from '../../timeline';
import { AnswerReferralDto, CompleteReferralDto, DeclineReferralDto } from './onward-referrals.dto';
import { doReferredAction, replaceReferral, visibleReferral } from './onward-referrals.repository';

type Answer = Exclude<Step, 'expire'>;

/** As what each step is audited, and with which body. */
const STEPS = {
  accept: { action: 'referral.accept', body: AnswerReferralDto, happened: 'onward-accepted' },
  decline: { action: 'referral.decline', body: DeclineReferralDto, happened: 'onward-declined' },
  withdraw: { action: 'referral.withdraw', body: AnswerReferralDto, happened: 'onward-withdrawn' },
  complete: { action: 'referral.complete', body: CompleteReferralDto, happened: 'onward-completed' },
} as const satisfies Record<Answer, { action: Action; body: new () => { note?: string }; happened: string }>;

/** By either, its recipient has what was disclosed to them: the other end of what the offer put on record. */
const ANSWERED: readonly Answer[] = ['accept', 'decline'];

/** Answers and ends referrals between agencies. Whoever answers for another is kept beside them (REF-18). */
@Injectable()
export class AnswersService {
  constructor(private readonly unit: UnitOfWork) {}

  async take(call: Call, id: string, step: Answer) {
    const { action, body } = STEPS[step];
    const act = { action, call, objects: [{ t: 'referral' as const, id }] };
    const done = await this.unit.run(act, async (tx) => {
      const { referral: seen } = await visibleReferral(tx, id);
      const stream = await tx.lock(seen.caseId);
      const { referral: was, side } = await visibleReferral(tx, id);
      expectVersion(call, 'referral', was.version);
      demand(tx.actor, action);
      if (!mayTake(step, side, was.state))
        throw new Forbidden('referral.forbidden', 'You may not do this', [`referral.not-for-${side}`]);
      const { note } = valid<{ note?: string }>(body, call.body ?? {});
      if (step === 'complete' && was.actionId && isOpen(step, was.state)) await this.doAction(tx, stream, was, note!);
      const now = take(was, step, { by: tx.actor.id, at: tx.now, ...(note ? { note } : {}) });
      await replaceReferral(tx, now);
      await told(tx, now, STEPS[step].happened);
      stream.publish(OnwardReferralChanged, {
        ...{ onwardReferralId: id, caseId: now.caseId, state: now.state, byId: tx.actor.id },
      });
      tx.about({
        subjects: now.people,
        objects: [
          { t: 'referral', id, ver: String(now.version) },
          { t: 'case', id: now.caseId },
        ],
        recipients: step === 'accept' && now.toOrg ? [{ org: now.toOrg, role: 'recipient' }] : [],
        items: step === 'accept' ? [now.view, ...now.items] : [],
        detail: note ? { note } : {},
      });
      if (ANSWERED.includes(step)) await recordReferralEnd(tx, now);
      return { id, version: now.version, status: now.state };
    });
    return { ...done.value, receipt: done.receipt };
  }

  /** What the referral is for has been done with it, unless somebody has done it before (REF-12). */
  private async doAction(
    tx: Tx,
    stream: Stream,
    { id, caseId, actionId }: OnwardReferral,
    note: string,
  ): Promise<void> {
    if (await doReferredAction(tx, id, note))
      stream.publish(KeyFactsChanged, { caseId, factId: actionId!, kind: 'step', ended: true });
    tx.about({ items: ['step'] });
  }
}

const told = (tx: Tx, now: OnwardReferral, what: string): Promise<void> =>
  addToTimeline(tx, now.caseId, {
    ...{ at: tx.now, what, orgId: now.toOrg, byId: tx.actor.id, detail: { onwardReferral: now.id } },
  });
