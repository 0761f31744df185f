import { Forbidden, Id, Invalid, type FieldProblem } from '@concordat/platform';
import { Get, Post } from '@nestjs/common';
import { Chronology } from '../../apis/chronology';
import { formAgain, formOf, type Form } from '../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';
import { choicesFor, entryField, inWords, readEntry } from '../entry-form';
import { Cases, headingOf, type OpenedCase } from '../opened';

/** Adds what happened to a chronology. For agencies that work on the case. */
@Page({
  at: 'cases/:id/chronology/add',
  folder: 'cases/add-to-chronology',
  may: 'chronology.record',
  states: ['empty', 'error'],
})
export class AddToChronologyPage {
  constructor(
    private readonly cases: Cases,
    private readonly chronology: Chronology,
  ) {}

  @Get()
  async show(@Visiting() visit: Visit, @Id() id: string): Promise<View> {
    return this.page(visit, await this.cases.open(visit, id), formOf());
  }

  @Post()
  async send(@Visiting() visit: Visit, @Id() id: string, @Sent() sent: Submitted): Promise<View | Redirect> {
    const opened = await this.cases.open(visit, id);
    const body = readEntry(sent, opened);
    let problems: readonly FieldProblem[] = sent.errors;
    if (problems.length === 0) {
      try {
        await this.chronology.record(visit, id, body, { key: sent.key });
        return redirect(`/cases/${id}/chronology?done=recorded`);
      } catch (error) {
        if (!(error instanceof Invalid)) throw error;
        problems = inWords(error.details.errors ?? []);
      }
    }
    return this.page(visit, opened, formAgain(sent, problems, { fieldOf: entryField }), 422);
  }

  private async page(visit: Visit, opened: OpenedCase, form: Form, status = 200): Promise<View> {
    const { record } = opened;
    const { may, categories } = await this.chronology.list(visit, record.id, { limit: 1 });
    if (!may.record) throw new Forbidden('page.forbidden', 'Your agency reads this case and does not add to it');
    return show({ record, heading: headingOf(opened), form, choices: choicesFor(opened, categories) }, status);
  }
}
