import { Id } from '@concordat/platform';
import { Get, Post } from '@nestjs/common';
import { Page, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';
import { Acting, type Step } from '../acting';
import { checkOf, fieldOfOutcome, outcomesFor, parse } from './form';

const STEP: Step = {
  name: 'decide',
  path: 'decisions',
  done: '/decided',
  parse,
  check: checkOf,
  data: (opened) => ({ outcomes: outcomesFor(opened) }),
};

/** Ends triage with a decision, which is looked over before it is recorded. */
@Page({
  at: 'triage/:id/decide',
  folder: 'triage/decide',
  may: 'referral.decide',
  states: ['empty', 'error', 'check', 'conflict', 'closed'],
})
export class DecidePage {
  constructor(private readonly acting: Acting) {}

  @Get()
  show(@Visiting() visit: Visit, @Id() id: string): Promise<View> {
    return this.acting.form(visit, id, STEP);
  }

  @Post()
  send(@Visiting() visit: Visit, @Id() id: string, @Sent() sent: Submitted): Promise<View | Redirect> {
    return this.acting.send(visit, id, { ...STEP, fieldOf: fieldOfOutcome(sent) }, sent);
  }
}
