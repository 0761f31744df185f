import { Id } from '@concordat/platform';
import { Get, Param, Post } from '@nestjs/common';
import { HandOver, type AnswerStep } from '../../apis/hand-over';
import { Page, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';
import { sendStep, showStep, wordingOf, type Stepping, type Wording } from '../stepping';

const STEPS: Readonly<Record<AnswerStep, Wording>> = {
  accept: {
    title: 'Accept this referral',
    effect: 'You and your manager see what was agreed, and the sender is told. Whatever you open is on record.',
    label: 'Note',
    hint: 'Optional. The sender sees it',
    button: 'Accept referral',
  },
  decline: {
    title: 'Decline this referral',
    effect: 'The sender is told your reason, and you see the offer no more.',
    label: 'Why do you decline?',
    needed: 'Enter why you decline',
    button: 'Decline referral',
  },
  withdraw: {
    title: 'End this referral',
    effect: 'The recipient sees nothing of the case any more. That you ended it, and when, is kept.',
    label: 'Why does it end?',
    hint: 'Optional',
    button: 'End referral',
  },
  complete: {
    title: 'Complete this referral',
    effect: 'The sender is told what was done, and you see what was agreed no more.',
    label: 'What was done?',
    needed: 'Enter what was done',
    button: 'Complete referral',
  },
};

/** Answers or ends a referral between agencies, one step at a time. */
@Page({
  at: 'hand-over/referrals/:id/:step',
  folder: 'hand-over/answer',
  may: ['referral.accept', 'referral.withdraw'],
  states: ['accept', 'decline', 'withdraw', 'complete', 'error', 'conflict'],
})
export class AnswerReferralPage {
  constructor(private readonly handOver: HandOver) {}

  @Get()
  show(@Visiting() visit: Visit, @Id() id: string, @Param('step') step: string): Promise<View> {
    return showStep(this.stepping(visit, id, step));
  }

  @Post()
  send(
    @Visiting() visit: Visit,
    @Id() id: string,
    @Param('step') step: string,
    @Sent() sent: Submitted,
  ): Promise<View | Redirect> {
    return sendStep(this.stepping(visit, id, step), sent);
  }

  private stepping(visit: Visit, id: string, step: string): Stepping {
    return {
      ...{ at: `/hand-over/referrals/${id}`, noun: 'referral', field: 'note', step, wording: wordingOf(STEPS, step) },
      look: () => this.handOver.referral(visit, id),
      take: (body, sent) => this.handOver.answer(visit, id, step as AnswerStep, body, sent),
    };
  }
}
