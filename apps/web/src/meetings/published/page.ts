import { Id } from '@concordat/platform';
import { Get, Query } from '@nestjs/common';
import { Directory, type Names } from '../../apis/directory';
import { ForumStatistics, type PublishedYear } from '../../apis/forum-statistics';
import { Page, show, type View } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';
import { caseBars } from '../bars';
import { quarterText, rateRows, sharesTitle, shownText, STATES } from '../figures';

/** What a forum has published of its years, for every member of staff. Nothing in it tells of few cases. */
@Page({
  at: 'forums/:id/published-figures',
  folder: 'meetings/published',
  may: 'forum-statistics.show',
  states: ['filled', 'empty'],
})
export class PublishedFiguresPage {
  constructor(
    private readonly statistics: ForumStatistics,
    private readonly directory: Directory,
  ) {}

  @Get()
  async show(@Visiting() visit: Visit, @Id() id: string, @Query('done') done?: string): Promise<View> {
    const [view, names] = await Promise.all([this.statistics.published(visit, id), this.directory.names(visit)]);
    return show({
      ...{ forum: view.forum, years: view.items.map((year) => yearShown(year, names)) },
      flash: done === 'published' ? { text: 'The year is published' } : null,
      back: { text: `Back to ${view.forum.title}`, href: `/forums/${id}` },
    });
  }
}

function yearShown({ year, at, figures, groups, population }: PublishedYear, names: Names) {
  const text = (value: number | 'few' | 'hidden'): string => shownText(value, figures.limit);
  const count = (value: number | 'few' | 'hidden'): number => (typeof value === 'number' ? value : 0);
  return {
    ...{ year, at, limit: figures.limit, population, sharesBy: figures.shares ?? null },
    quarters: figures.quarters.map((q) => ({
      ...{ text: quarterText(q.quarter), state: STATES[q.state] },
      values: [q.cases, q.repeats, q.children].map(text),
    })),
    chart: caseBars(
      figures.quarters.map((q) => ({
        ...{ text: quarterText(q.quarter), cases: count(q.cases), repeats: Math.min(count(q.repeats), count(q.cases)) },
        label: `${text(q.cases)}, repeats: ${text(q.repeats)}`,
      })),
    ),
    tables: [
      {
        title: 'Cases',
        rows: [
          { text: 'Cases heard, repeats among them', value: text(figures.cases) },
          { text: 'Repeats', value: text(figures.repeats) },
          { text: 'Children', value: text(figures.children) },
          ...rateRows(figures.rates, population),
        ],
      },
      {
        title: 'Who referred',
        rows: Object.entries(figures.agencies)
          .map(([org, value]) => ({ text: names.organisation(org), value: text(value) }))
          .toSorted((a, b) => a.text.localeCompare(b.text)),
      },
      ...(figures.shares
        ? [
            {
              title: sharesTitle(figures.shares),
              rows: figures.shares.parties.map(({ title, cases, share }) => ({
                ...{ text: title, value: share === null ? text(cases) : `${share}% (${text(cases)})` },
              })),
            },
          ]
        : []),
      {
        title: 'Who they are about, of all cases',
        rows: groups
          .filter(({ code }) => code in figures.groups)
          .map(({ code, title }) => ({ text: title, value: text(figures.groups[code]!) })),
      },
    ].filter(({ rows }) => rows.length > 0),
  };
}
