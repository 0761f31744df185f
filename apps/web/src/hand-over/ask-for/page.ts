import { Forbidden, Id } from '@concordat/platform';
import { Get, Post } from '@nestjs/common';
import { Transfers } from '../../apis/transfers';
import { Cases, headingOf } from '../../cases/opened';
import { formAgain, formOf, type Form } from '../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';
import { problemsIn } from '../whom';

/** Asks the owner of a case for it. */
@Page({
  at: 'cases/:id/ask-for',
  folder: 'hand-over/ask-for',
  may: 'transfer.request',
  states: ['empty', 'error', 'asked-already', 'conflict'],
})
export class AskForCasePage {
  constructor(
    private readonly cases: Cases,
    private readonly transfers: Transfers,
  ) {}

  @Get()
  async show(@Visiting() visit: Visit, @Id() id: string): Promise<View> {
    const { may, version } = await this.transfers.ownership(visit, id);
    if (!may.request) throw new Forbidden('page.forbidden', 'Your agency leads this case. Have it assigned to you');
    return this.page(visit, id, () => formOf({ version }));
  }

  @Post()
  async send(@Visiting() visit: Visit, @Id() id: string, @Sent() sent: Submitted): Promise<View | Redirect> {
    const reason = sent.text('reason');
    if (!reason) {
      const problem = { field: 'reason', code: 'required', message: 'Enter why you ask for it' };
      return this.page(visit, id, () => formAgain(sent, [problem]), 422);
    }
    try {
      const made = await this.transfers.request(visit, id, { reason }, { key: sent.key, version: sent.version });
      return redirect(`/hand-over/transfers/${made.id}?done=requested`);
    } catch (error) {
      const problems = problemsIn(error, { field: 'reason', message: 'You have asked for this case already' });
      // Whoever may not receive cases finds it said beside the only field there is.
      if (problems) return this.page(visit, id, () => formAgain(sent, problems, { fieldOf: () => 'reason' }), 422);
      const conflict = { closed: false, theirs: [], yours: [{ key: 'Why do you ask for it?', value: reason }] };
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
    const opened = await this.cases.open(visit, id);
    const { record } = opened;
    return show({ record, heading: headingOf(opened), form: form(record.version), conflict }, status);
  }
}
