import { Id } from '@concordat/platform';
import { Get, Post, Query } from '@nestjs/common';
import { Imports, type ImportReport, type ImportRow } from '../../apis/imports';
import { formAgain, formOf, type Form } from '../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';
import { KINDS, whyOf } from '../words';

/** What a check found in a file, row by row; then how far bringing it in has come. */
@Page({
  at: 'imports/:id',
  folder: 'imports/one',
  may: 'import.view',
  states: ['checked', 'wrong', 'matching', 'undecided', 'otherwise', 'error', 'running', 'done', 'lapsed'],
})
export class ImportPage {
  constructor(private readonly imports: Imports) {}

  @Get()
  show(@Visiting() visit: Visit, @Id() id: string, @Query('page') asked?: string): Promise<View> {
    return this.page(visit, id, asked);
  }

  private async page(visit: Visit, id: string, asked?: string, again?: Form): Promise<View> {
    const page = /^[1-9]\d{0,3}$/.test(asked ?? '') ? Number(asked) : 1;
    // While something is wrong, the rows that are right would only hide it.
    const work = await this.imports.one(visit, id, { page, only: 'to-mend' });
    const at = (n: number): string => `/imports/${id}?page=${n}`;
    const { ready, wrong, added, corrected, unchanged, refused } = work.counts;
    const parts = {
      work,
      kind: KINDS[work.kind].text,
      what: work.kind === 'chronology' ? 'entries' : work.kind,
      form: again ?? formOf({ version: work.version }),
      choices: whatToDo(work.otherwise),
      total: ready + wrong + added + corrected + unchanged + refused,
      dealtWith: added + corrected + unchanged + refused,
      previous: work.page > 1 ? at(work.page - 1) : null,
      next: work.page < work.pages ? at(work.page + 1) : null,
      items: work.items.map((row) => ({ ...row, why: whyOf(row), href: hrefOf(work, row) })),
    };
    return show(parts, again ? 422 : 200);
  }

  @Post()
  async start(@Visiting() visit: Visit, @Id() id: string, @Sent() sent: Submitted): Promise<View | Redirect> {
    const chosen = sent.text('otherwise');
    if (chosen !== LEAVE && chosen !== CORRECT) {
      const { otherwise } = await this.imports.one(visit, id, { limit: 1 });
      if (otherwise > 0) {
        sent.wrong('otherwise', 'required', 'Select what is to be done with what the file says otherwise');
        return this.page(visit, id, undefined, formAgain(sent, sent.errors));
      }
    }
    await this.imports.start(visit, id, chosen === CORRECT, { key: sent.key, version: sent.version });
    return redirect(`/imports/${id}`);
  }
}

const [LEAVE, CORRECT] = ['leave', 'correct'];

/** Nothing that is here is changed by a file unless somebody says so. */
const whatToDo = (otherwise: number) => [
  { value: LEAVE, text: 'Leave it as it is here', hint: 'The report names each, with the columns that differ' },
  {
    value: CORRECT,
    text: `Correct ${otherwise === 1 ? 'it' : 'them'} as the file says`,
    hint: 'What was said before is kept. What was changed here since is left, and said so',
  },
];

/** Where what a row says can be looked at. */
function hrefOf({ kind }: ImportReport, { caseId, entryId, state }: ImportRow): string {
  if (kind === 'cases') return `/cases/${caseId}`;
  const isThere = state === 'added' || state === 'corrected' || state === 'unchanged';
  if (kind === 'people' || kind === 'relationships')
    return isThere && entryId ? `/people/${entryId}` : `/cases/${caseId}`;
  return `/cases/${caseId}/chronology${isThere && entryId ? `/${entryId}` : ''}`;
}
