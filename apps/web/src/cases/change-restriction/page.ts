import { Id } from '@concordat/platform';
import { Get, Post } from '@nestjs/common';
import { Access } from '../../apis/access';
import { dateParts, formOf, type Form } from '../../design/form';
import { Page, show, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';
import { headingOf } from '../opened';
import { readTerms, restrictionIn, RestrictingCases, staffChoices, type Restricting } from '../restricting';

/** Names other staff for a restriction, or moves its review. For the lead agency's safeguarding leads. */
@Page({
  at: 'cases/:id/restrictions/:restrictionId/change',
  folder: 'cases/change-restriction',
  may: 'restriction.change',
  states: ['filled', 'error', 'conflict'],
})
export class ChangeRestrictionPage {
  constructor(
    private readonly restricting: RestrictingCases,
    private readonly access: Access,
  ) {}

  @Get()
  async show(@Visiting() visit: Visit, @Id() id: string, @Id('restrictionId') restrictionId: string): Promise<View> {
    const [opened, rules] = [await this.restricting.toRestrict(visit, id), await this.access.kinds(visit)];
    const { named, version, reviewOn } = restrictionIn(opened, restrictionId);
    const values = { named: [...named], ...dateParts('reviewOn', reviewOn) };
    return view(opened, rules.reviewWithinDays, formOf({ version, values }));
  }

  @Post()
  async send(
    @Visiting() visit: Visit,
    @Id() id: string,
    @Id('restrictionId') restrictionId: string,
    @Sent() sent: Submitted,
  ): Promise<View | Redirect> {
    const { body, problems } = readTerms(sent);
    const { reviewWithinDays } = await this.access.kinds(visit);
    return this.restricting.send(visit, id, sent, {
      problems,
      done: 'changed',
      field: 'reason',
      change: (sending) => this.access.changeRestriction(visit, restrictionId, body, sending),
      again: (opened, form, status) =>
        view(opened, reviewWithinDays, form(restrictionIn(opened, restrictionId).version), status),
    });
  }
}

function view(opened: Restricting, days: number, form: Form, status = 200): View {
  return show({ record: opened.record, heading: headingOf(opened), form, days, staff: staffChoices(opened) }, status);
}
