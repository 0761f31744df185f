import { Forbidden, Id } from '@concordat/platform';
import { Get, Post } from '@nestjs/common';
import { Directory } from '../../apis/directory';
import { Records } from '../../apis/records';
import { formOf, type Form } from '../../design/form';
import { Page, show, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';
import { Cases, headingOf, LEVELS, type OpenedCase } from '../opened';
import { Participating, type CaseConflict } from '../participating';
import { agencyChoices, levelChoices, parse } from './form';

/** Lets an agency take part in a case, or changes its part. For the lead agency. */
@Page({
  at: 'cases/:id/agencies/add',
  folder: 'cases/add-agency',
  may: 'case.change-participation',
  states: ['empty', 'error', 'unchanged', 'conflict'],
})
export class AddAgencyPage {
  constructor(
    private readonly cases: Cases,
    private readonly participating: Participating,
    private readonly records: Records,
    private readonly directory: Directory,
  ) {}

  @Get()
  async show(@Visiting() visit: Visit, @Id() id: string): Promise<View> {
    const opened = await this.cases.open(visit, id);
    if (!opened.record.may.changeParticipation)
      throw new Forbidden('page.forbidden', 'The lead agency decides who takes part');
    return this.page(visit, opened, formOf({ version: opened.record.version }));
  }

  @Post()
  async send(@Visiting() visit: Visit, @Id() id: string, @Sent() sent: Submitted): Promise<View | Redirect> {
    const { orgId, level, problems } = parse(sent);
    const organisations = await this.directory.organisations(visit);
    return this.participating.send(visit, id, sent, {
      problems,
      yours: [
        { key: 'Agency', value: organisations.find((o) => o.id === orgId)?.name ?? 'Not selected' },
        { key: 'Part', value: LEVELS[level as keyof typeof LEVELS] ?? 'Not selected' },
      ],
      done: 'changed',
      change: (act) => this.records.changeParticipation(visit, id, { orgId, level }, act),
      again: (opened, form, status, conflict) => this.page(visit, opened, form, status, conflict),
    });
  }

  private async page(
    visit: Visit,
    opened: OpenedCase,
    form: Form,
    status = 200,
    conflict?: CaseConflict,
  ): Promise<View> {
    const { record } = opened;
    const agencies = agencyChoices(await this.directory.organisations(visit), record);
    return show({ record, heading: headingOf(opened), form, agencies, levels: levelChoices, conflict }, status);
  }
}
