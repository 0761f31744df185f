import { Conflict, Forbidden, Id, Invalid, type FieldProblem } from '@concordat/platform';
import { Get, Post } from '@nestjs/common';
import { Chronology } from '../../apis/chronology';
import { Directory } from '../../apis/directory';
import { formAgain, formOf, type Form } from '../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';
import { lineOf } from '../chronology-lines';
import { inWords } from '../entry-form';
import { Cases, headingOf } from '../opened';

const CHANGED = { field: 'reason', code: 'conflict', message: 'The entry was changed meanwhile. Read it again below' };

/** Withdraws an entry of one's own agency, with a reason. It stays on record. */
@Page({
  at: 'cases/:id/chronology/:entryId/withdraw',
  folder: 'cases/withdraw-entry',
  may: 'chronology.correct',
  states: ['confirm', 'error'],
})
export class WithdrawEntryPage {
  constructor(
    private readonly cases: Cases,
    private readonly chronology: Chronology,
    private readonly directory: Directory,
  ) {}

  @Get()
  show(@Visiting() visit: Visit, @Id() id: string, @Id('entryId') entryId: string): Promise<View> {
    return this.page(visit, id, entryId, (version) => formOf({ version }));
  }

  @Post()
  async send(
    @Visiting() visit: Visit,
    @Id() id: string,
    @Id('entryId') entryId: string,
    @Sent() sent: Submitted,
  ): Promise<View | Redirect> {
    const reason = sent.text('reason');
    if (!reason) sent.wrong('reason', 'required', 'Enter why you withdraw the entry');
    let problems: readonly FieldProblem[] = sent.errors;
    if (problems.length === 0) {
      try {
        await this.chronology.withdraw(visit, id, entryId, { reason }, { key: sent.key, version: sent.version });
        return redirect(`/cases/${id}/chronology/${entryId}?done=withdrawn`);
      } catch (error) {
        if (error instanceof Conflict) problems = [CHANGED];
        else if (error instanceof Invalid) problems = inWords(error.details.errors ?? []);
        else throw error;
      }
    }
    return this.page(visit, id, entryId, (version) => formAgain(sent, problems, { version }), 422);
  }

  private async page(
    visit: Visit,
    id: string,
    entryId: string,
    form: (version: number) => Form,
    status = 200,
  ): Promise<View> {
    const opened = await this.cases.open(visit, id);
    const entry = await this.chronology.entry(visit, id, entryId);
    if (!entry.may.correct) throw new Forbidden('page.forbidden', 'Only the agency whose entry it is can withdraw it');
    const names = await this.directory.names(visit, [entry.by]);
    const line = lineOf(entry, { names, people: opened.record.people, categories: entry.categories });
    return show({ record: opened.record, heading: headingOf(opened), entry: line, form: form(entry.version) }, status);
  }
}
