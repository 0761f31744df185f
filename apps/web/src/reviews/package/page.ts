import { Id } from '@concordat/platform';
import { Get, Query } from '@nestjs/common';
import { Directory } from '../../apis/directory';
import { Releases } from '../../apis/release';
import { Page, show, type View } from '../../design/page';
import { sizeOf } from '../../design/sizes';
import { Visiting, type Visit } from '../../session/visit';
import { artefactIn, fileState, kindIn, tooHeavy } from '../release-words';

const DONE: Readonly<Record<string, string>> = {
  person: 'They are protected. Every file must be looked through again',
  added: 'The file was looked through',
  withdrawal: 'The file is withdrawn',
};

/** Who is protected in a review, and the files that are to leave it. For those who draft it. */
@Page({
  at: 'reviews/:id/release',
  folder: 'reviews/package',
  may: 'review.view-release',
  states: ['empty', 'filled'],
})
export class PackagePage {
  constructor(
    private readonly releases: Releases,
    private readonly directory: Directory,
  ) {}

  @Get()
  async show(@Visiting() visit: Visit, @Id() id: string, @Query('done') done?: string): Promise<View> {
    const view = await this.releases.view(visit, id);
    const names = await this.directory.names(visit, [...new Set(view.files.flatMap((f) => [f.by, f.releasedBy]))]);
    return show({
      review: view,
      people: view.people.map((p) => ({
        ...p,
        identifiers: p.identifiers.map(({ kind, value }) => ({
          kind: kindIn(kind),
          value,
          day: kind.endsWith('-date'),
        })),
      })),
      silent: view.unanswered.map(({ orgId }) => names.organisation(orgId)),
      files: view.files.map((f) => ({
        ...{ size: sizeOf(f.size), heavy: tooHeavy(view, f.size) },
        ...{ id: f.id, name: f.name, artefact: artefactIn(f.artefact), state: fileState(f), open: f.open.length },
        ...{ by: names.person(f.by), at: f.at, releasedBy: f.releasedBy && names.person(f.releasedBy) },
      })),
      back: { text: 'Back to the review', href: `/reviews/${id}` },
      ...(done && Object.hasOwn(DONE, done) ? { flash: { text: DONE[done] } } : {}),
    });
  }
}
