import { Id } from '@concordat/platform';
import { Get, Post, Query } from '@nestjs/common';
import { Imports } from '../../apis/imports';
import { formOf } from '../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';

/** Why a row was left out, for people. */
const REFUSALS: Readonly<Record<string, string>> = {
  'import.already-otherwise': 'It was brought in before and said something else then. Correct the entry in the case',
  'import.no-entry': 'It says who an organisation, a service or a professional is, and is no entry of a chronology',
  'member.unknown': 'You are not a member of this agency any more',
};

/** What a check found in a file, row by row; then how far bringing it in has come. */
@Page({
  at: 'imports/:id',
  folder: 'imports/one',
  may: 'import.view',
  states: ['checked', 'wrong', 'running', 'done', 'lapsed'],
})
export class ImportPage {
  constructor(private readonly imports: Imports) {}

  @Get()
  async show(@Visiting() visit: Visit, @Id() id: string, @Query('page') asked?: string): Promise<View> {
    const page = /^[1-9]\d{0,3}$/.test(asked ?? '') ? Number(asked) : 1;
    // While something is wrong, the rows that are right would only hide it.
    let work = await this.imports.one(visit, id, { page, only: 'wrong' });
    if (work.counts.wrong === 0) work = await this.imports.one(visit, id, { page });
    const at = (n: number): string => `/imports/${id}?page=${n}`;
    const { ready, wrong, added, unchanged, refused } = work.counts;
    return show({
      work,
      form: formOf({ version: work.version }),
      total: ready + wrong + added + unchanged + refused,
      dealtWith: added + unchanged + refused,
      previous: work.page > 1 ? at(work.page - 1) : null,
      next: work.page < work.pages ? at(work.page + 1) : null,
      items: work.items.map((row) => ({
        ...row,
        why: row.code === null ? '' : (REFUSALS[row.code] ?? 'It could not be added, or not by you'),
      })),
    });
  }

  @Post()
  async start(@Visiting() visit: Visit, @Id() id: string, @Sent() sent: Submitted): Promise<Redirect> {
    await this.imports.start(visit, id, { key: sent.key, version: sent.version });
    return redirect(`/imports/${id}`);
  }
}
