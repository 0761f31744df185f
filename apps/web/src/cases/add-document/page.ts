import { Forbidden, Id, Invalid, type FieldProblem } from '@concordat/platform';
import { Get, Post } from '@nestjs/common';
import { Documents } from '../../apis/documents';
import { formAgain, formOf, type Form } from '../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { compact, Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';
import { FILE_MESSAGES } from '../document-words';
import { Cases, headingOf } from '../opened';

/** Keeps a document in a case. For agencies that work on it. */
@Page({
  at: 'cases/:id/documents/add',
  folder: 'cases/add-document',
  may: 'document.keep',
  states: ['empty', 'error', 'not-taken'],
})
export class AddDocumentPage {
  constructor(
    private readonly cases: Cases,
    private readonly documents: Documents,
  ) {}

  @Get()
  show(@Visiting() visit: Visit, @Id() id: string): Promise<View> {
    return this.page(visit, id, formOf());
  }

  @Post()
  async send(@Visiting() visit: Visit, @Id() id: string, @Sent() sent: Submitted): Promise<View | Redirect> {
    const file = sent.file;
    const title = sent.text('title');
    if (!file) sent.wrong('file', 'required', 'Select a file');
    if (!title) sent.wrong('title', 'required', 'Enter what the document is');
    let problems: readonly FieldProblem[] = sent.errors;
    if (file && problems.length === 0) {
      try {
        const uploadId = await this.documents.upload(visit, id, file, sent.key);
        const more = {
          note: sent.text('note'),
          sensitive: sent.ticked('sensitive'),
          redactionOf: sent.text('redactionOf'),
        };
        await this.documents.keep(visit, id, compact({ uploadId, title, ...more }), { key: sent.key });
        return redirect(`/cases/${id}/documents?done=kept`);
      } catch (error) {
        if (!(error instanceof Invalid)) throw error;
        problems = (error.details.errors ?? []).map((p) => ({
          field: p.field === 'uploadId' ? 'file' : p.field,
          code: p.code,
          message: FILE_MESSAGES[`${p.field} ${p.code}`] ?? p.message,
        }));
      }
    }
    return this.page(visit, id, formAgain(sent, problems), 422);
  }

  private async page(visit: Visit, id: string, form: Form, status = 200): Promise<View> {
    const opened = await this.cases.open(visit, id);
    const { items, may } = await this.documents.list(visit, id);
    if (!may.keep) throw new Forbidden('page.forbidden', 'Your agency reads this case and does not add to it');
    const originals = items.filter((d) => d.redactionOf === null).map((d) => ({ value: d.id, text: d.title }));
    return show({ record: opened.record, heading: headingOf(opened), form, originals }, status);
  }
}
