import { Conflict, Id, Invalid, type FieldProblem } from '@concordat/platform';
import { Get, Post } from '@nestjs/common';
import { Releases } from '../../apis/release';
import { Reviews } from '../../apis/reviews';
import { formAgain, formOf, type Form } from '../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { compact, Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';
import { artefactIn, NOT_RELEASED } from '../release-words';

const MESSAGES: Readonly<Record<string, string>> = {
  'uploadId not-readable': 'The file cannot be read, so nobody knows what is in it. Save it anew without a password',
  'uploadId upload.unknown': 'Select the file again',
};

/** Adds a file to what is to leave a review. It is looked through at once. */
@Page({
  at: 'reviews/:id/release/add',
  folder: 'reviews/package-add',
  may: 'release-file.scan',
  states: ['empty', 'error', 'too-large'],
})
export class PackageAddPage {
  constructor(
    private readonly releases: Releases,
    private readonly reviews: Reviews,
  ) {}

  @Get()
  show(@Visiting() visit: Visit, @Id() id: string): Promise<View> {
    return this.page(visit, id, (version) => formOf({ version }));
  }

  @Post()
  async send(@Visiting() visit: Visit, @Id() id: string, @Sent() sent: Submitted): Promise<View | Redirect> {
    const [file, name, artefact] = [sent.file, sent.text('name'), sent.text('artefact')];
    if (!file) sent.wrong('file', 'required', 'Select a file');
    if (!artefact) sent.wrong('artefact', 'required', 'Choose what it is');
    if (!name) sent.wrong('name', 'required', 'Enter the name under which it is sent');
    let problems: readonly FieldProblem[] = sent.errors;
    if (file && problems.length === 0) {
      try {
        const uploadId = await this.releases.upload(visit, id, file, sent.key);
        await this.releases.record(visit, id, 'files', compact({ uploadId, name, artefact }), sent);
        return redirect(`/reviews/${id}/release?done=added`);
      } catch (error) {
        if (error instanceof Conflict)
          problems = [{ field: 'form', code: error.code, message: NOT_RELEASED['review.changed']! }];
        else if (error instanceof Invalid)
          problems = (error.details.errors ?? []).map((p) => ({
            field: p.field === 'uploadId' ? 'file' : p.field,
            code: p.code,
            message: MESSAGES[`${p.field} ${p.code}`] ?? p.message,
          }));
        else throw error;
      }
    }
    return this.page(visit, id, (version) => formAgain(sent, problems, { version }), 422);
  }

  private async page(visit: Visit, id: string, formAt: (version: number) => Form, status = 200): Promise<View> {
    // Who may not see what leaves is told so before a file is asked for.
    await this.releases.view(visit, id);
    const { reference, definition, version } = await this.reviews.view(visit, id);
    const artefacts = definition.artefacts.map((value) => ({ value, text: artefactIn(value) }));
    const back = { text: 'Back to what leaves the review', href: `/reviews/${id}/release` };
    return show({ review: { id, reference }, artefacts, form: formAt(version), back }, status);
  }
}
