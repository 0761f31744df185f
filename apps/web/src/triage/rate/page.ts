import { Id } from '@concordat/platform';
import { Get, Post } from '@nestjs/common';
import { Page, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';
import { Acting, type Step } from '../acting';
import { choices, parse } from './form';

const STEP: Step = {
  name: 'rate',
  path: 'ratings',
  done: '?done=rated',
  parse,
  begin: ({ referral }): Record<string, string> => (referral.colour ? { colour: referral.colour } : {}),
  data: (opened) => ({ choices: choices(opened) }),
};

/** Gives a referral its colour, or changes it. */
@Page({
  at: 'triage/:id/rate',
  folder: 'triage/rate',
  may: 'referral.rate',
  states: ['empty', 'error', 'conflict', 'closed'],
})
export class RatePage {
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
