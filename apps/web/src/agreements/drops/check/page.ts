import { Invalid, RuleBroken, type FieldProblem } from '@concordat/platform';
import { Get, Post } from '@nestjs/common';
import { Drops, type CheckedDrop } from '../../../apis/drops';
import { today } from '../../../design/civil-date';
import { formAgain, formOf, type Form } from '../../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../../design/page';
import { Sent, type Submitted } from '../../../design/submitted';
import { textOfFile } from '../../../design/text-of-file';
import { Visiting, type Visit } from '../../../session/visit';
import { findingInWords, quarterInWords, quartersBefore } from '../words';

/** Checks a file of a depersonalised set. What was found is on record; the file is not kept. */
@Page({
  at: 'agreements/drops/check',
  folder: 'agreements/drops/check',
  may: 'drop.check',
  states: ['empty', 'error', 'refused'],
})
export class CheckDropPage {
  constructor(private readonly drops: Drops) {}

  @Get()
  show(@Visiting() visit: Visit): Promise<View> {
    return this.page(visit, formOf());
  }

  @Post()
  async send(@Visiting() visit: Visit, @Sent() sent: Submitted): Promise<View | Redirect> {
    const [set, quarter, content] = [sent.text('set'), sent.text('quarter'), textOfFile(sent.file) ?? null];
    if (!set) sent.wrong('set', 'required', 'Select the set');
    if (!quarter) sent.wrong('quarter', 'required', 'Select the quarter');
    if (!sent.file) sent.wrong('file', 'required', 'Select a file');
    else if (content === null) sent.wrong('file', 'not-text', 'The file must be a CSV file in UTF-8');
    let problems: readonly FieldProblem[] = sent.errors;
    if (set && quarter && content !== null && problems.length === 0) {
      try {
        const checked = await this.drops.check(visit, { set, quarter, content }, sent.key);
        if (checked.verdict === 'accepted') return redirect('/agreements/drops?done=accepted');
        const message = 'The file must not be shared as it is';
        return this.page(visit, formAgain(sent, [{ field: 'file', code: 'refused', message }]), 422, checked);
      } catch (error) {
        if (error instanceof Invalid)
          problems = (error.details.errors ?? []).map((p) => ({
            ...p,
            field: p.field === 'content' ? 'file' : p.field,
          }));
        else if (error instanceof RuleBroken)
          problems = [{ field: 'set', code: error.code, message: 'Your organisation does not share this set' }];
        else throw error;
      }
    }
    return this.page(visit, formAgain(sent, problems), 422);
  }

  private async page(visit: Visit, form: Form, status = 200, checked?: CheckedDrop): Promise<View> {
    const sets = await this.drops.sets(visit);
    return show(
      {
        ...{ form, checked },
        sets: sets.map(({ code, title, columns }) => ({
          ...{ value: code, text: title },
          hint: `Columns: ${columns.map(({ name }) => name).join(', ')}`,
        })),
        quarters: quartersBefore(today()).map((value) => ({ value, text: quarterInWords(value) })),
        findings: checked?.findings.map((f) => ({ ...f, text: findingInWords(f.code) })) ?? [],
        found: Object.values(checked?.counts ?? {}).reduce((sum, count) => sum + count, 0),
        back: { text: 'Back to depersonalised sets', href: '/agreements/drops' },
      },
      status,
    );
  }
}
