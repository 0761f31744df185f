import { shareText } from '@concordat/figures';
import { Get, Param, Query } from '@nestjs/common';
import { Directory } from '../../apis/directory';
import { Insight } from '../../apis/insight';
import { formOf } from '../../design/form';
import { Page, show, type View } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';
import { listsOf } from '../lists';
import { insightHref, isEmpty, lineOf, readAsked, tableOf, unchosenText } from '../shown';

/** One subject: its totals and tables in a period beside the year before, each with a chart. */
@Page({
  at: 'insight/:subject',
  folder: 'insight/subject',
  may: 'insight.read',
  states: ['filled', 'filtered', 'no-area', 'empty', 'exact', 'missed'],
})
export class InsightSubjectPage {
  constructor(
    private readonly insight: Insight,
    private readonly directory: Directory,
  ) {}

  @Get()
  async show(
    @Visiting() visit: Visit,
    @Param('subject') subject: string,
    @Query() given: Record<string, unknown>,
  ): Promise<View> {
    const [view, names, areas, organisations] = await Promise.all([
      this.insight.subject(visit, subject, readAsked(given)),
      this.directory.names(visit),
      this.directory.areas(visit),
      this.directory.organisations(visit),
    ]);
    const { figures, period, before, limit, periods, kinds } = view;
    // What cannot be chosen here stays in the address: on another page it can.
    const query = { ...readAsked(given), period: period.code };
    const overview = { period: period.code, ...(query.area ? { area: query.area } : {}) };
    const path = `/insight/${figures.subject}`;
    const rows = figures.totals.length > 0 ? figures.totals : figures.tables.flatMap((table) => table.rows ?? []);
    return show({
      ...{ figures, period, before, limit, periods, path, form: formOf({ values: query }) },
      choices: {
        area: areas.map(({ id, name }) => ({ value: id, text: name })),
        agency: organisations.map(({ id, name }) => ({ value: id, text: name })),
        kind: kinds,
      },
      unchosen: unchosenText(figures.title, figures.unchosen),
      totals: figures.totals.map((row) => lineOf(row, limit, row.text ?? row.code)),
      shares: figures.shares.map((each) => ({ ...each, now: shareText(each.now), before: shareText(each.before) })),
      tables: figures.tables.map((table) => tableOf(table, limit, names)),
      ...{ empty: isEmpty(rows), filtered: Object.keys(figures.chosen).length > 0 },
      csvHref: insightHref(`${path}/figures.csv`, query),
      lists: listsOf(figures.subject, figures.chosen, (action) => visit.may(action)),
      back: { text: 'Back to insight', href: insightHref('/insight', overview) },
    });
  }
}
