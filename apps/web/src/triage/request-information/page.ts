import { Id } from '@concordat/platform';
import { Get, Post } from '@nestjs/common';
import { Page, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';
import { Acting, type Step } from '../acting';
import { reasonChoices } from '../choices';
import { parse } from './form';

const STEP: Step = {
  name: 'requestInformation',
  path: 'information-requests',
  done: '?done=information-requested',
  parse,
  data: ({ reasons }) => ({ choices: reasonChoices(reasons.return) }),
};

/** Asks the referrer for more. */
@Page({
  at: 'triage/:id/request-information',
  folder: 'triage/request-information',
  may: 'referral.request-information',
  states: ['empty', 'error', 'conflict', 'closed'],
})
export class RequestInformationPage {
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
