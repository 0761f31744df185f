import { Id } from '@concordat/platform';
import { Get, Post } from '@nestjs/common';
import { Page, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';
import { Acting, type Step } from '../acting';
import { reasonChoices } from '../choices';
import { parse } from './form';

const STEP: Step = {
  name: 'reopen',
  path: 'reopenings',
  done: '?done=reopened',
  parse,
  data: ({ reasons }) => ({ choices: reasonChoices(reasons.reopen.map((r) => ({ ...r, explain: false }))) }),
};

/** Takes up a decided referral again: it is then rated and decided afresh. */
@Page({
  at: 'triage/:id/reopen',
  folder: 'triage/reopen',
  may: 'referral.reopen',
  states: ['empty', 'error', 'conflict'],
})
export class ReopenPage {
  constructor(private readonly acting: Acting) {}

  @Get()
  show(@Visiting() visit: Visit, @Id() id: string): Promise<View> {
    return this.acting.form(visit, id, STEP);
  }

  @Post()
  send(@Visiting() visit: Visit, @Id() id: string, @Sent() sent: Submitted): Promise<View | Redirect> {
    return this.acting.send(visit, id, STEP, sent);
  }
}
