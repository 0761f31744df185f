import { csvLine, Id } from '@concordat/platform';
import { Get, Query } from '@nestjs/common';
import { Directory } from '../../apis/directory';
import { ForumStatistics } from '../../apis/forum-statistics';
import { download, Page, type Download } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';
import { figureSections, quarterAsked, quarterText, STATES } from '../figures';

/** The figures of twelve months for a spreadsheet. On record as leaving the system. */
@Page({
  at: 'forums/:id/statistics.csv',
  folder: 'meetings/statistics-csv',
  may: 'forum-statistics.export',
  states: [],
})
export class ForumStatisticsCsvPage {
  constructor(
    private readonly statistics: ForumStatistics,
    private readonly directory: Directory,
  ) {}

  @Get()
  async give(@Visiting() visit: Visit, @Id() id: string, @Query('to') to?: string): Promise<Download> {
    const [view, names] = await Promise.all([
      this.statistics.export(visit, id, quarterAsked(to)),
      this.directory.names(visit),
    ]);
    const lines = [
      ['Forum', view.forum.title],
      ['Twelve months to the end of', quarterText(view.to)],
      ...(view.population
        ? [
            [
              'Population',
              view.population.title,
              view.population.count,
              view.population.vintage,
              view.population.source,
            ],
          ]
        : []),
      ...(view.sharesBy ? [['Shares of referrals', view.sharesBy.force, view.sharesBy.source]] : []),
      ['Section', 'What', 'These twelve months', 'The twelve before', 'Change'],
      ...figureSections(view, names).flatMap(({ title, rows }) =>
        rows.map((row) => [title, row.text, row.now, row.before, row.change]),
      ),
      ['Quarter', 'State', 'Cases', 'Repeats', 'Children'],
      ...[...view.before.quarters, ...view.now.quarters].map(({ quarter, state, tally }) => [
        ...[quarterText(quarter), STATES[state] || 'counted', tally.cases, tally.repeats, tally.children],
      ]),
    ];
    return download(lines.map(csvLine).join(''), 'forum-figures.csv');
  }
}
