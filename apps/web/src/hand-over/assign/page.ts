import { Forbidden, Id } from '@concordat/platform';
import { Get, Post } from '@nestjs/common';
import { Bulk } from '../../apis/bulk';
import { Transfers } from '../../apis/transfers';
import { Cases, headingOf } from '../../cases/opened';
import { formAgain, formOf, type Form } from '../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';
import { Picker } from '../picker';
import { problemsIn } from '../whom';

/** Gives a case to a colleague, at once. */
@Page({
  at: 'cases/:id/assign',
  folder: 'hand-over/assign',
  may: 'case.assign',
  states: ['empty', 'error', 'owned-already', 'conflict'],
})
export class AssignCasePage {
  constructor(
    private readonly cases: Cases,
    private readonly transfers: Transfers,
    private readonly bulk: Bulk,
    private readonly picker: Picker,
  ) {}

  @Get()
  async show(@Visiting() visit: Visit, @Id() id: string): Promise<View> {
    const { may, version } = await this.transfers.ownership(visit, id);
    if (!may.assign) throw new Forbidden('page.forbidden', 'The lead agency decides who owns this case');
    return this.page(visit, id, () => formOf({ version }));
  }

  @Post()
  async send(@Visiting() visit: Visit, @Id() id: string, @Sent() sent: Submitted): Promise<View | Redirect> {
    const ownerId = sent.text('ownerId');
    if (!ownerId) {
      const problem = { field: 'ownerId', code: 'required', message: 'Select who is to own the case' };
      return this.page(visit, id, () => formAgain(sent, [problem]), 422);
    }
    try {
      await this.bulk.assign(visit, id, ownerId, { key: sent.key, version: sent.version });
      return redirect(`/cases/${id}/hand-over?done=assigned`);
    } catch (error) {
      const problems = problemsIn(error, { field: 'ownerId', message: 'They own this case already' });
      if (problems) return this.page(visit, id, () => formAgain(sent, problems), 422);
      const conflict = { closed: false, theirs: [], yours: [] };
      return this.page(visit, id, (version) => formAgain(sent, [], { version }), 409, conflict);
    }
  }

  private async page(
    visit: Visit,
    id: string,
    form: (version: number) => Form,
    status = 200,
    conflict?: object,
  ): Promise<View> {
    const [opened, staff] = await Promise.all([this.cases.open(visit, id), this.picker.colleagues(visit)]);
    const { record } = opened;
    return show({ record, heading: headingOf(opened), form: form(record.version), staff, conflict }, status);
  }
}
