import { Conflict, Id, Invalid, type FieldProblem } from '@concordat/platform';
import { Get, Post, Query } from '@nestjs/common';
import { Directory } from '../../apis/directory';
import { Documents } from '../../apis/documents';
import { formAgain, formOf, type Form } from '../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';
import { documentShown, FILE_MESSAGES, staffOfDocuments, versionShown } from '../document-words';
import { Cases, headingOf, subNavigationOf } from '../opened';

const FLASHES: Readonly<Record<string, string>> = {
  replaced: 'The new version has been kept',
  redacted: 'The redacted copy has been kept. What you removed is not in it',
};

/** One document: its versions, its redacted copies, and who opened it for those who may know. Its own agency adds versions. */
@Page({
  at: 'cases/:id/documents/:documentId',
  folder: 'cases/document',
  may: 'document.list',
  states: ['filled', 'read-only', 'replaced', 'error'],
})
export class DocumentPage {
  constructor(
    private readonly cases: Cases,
    private readonly documents: Documents,
    private readonly directory: Directory,
  ) {}

  @Get()
  show(
    @Visiting() visit: Visit,
    @Id() id: string,
    @Id('documentId') documentId: string,
    @Query('done') done?: string,
  ): Promise<View> {
    return this.page(visit, id, documentId, (version) => formOf({ version }), 200, done);
  }

  @Post()
  async replace(
    @Visiting() visit: Visit,
    @Id() id: string,
    @Id('documentId') documentId: string,
    @Sent() sent: Submitted,
  ): Promise<View | Redirect> {
    const [file, reason] = [sent.file, sent.text('reason')];
    if (!file) sent.wrong('file', 'required', 'Select a file');
    if (!reason) sent.wrong('reason', 'required', 'Enter why there is a new version');
    let problems: readonly FieldProblem[] = sent.errors;
    if (file && problems.length === 0) {
      try {
        const uploadId = await this.documents.upload(visit, id, file, sent.key);
        const act = { key: sent.key, version: sent.version };
        await this.documents.replace(visit, id, documentId, { uploadId, reason }, act);
        return redirect(`/cases/${id}/documents/${documentId}?done=replaced`);
      } catch (error) {
        if (error instanceof Conflict)
          problems = [
            { field: 'reason', code: error.code, message: 'Somebody else added a version first. Look at it below' },
          ];
        else if (error instanceof Invalid)
          problems = (error.details.errors ?? []).map((p) => ({
            ...p,
            message: FILE_MESSAGES[`${p.field} ${p.code}`] ?? p.message,
          }));
        else throw error;
      }
    }
    return this.page(visit, id, documentId, (version) => formAgain(sent, problems, { version }), 422);
  }

  private async page(
    visit: Visit,
    id: string,
    documentId: string,
    form: (version: number) => Form,
    status: number,
    done?: string,
  ): Promise<View> {
    const opened = await this.cases.open(visit, id);
    const document = await this.documents.document(visit, id, documentId);
    const names = await this.directory.names(visit, staffOfDocuments([document]));
    return show(
      {
        record: opened.record,
        heading: headingOf(opened),
        navigationOfCase: subNavigationOf(id, 'documents'),
        document: { ...document, ...documentShown(document, names) },
        versions: document.versions.map((v) => versionShown(v, names)),
        form: form(document.version),
        trail: visit.may('trail.read'),
        log: visit.may('case.view-access-log'),
        flash: FLASHES[done ?? ''] ? { text: FLASHES[done ?? ''] } : null,
      },
      status,
    );
  }
}
