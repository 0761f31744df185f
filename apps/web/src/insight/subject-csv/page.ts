import { csvLine } from '@concordat/platform';
import { Get, Param, Query } from '@nestjs/common';
import { Directory } from '../../apis/directory';
import { Insight } from '../../apis/insight';
import { download, Page, type Download } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';
import { lineOf, readAsked, tableOf, unchosenText } from '../shown';

/** What a subject's page shows, for a spreadsheet. On record as leaving the system. */
@Page({ at: 'insight/:subject/figures.csv', folder: 'insight/subject-csv', may: 'insight.export', states: [] })
export class InsightSubjectCsvPage {
  constructor(
    private readonly insight: Insight,
    private readonly directory: Directory,
  ) {}

  @Get()
  async give(
    @Visiting() visit: Visit,
    @Param('subject') subject: string,
    @Query() given: Record<string, unknown>,
  ): Promise<Download> {
    const [{ figures, period, before, limit, kinds }, names] = await Promise.all([
      this.insight.export(visit, subject, readAsked(given)),
      this.directory.names(visit),
    ]);
    const { area, agency, kind } = figures.chosen;
    const unchosen = unchosenText(figures.title, figures.unchosen);
    const chosen = [
      ...(area ? [['Area', names.area(area)]] : []),
      ...(agency ? [['Agency', names.organisation(agency)]] : []),
      ...(kind ? [['Kind', kinds.find(({ value }) => value === kind)?.text ?? kind]] : []),
      ...(unchosen ? [['Not chosen by', unchosen]] : []),
    ];
    const written = (title: string, line: ReturnType<typeof lineOf>) => [
      ...[title, line.text, line.now, line.before, line.change],
    ];
    const lines: string[][] = [
      ...[['Figures', figures.title], ['Period', `${period.title}${period.over ? '' : ', so far'}`], ...chosen],
      ...(figures.exact ? [] : [['Rounded to the nearest', String(limit)]]),
      ['Table', 'What', period.title, before.title, 'Change'],
      ...figures.totals.map((row) => written('In all', lineOf(row, limit, row.text ?? row.code))),
      ...figures.tables.flatMap((table) => {
        const { title, lines: rows } = tableOf(table, limit, names);
        return rows?.map((row) => written(title, row)) ?? [[title, 'Too few to show without telling of somebody']];
      }),
    ];
    return download(lines.map(csvLine).join(''), `insight-${figures.subject}-${period.code}.csv`);
  }
}
