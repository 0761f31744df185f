import { Id } from '@concordat/platform';
import { Get, Post } from '@nestjs/common';
import { Access } from '../../apis/access';
import { formOf, type Form } from '../../design/form';
import { Page, show, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';
import { headingOf } from '../opened';
import { restrictionIn, RestrictingCases, type Restricting } from '../restricting';

/** Lifts a restriction, once that is confirmed and a reason given. For the lead agency's safeguarding leads. */
@Page({
  at: 'cases/:id/restrictions/:restrictionId/lift',
  folder: 'cases/lift-restriction',
  may: 'restriction.lift',
  states: ['confirm', 'error'],
})
export class LiftRestrictionPage {
  constructor(
    private readonly restricting: RestrictingCases,
    private readonly access: Access,
  ) {}

  @Get()
  async show(@Visiting() visit: Visit, @Id() id: string, @Id('restrictionId') restrictionId: string): Promise<View> {
    const opened = await this.restricting.toRestrict(visit, id);
    return view(opened, formOf({ version: restrictionIn(opened, restrictionId).version }));
  }

  @Post()
  send(
    @Visiting() visit: Visit,
    @Id() id: string,
    @Id('restrictionId') restrictionId: string,
    @Sent() sent: Submitted,
  ): Promise<View | Redirect> {
    const reason = sent.text('reason');
    return this.restricting.send(visit, id, sent, {
      problems: reason ? [] : [{ field: 'reason', code: 'required', message: 'Enter why the restriction is lifted' }],
      done: 'lifted',
      field: 'reason',
      change: (sending) => this.access.liftRestriction(visit, restrictionId, { reason }, sending),
      again: (opened, form, status) => view(opened, form(restrictionIn(opened, restrictionId).version), status),
    });
  }
}

function view(opened: Restricting, form: Form, status = 200): View {
  return show({ record: opened.record, heading: headingOf(opened), form }, status);
}
