import { Forbidden, Id } from '@concordat/platform';
import { Get, Post } from '@nestjs/common';
import { Directory } from '../../apis/directory';
import { Records } from '../../apis/records';
import { HandOver } from '../../apis/hand-over';
import { formAgain, formOf, type Form } from '../../design/form';
import { Page, show, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';
import { Refusals, type NotShared } from '../../hand-over/not-shared';
import { sharingChoices, usualPurpose } from '../../hand-over/sharing';
import { Cases, headingOf, LEVELS, type OpenedCase } from '../opened';
import { Participating, type CaseConflict } from '../participating';
import { agencyChoices, levelChoices, parse } from './form';

/** Lets an agency take part in a case, or changes its part. For the lead agency. */
@Page({
  at: 'cases/:id/agencies/add',
  folder: 'cases/add-agency',
  may: 'case.change-participation',
  states: ['empty', 'error', 'unchanged', 'not-shared', 'conflict'],
})
export class AddAgencyPage {
  constructor(
    private readonly cases: Cases,
    private readonly participating: Participating,
    private readonly records: Records,
    private readonly directory: Directory,
    private readonly handOver: HandOver,
    private readonly refusals: Refusals,
  ) {}

  @Get()
  async show(@Visiting() visit: Visit, @Id() id: string): Promise<View> {
    const opened = await this.cases.open(visit, id);
    if (!opened.record.may.changeParticipation)
      throw new Forbidden('page.forbidden', 'The lead agency decides who takes part');
    const purpose = usualPurpose(await this.handOver.practice(visit), opened.record.kind);
    return this.page(visit, opened, formOf({ version: opened.record.version, values: { purpose } }));
  }

  @Post()
  async send(@Visiting() visit: Visit, @Id() id: string, @Sent() sent: Submitted): Promise<View | Redirect> {
    const { body, problems } = parse(sent);
    const { orgId, level } = body;
    const organisations = await this.directory.organisations(visit);
    const send = this.participating.send(visit, id, sent, {
      problems,
      yours: [
        { key: 'Agency', value: organisations.find((o) => o.id === orgId)?.name ?? 'Not selected' },
        { key: 'Part', value: LEVELS[level as keyof typeof LEVELS] ?? 'Not selected' },
      ],
      done: 'changed',
      change: (act) => this.records.changeParticipation(visit, id, body, act),
      again: (opened, form, status, conflict) => this.page(visit, opened, form, status, { conflict }),
    });
    return send.catch((error: unknown) => this.notShared(visit, id, sent, error));
  }

  /** What they wrote is kept: another purpose may be allowed. Throws whatever is no such refusal. */
  private async notShared(visit: Visit, id: string, sent: Submitted, error: unknown): Promise<View> {
    const refused = await this.refusals.told(visit, error, { whom: 'orgId' });
    if (!refused) throw error;
    const opened = await this.cases.open(visit, id);
    return this.page(visit, opened, formAgain(sent, refused.problems), 403, { refused });
  }

  private async page(
    visit: Visit,
    opened: OpenedCase,
    form: Form,
    status = 200,
    between: { readonly conflict?: CaseConflict | undefined; readonly refused?: NotShared } = {},
  ): Promise<View> {
    const { record } = opened;
    const agencies = agencyChoices(await this.directory.organisations(visit), record);
    const sharing = sharingChoices(await this.handOver.practice(visit));
    const parts = { record, heading: headingOf(opened), form, agencies, levels: levelChoices, sharing };
    return show({ ...parts, ...between }, status);
  }
}
