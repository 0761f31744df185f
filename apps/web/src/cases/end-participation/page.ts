import { Forbidden, Id, NotFound } from '@concordat/platform';
import { Get, Post } from '@nestjs/common';
import { Directory } from '../../apis/directory';
import { Records } from '../../apis/records';
import { formOf, type Form } from '../../design/form';
import { Page, show, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';
import { agenciesOf, Cases, headingOf, type OpenedCase } from '../opened';
import { Participating, type CaseConflict } from '../participating';

/** Ends an agency's part in a case, once that is confirmed. For the lead agency. */
@Page({
  at: 'cases/:id/agencies/:orgId/end',
  folder: 'cases/end-participation',
  may: 'case.change-participation',
  states: ['confirm', 'conflict'],
})
export class EndParticipationPage {
  constructor(
    private readonly cases: Cases,
    private readonly participating: Participating,
    private readonly records: Records,
    private readonly directory: Directory,
  ) {}

  @Get()
  async show(@Visiting() visit: Visit, @Id() id: string, @Id('orgId') orgId: string): Promise<View> {
    const opened = await this.cases.open(visit, id);
    if (!opened.record.may.changeParticipation)
      throw new Forbidden('page.forbidden', 'The lead agency decides who takes part');
    return this.page(opened, orgId, formOf({ version: opened.record.version }));
  }

  @Post()
  async send(
    @Visiting() visit: Visit,
    @Id() id: string,
    @Id('orgId') orgId: string,
    @Sent() sent: Submitted,
  ): Promise<View | Redirect> {
    const names = await this.directory.names(visit);
    return this.participating.send(visit, id, sent, {
      problems: [],
      yours: [{ key: 'End the part of', value: names.organisation(orgId) }],
      done: 'ended',
      change: (act) => this.records.endParticipation(visit, id, orgId, act),
      again: (opened, form, status, conflict) => this.page(opened, orgId, form, status, conflict),
    });
  }

  private page(opened: OpenedCase, orgId: string, form: Form, status = 200, conflict?: CaseConflict): View {
    const agency = agenciesOf(opened).now.find((a) => a.orgId === orgId && a.mayEnd);
    if (!agency && !conflict) throw new NotFound('participation');
    const { record } = opened;
    return show(
      { record, heading: headingOf(opened), form, agency, conflict: conflict && { ...conflict, closed: !agency } },
      status,
    );
  }
}
