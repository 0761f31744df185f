import { Conflict, Id, Invalid, RuleBroken, type FieldProblem } from '@concordat/platform';
import { Get, Post } from '@nestjs/common';
import { Documents, type RedactionPreview } from '../../apis/documents';
import { formAgain, formOf, type Form } from '../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { compact, Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';
import { Cases, headingOf } from '../opened';
import { wantedIn } from './form';

/** Makes a redacted copy of a plain text: named, looked at, then kept. What is removed is not in the copy. */
@Page({
  at: 'cases/:id/documents/:documentId/redact',
  folder: 'cases/redact-document',
  may: 'document.keep',
  states: ['empty', 'preview', 'error', 'no-text'],
})
export class RedactDocumentPage {
  constructor(
    private readonly cases: Cases,
    private readonly documents: Documents,
  ) {}

  @Get()
  show(@Visiting() visit: Visit, @Id() id: string, @Id('documentId') documentId: string): Promise<View> {
    return this.page(visit, id, documentId, { form: formOf() });
  }

  @Post()
  async send(
    @Visiting() visit: Visit,
    @Id() id: string,
    @Id('documentId') documentId: string,
    @Sent() sent: Submitted,
  ): Promise<View | Redirect> {
    const wanted = wantedIn(sent);
    const keeps = sent.text('_then') === 'keep';
    const title = sent.text('title');
    if (wanted.passages.length + wanted.lines.length === 0 && sent.errors.length === 0)
      sent.wrong('passages', 'required', 'Enter what is to be removed');
    if (keeps && !title) sent.wrong('title', 'required', 'Enter what the copy is');
    let problems: readonly FieldProblem[] = sent.errors;
    if (problems.length === 0) {
      try {
        if (!keeps) {
          const preview = await this.documents.previewRedaction(visit, id, documentId, wanted);
          return await this.page(visit, id, documentId, { form: formAgain(sent, []), preview });
        }
        const more = { note: sent.text('note'), sensitive: sent.ticked('sensitive'), of: sent.version };
        const body = { ...wanted, ...compact({ title: title!, ...more }) };
        const copy = await this.documents.redact(visit, id, documentId, body, { key: sent.key });
        return redirect(`/cases/${id}/documents/${copy.id}?done=redacted`);
      } catch (error) {
        problems = problemsOf(error);
      }
    }
    return this.page(visit, id, documentId, { form: formAgain(sent, problems), status: 422 });
  }

  private async page(
    visit: Visit,
    id: string,
    documentId: string,
    { form, preview, status = 200 }: { form: Form; preview?: RedactionPreview; status?: number },
  ): Promise<View> {
    const opened = await this.cases.open(visit, id);
    const document = await this.documents.document(visit, id, documentId);
    const parts = { record: opened.record, heading: headingOf(opened), document };
    if (!document.may.redact) return show({ ...parts, form, isText: false }, status);
    const whole = await this.documents.previewRedaction(visit, id, documentId, { passages: [], lines: [] });
    const shown = { ...form, version: whole.version };
    return show({ ...parts, form: shown, isText: true, lines: whole.lines, preview: preview ?? null }, status);
  }
}

/** What is wrong, at its field. */
function problemsOf(error: unknown): readonly FieldProblem[] {
  if (error instanceof Invalid)
    return (error.details.errors ?? []).map((p) => ({ ...p, ...(MESSAGES[p.code] ?? {}), field: fieldOf(p.field) }));
  if (error instanceof Conflict)
    return [{ field: 'passages', code: error.code, message: 'There is a newer version. Look at it again below' }];
  if (error instanceof RuleBroken) return [{ field: 'passages', code: error.code, message: error.message }];
  throw error;
}

const fieldOf = (field: string): string => field.split('.')[0] ?? field;

const MESSAGES: Readonly<Record<string, { readonly message: string }>> = {
  'redaction.not-found': { message: 'Each passage must stand in the document as you enter it. One does not' },
  'redaction.says-it': { message: 'This must not say what you remove' },
  'redaction.no-line': { message: 'Enter numbers of lines that the document has' },
  'redaction.still-there': { message: 'One passage would still be there. Enter fewer words, or remove the whole line' },
};
