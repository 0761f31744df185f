import { Get, Query } from '@nestjs/common';
import { Insight } from '../../apis/insight';
import { Directory } from '../../apis/directory';
import { formOf } from '../../design/form';
import { Page, show, type View } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';
import { insightHref, lineOf, readAsked, tableOf, unchosenText } from '../shown';

/** Totals of every subject in a period beside the year before, and what was missed. */
@Page({ at: 'insight', folder: 'insight/overview', may: 'insight.read', states: ['filled'] })
export class InsightOverviewPage {
  constructor(
    private readonly insight: Insight,
    private readonly directory: Directory,
  ) {}

  @Get()
  async show(@Visiting() visit: Visit, @Query() given: Record<string, unknown>): Promise<View> {
    const { period: asked, area } = readAsked(given);
    const [view, names, areas] = await Promise.all([
      this.insight.overview(visit, { ...(asked ? { period: asked } : {}), ...(area ? { area } : {}) }),
      this.directory.names(visit),
      this.directory.areas(visit),
    ]);
    const { period, before, limit, subjects, missed, periods } = view;
    const query = { period: period.code, ...(area ? { area } : {}) };
    return show({
      ...{ period, before, limit, periods, form: formOf({ values: query }) },
      areas: areas.map(({ id, name }) => ({ value: id, text: name })),
      subjects: subjects.map(({ subject, title, totals, headlines, exact, unchosen }) => ({
        unchosen: unchosenText(title, unchosen),
        ...{ title, exact, href: insightHref(`/insight/${subject}`, query) },
        lines: [...totals, ...headlines].map((row) => lineOf(row, limit, row.text ?? row.code)),
      })),
      missed: { ...tableOf(missed.tables[0]!, limit, names), title: missed.title },
      missedAbout: missed.about,
      missedHref: insightHref('/insight/missed', query),
    });
  }
}
