import { Id } from '@concordat/platform';
import { Get, Post, Query } from '@nestjs/common';
import { Imports, type ImportReport, type ImportRow } from '../../apis/imports';
import { formOf } from '../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';
import { KINDS, whyOf } from '../words';

/** What a check found in a file, row by row; then how far bringing it in has come. */
@Page({
  at: 'imports/:id',
  folder: 'imports/one',
  may: 'import.view',
  states: ['checked', 'wrong', 'matching', 'undecided', 'running', 'done', 'lapsed'],
})
export class ImportPage {
  constructor(private readonly imports: Imports) {}

  @Get()
  async show(@Visiting() visit: Visit, @Id() id: string, @Query('page') asked?: string): Promise<View> {
    const page = /^[1-9]\d{0,3}$/.test(asked ?? '') ? Number(asked) : 1;
    // While something is wrong, the rows that are right would only hide it.
    const work = await this.imports.one(visit, id, { page, only: 'to-mend' });
    const at = (n: number): string => `/imports/${id}?page=${n}`;
    const { ready, wrong, added, unchanged, refused } = work.counts;
    return show({
      work,
      kind: KINDS[work.kind].text,
      form: formOf({ version: work.version }),
      total: ready + wrong + added + unchanged + refused,
      dealtWith: added + unchanged + refused,
      previous: work.page > 1 ? at(work.page - 1) : null,
      next: work.page < work.pages ? at(work.page + 1) : null,
      items: work.items.map((row) => ({ ...row, why: whyOf(row), href: hrefOf(work, row) })),
    });
  }

  @Post()
  async start(@Visiting() visit: Visit, @Id() id: string, @Sent() sent: Submitted): Promise<Redirect> {
    await this.imports.start(visit, id, { key: sent.key, version: sent.version });
    return redirect(`/imports/${id}`);
  }
}

/** Where what a row says can be looked at. */
function hrefOf({ kind }: ImportReport, { caseId, entryId, state }: ImportRow): string {
  if (kind === 'cases') return `/cases/${caseId}`;
  const isThere = state === 'added' || state === 'unchanged';
  if (kind === 'people') return isThere && entryId ? `/people/${entryId}` : `/cases/${caseId}`;
  return `/cases/${caseId}/chronology${isThere && entryId ? `/${entryId}` : ''}`;
}
