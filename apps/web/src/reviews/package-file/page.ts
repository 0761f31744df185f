import { Conflict, Id, IllegalTransition, Invalid, NotFound, RuleBroken, type FieldProblem } from '@concordat/platform';
import { Get, Post, Query } from '@nestjs/common';
import { Directory } from '../../apis/directory';
import { Releases, type ReleaseView } from '../../apis/release';
import { formAgain, formOf, type Form } from '../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';
import { artefactIn, fileState, kindIn, NOT_RELEASED, PARTS } from '../release-words';

const DONE: Readonly<Record<string, string>> = {
  clearings: 'It is kept that this is nothing, in your name',
  release: 'The file is released, in your name',
  scans: 'The file was looked through again',
};

/** One file that is to leave: what was found in it, and what a second person says of that. */
@Page({
  at: 'reviews/:id/release/files/:fileId',
  folder: 'reviews/package-file',
  may: 'review.view-release',
  states: ['held', 'second-person', 'released', 'error'],
})
export class PackageFilePage {
  constructor(
    private readonly releases: Releases,
    private readonly directory: Directory,
  ) {}

  @Get()
  async show(
    @Visiting() visit: Visit,
    @Id() id: string,
    @Id('fileId') fileId: string,
    @Query('done') done?: string,
  ): Promise<View> {
    const view = await this.releases.view(visit, id);
    return this.page(visit, view, fileId, formOf({ version: view.version }), { done });
  }

  @Post()
  async send(
    @Visiting() visit: Visit,
    @Id() id: string,
    @Id('fileId') fileId: string,
    @Sent() sent: Submitted,
  ): Promise<View | Redirect> {
    const what = sent.text('what') ?? '';
    const body = {
      ...{ clearings: { key: sent.text('hit') ?? '', reason: sent.text('reason') ?? '' }, scans: {} },
      ...{ release: { looked: sent.ticked('looked') ?? false }, withdrawal: { reason: sent.text('why') ?? '' } },
    };
    if (!Object.hasOwn(body, what)) throw new NotFound('page');
    let problems: readonly FieldProblem[];
    try {
      await this.releases.record(visit, id, `files/${fileId}/${what}`, body[what as keyof typeof body], sent);
      return redirect(`/reviews/${id}/release${what === 'withdrawal' ? '' : `/files/${fileId}`}?done=${what}`);
    } catch (error) {
      const form = (code: string) => [
        { field: 'form', code, message: NOT_RELEASED[code] ?? 'This cannot be done now' },
      ];
      if (error instanceof Invalid)
        problems = (error.details.errors ?? []).map((p) => ({ ...p, field: fieldIn(what, p.field) }));
      else if (error instanceof RuleBroken || error instanceof Conflict || error instanceof IllegalTransition)
        problems = form(error.code);
      else throw error;
    }
    const view = await this.releases.view(visit, id);
    return this.page(visit, view, fileId, formAgain(sent, problems, { version: view.version }), { status: 422 });
  }

  private async page(
    visit: Visit,
    view: ReleaseView,
    fileId: string,
    form: Form,
    { done, status = 200 }: { done?: string | undefined; status?: number },
  ): Promise<View> {
    const file = view.files.find((f) => f.id === fileId);
    if (!file) throw new NotFound('release-file');
    const names = await this.directory.names(visit, [file.by, file.releasedBy, ...file.clearings.map((c) => c.by)]);
    const pseudonym = (id: string): string => view.people.find((p) => p.id === id)?.pseudonym ?? 'somebody';
    const hits = file.scan.hits.map((h) => {
      const cleared = file.clearings.find((c) => c.key === h.key);
      return {
        ...{ ...h, kind: kindIn(h.kind), part: PARTS[h.part] ?? h.part, people: h.people.map(pseudonym).join(', ') },
        cleared: cleared && { reason: cleared.reason, who: names.person(cleared.by) },
      };
    });
    return show(
      {
        ...{ review: view, file, form, hits, state: fileState(file), artefact: artefactIn(file.artefact) },
        open: hits
          .filter((h) => !h.cleared)
          .map((h) => ({ value: h.key, text: `${h.kind}, in ${h.part}: ${h.where}` })),
        warnings: file.scan.warnings.map((w) => ({ ...w, kind: kindIn(w.kind) })),
        ...{ by: names.person(file.by), releasedBy: names.person(file.releasedBy), own: file.by === view.may.as },
        back: { text: 'Back to what leaves the review', href: `/reviews/${view.id}/release` },
        ...(done && Object.hasOwn(DONE, done) ? { flash: { text: DONE[done] } } : {}),
      },
      status,
    );
  }
}

const fieldIn = (what: string, field: string): string => {
  if (what === 'withdrawal') return 'why';
  return field === 'key' ? 'hit' : field;
};
