import { Id } from '@concordat/platform';
import { Get, Param, Post } from '@nestjs/common';
import { HandOver } from '../../apis/hand-over';
import { Transfers, type TransferStep } from '../../apis/transfers';
import { Page, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';
import { Refusals } from '../not-shared';
import { sharingChoices } from '../sharing';
import { sendStep, showStep, wordingOf, type Stepping, type Wording } from '../stepping';
import { KEPT_DEFAULT, KEPT_PARTS } from '../transfer-words';

const NOTE = { label: 'Note', hint: 'Optional. The other side sees it' };
const STEPS: Readonly<Record<TransferStep, Wording>> = {
  agree: {
    title: 'Agree to hand over this case',
    effect: 'The case is offered to whoever asked for it. You own it until they accept.',
    label: '',
    button: 'Offer the case',
    shares: true,
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
  states: ['agree', 'refuse', 'accept', 'decline', 'withdraw', 'error', 'not-shared', 'conflict'],
})
export class AnswerTransferPage {
  constructor(
    private readonly transfers: Transfers,
    private readonly handOver: HandOver,
    private readonly refusals: Refusals,
  ) {}

  @Get()
  async show(@Visiting() visit: Visit, @Id() id: string, @Param('step') step: string): Promise<View> {
    return showStep(await this.stepping(visit, id, step), { keep: KEPT_DEFAULT });
  }

  @Post()
  async send(
    @Visiting() visit: Visit,
    @Id() id: string,
    @Param('step') step: string,
    @Sent() sent: Submitted,
  ): Promise<View | Redirect> {
    return sendStep(await this.stepping(visit, id, step), sent);
  }

  private async stepping(visit: Visit, id: string, step: string): Promise<Stepping> {
    const wording = wordingOf(STEPS, step);
    const sharing = wording.shares ? sharingChoices(await this.handOver.practice(visit)) : undefined;
    return {
      ...{ at: `/hand-over/transfers/${id}`, noun: 'transfer', field: 'reason', step, wording, sharing },
      told: (error) => this.refusals.told(visit, error, { whom: step === 'agree' ? 'keep' : 'reason' }),
      look: () => this.transfers.one(visit, id),
      take: (body, sent) => this.transfers.take(visit, id, step as TransferStep, body, sent),
    };
  }
}
