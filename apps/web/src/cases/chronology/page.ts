import { Id, Invalid } from '@concordat/platform';
import { Get, Post, Query } from '@nestjs/common';
import { Chronology } from '../../apis/chronology';
import { Directory } from '../../apis/directory';
import { formAgain, formOf, type Form } from '../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';
import { lineOf, staffOf } from '../chronology-lines';
import { chosenOf, chronologyHref, readAsked } from '../chronology-query';
import { Cases, headingOf, subNavigationOf } from '../opened';

const FLASHES: Readonly<Record<string, string>> = { recorded: 'The entry has been added to the chronology' };

/** What agencies know to have happened, in order, with filters. Words to look for are posted and stand in no address. */
@Page({
  at: 'cases/:id/chronology',
  folder: 'cases/chronology',
  may: 'chronology.view',
  states: ['filled', 'read-only', 'empty', 'filtered', 'nothing-found', 'as-it-stood', 'recorded', 'error'],
})
export class ChronologyPage {
  constructor(
    private readonly cases: Cases,
    private readonly chronology: Chronology,
    private readonly directory: Directory,
  ) {}

  @Get()
  show(@Visiting() visit: Visit, @Id() id: string, @Query() given: Record<string, unknown>): Promise<View> {
    const { typed, problems } = readAsked(given);
    return this.page(visit, id, given, formOf({ values: typed, problems }), problems.length > 0 ? 422 : 200);
  }

  @Post()
  async search(@Visiting() visit: Visit, @Id() id: string, @Sent() sent: Submitted): Promise<View | Redirect> {
    const { query, problems } = readAsked(sent.values);
    const text = sent.text('text') ?? '';
    const wrong = 'Enter at least two letters or digits to look for';
    if (text.length < 2) sent.wrong('text', 'too-short', wrong);
    const all = [...sent.errors, ...problems];
    if (all.length === 0) {
      try {
        const { search: _search, cursor: _cursor, ...rest } = query;
        return redirect(chronologyHref(id, rest, { search: await this.chronology.search(visit, id, text, sent.key) }));
      } catch (error) {
        if (!(error instanceof Invalid)) throw error;
        all.push({ field: 'text', code: 'too-long', message: 'Look for at most 200 characters' });
      }
    }
    return this.page(visit, id, sent.values, formAgain(sent, all), 422);
  }

  private async page(
    visit: Visit,
    id: string,
    given: Readonly<Record<string, unknown>>,
    form: Form,
    status: number,
  ): Promise<View> {
    const { query } = readAsked(given);
    const opened = await this.cases.open(visit, id);
    const list = await this.chronology.list(visit, id, query);
    const names = await this.directory.names(visit, staffOf(list.items));
    const known = { names, people: opened.record.people, categories: list.categories };
    const href = (cursor: string | null): string | null => cursor && chronologyHref(id, query, { cursor });
    const { cursor: _cursor, ...whole } = query;
    const flash = typeof given['done'] === 'string' ? FLASHES[given['done']] : undefined;
    return show(
      {
        record: opened.record,
        heading: headingOf(opened),
        navigationOfCase: subNavigationOf(id, 'chronology'),
        form,
        lines: list.items.map((entry) => lineOf(entry, known)),
        count: list.count,
        may: list.may,
        categories: list.categories.map((c) => ({ value: c.code, text: c.title })),
        agencies: list.agencies.map((orgId) => ({ value: orgId, text: names.organisation(orgId) })),
        chosen: chosenOf(id, query, {
          category: list.categories.find((c) => c.code === query.category)?.title ?? query.category ?? '',
          agency: names.organisation(query.agency),
          terms: list.terms,
        }),
        kept: { search: query.search, order: query.order },
        turned: {
          href: chronologyHref(id, whole, { order: query.order === 'newest' ? '' : 'newest' }),
          text: query.order === 'newest' ? 'Show the oldest first' : 'Show the newest first',
        },
        print: chronologyHref(id, whole, {}, '/print'),
        csv: chronologyHref(id, whole, {}, '.csv'),
        previous: href(list.previous),
        next: href(list.next),
        flash: flash ? { text: flash } : null,
      },
      status,
    );
  }
}
