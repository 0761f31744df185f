import { Invalid, type FieldProblem } from '@concordat/platform';
import { Get, Post } from '@nestjs/common';
import { Imports } from '../../apis/imports';
import { formAgain, formOf, type Form } from '../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { textOfFile } from '../../design/text-of-file';
import { Visiting, type Visit } from '../../session/visit';

/** With its quotation marks written as JSON such a file fits into what a request may hold. */
const MOST_BYTES = 800_000;

/** Checks a file of chronology entries from another system, and lists those that were checked. Nothing is added yet. */
@Page({ at: 'imports', folder: 'imports/list', may: 'import.check', states: ['empty', 'error', 'filled'] })
export class ImportsPage {
  constructor(private readonly imports: Imports) {}

  @Get()
  show(@Visiting() visit: Visit): Promise<View> {
    return this.page(visit, formOf());
  }

  @Post()
  async send(@Visiting() visit: Visit, @Sent() sent: Submitted): Promise<View | Redirect> {
    const content = textOfFile(sent.file) ?? null;
    if (!sent.file) sent.wrong('file', 'required', 'Select a file');
    else if (sent.file.length > MOST_BYTES) sent.wrong('file', 'too-large', 'The file must be smaller than 800 KB');
    else if (content === null) sent.wrong('file', 'not-text', 'The file must be text in UTF-8');
    let problems: readonly FieldProblem[] = sent.errors;
    if (content !== null && problems.length === 0) {
      try {
        const of = sent.text('case');
        const format = of ? 'mais' : /^\uFEFF?\s*[[{]/.test(content) ? 'json' : 'csv';
        const { id } = await this.imports.check(visit, { format, content, ...(of ? { case: of } : {}) }, sent.key);
        return redirect(`/imports/${id}`);
      } catch (error) {
        if (!(error instanceof Invalid)) throw error;
        problems = (error.details.errors ?? []).map((p) => ({ ...p, field: p.field === 'case' ? 'case' : 'file' }));
      }
    }
    return this.page(visit, formAgain(sent, problems), 422);
  }

  private async page(visit: Visit, form: Form, status = 200): Promise<View> {
    const { items } = await this.imports.list(visit);
    return show({ form, items }, status);
  }
}
