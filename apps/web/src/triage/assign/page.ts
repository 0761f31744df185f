import { Id } from '@concordat/platform';
import { Get, Post } from '@nestjs/common';
import { Identity } from '../../apis/identity';
import { Page, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';
import { Acting, type Step } from '../acting';
import { colleagues, parseFor } from './form';

/** Gives a referral to a member of staff, or to nobody. */
@Page({
  at: 'triage/:id/assign',
  folder: 'triage/assign',
  may: 'referral.assign',
  states: ['empty', 'error', 'conflict', 'closed'],
})
export class AssignPage {
  constructor(
    private readonly acting: Acting,
    private readonly identity: Identity,
  ) {}

  @Get()
  show(@Visiting() visit: Visit, @Id() id: string): Promise<View> {
    return this.acting.form(visit, id, this.step(visit));
  }

  @Post()
  send(@Visiting() visit: Visit, @Id() id: string, @Sent() sent: Submitted): Promise<View | Redirect> {
    return this.acting.send(visit, id, this.step(visit), sent);
  }

  private step({ person }: Visit): Step {
    return {
      name: 'assign',
      path: 'assignment',
      done: '?done=assigned',
      parse: parseFor(person.id),
      data: async ({ referral }, visit) => ({
        colleagues: colleagues(await this.identity.staffOf(visit, person.organisation.id), person.id, referral.areaId),
      }),
    };
  }
}
