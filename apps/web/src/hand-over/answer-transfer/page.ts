import { Id } from '@concordat/platform';
import { Get, Param, Post } from '@nestjs/common';
import { Transfers, type TransferStep } from '../../apis/transfers';
import { Page, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';
import { sendStep, showStep, wordingOf, type Stepping, type Wording } from '../stepping';
import { KEPT_DEFAULT, KEPT_PARTS } from '../transfer-words';

const NOTE = { label: 'Note', hint: 'Optional. The other side sees it' };
const STEPS: Readonly<Record<TransferStep, Wording>> = {
  agree: {
    title: 'Agree to hand over this case',
    effect: 'The case is offered to whoever asked for it. You own it until they accept.',
    label: '',
    button: 'Offer the case',
    choice: { name: 'keep', legend: 'What does your agency keep of it?', items: KEPT_PARTS },
  },
  refuse: {
    title: 'Refuse to hand over this case',
    effect: 'Whoever asked for it is told your reason, and gains nothing.',
    label: 'Why do you refuse?',
    needed: 'Enter why you refuse',
    button: 'Refuse',
  },
  accept: {
    title: 'Accept this case',
    effect: 'The case changes hands at once, with everything in it. Your agency leads it from now on.',
    ...NOTE,
    button: 'Accept the case',
  },
  decline: {
    title: 'Decline this case',
    effect: 'Its owner is told your reason, and keeps the case.',
    label: 'Why do you decline?',
    needed: 'Enter why you decline',
    button: 'Decline the case',
  },
  withdraw: {
    title: 'Take this back',
    effect: 'Nothing changes hands. That it was offered or asked for stays on record.',
    ...NOTE,
    button: 'Take it back',
  },
};

/** Answers a transfer of a case, or takes it back, one step at a time. */
@Page({
  at: 'hand-over/transfers/:id/:step',
  folder: 'hand-over/answer-transfer',
  may: ['transfer.accept', 'transfer.decline', 'transfer.refuse', 'transfer.withdraw'],
  states: ['agree', 'refuse', 'accept', 'decline', 'withdraw', 'error', 'conflict'],
})
export class AnswerTransferPage {
  constructor(private readonly transfers: Transfers) {}

  @Get()
  show(@Visiting() visit: Visit, @Id() id: string, @Param('step') step: string): Promise<View> {
    return showStep(this.stepping(visit, id, step), { keep: KEPT_DEFAULT });
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
      ...{ at: `/hand-over/transfers/${id}`, noun: 'transfer', field: 'reason', step, wording: wordingOf(STEPS, step) },
      look: () => this.transfers.one(visit, id),
      take: (body, sent) => this.transfers.take(visit, id, step as TransferStep, body, sent),
    };
  }
}
