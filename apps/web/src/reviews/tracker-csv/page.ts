import { csvLine } from '@concordat/platform';
import { Get, Query } from '@nestjs/common';
import { Directory } from '../../apis/directory';
import { Recommendations, type TrackQuery } from '../../apis/recommendations';
import { begun } from '../../design/csv';
import { download, Page, type Download } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';
import { readTracked } from '../tracked';
import { COLUMNS, rowOf } from './rows';

/** Lines in one file. */
const MOST = 20_000;

/** What the tracker shows, all pages of it, for a spreadsheet. On record as leaving the system. */
@Page({
  at: 'reviews/recommendations.csv',
  folder: 'reviews/tracker-csv',
  may: 'recommendation.export',
  states: [],
})
export class TrackerCsvPage {
  constructor(
    private readonly recommendations: Recommendations,
    private readonly directory: Directory,
  ) {}

  @Get()
  async give(@Visiting() visit: Visit, @Query() given: Record<string, unknown>): Promise<Download> {
    const { cursor: _, ...whole } = readTracked(given);
    return download(await begun(this.lines(visit, whole)), 'recommendations.csv');
  }

  private async *lines(visit: Visit, query: TrackQuery): AsyncGenerator<string> {
    let cursor: string | null = null;
    let written = 0;
    do {
      const page = await this.recommendations.export(visit, { ...query, ...(cursor ? { cursor } : {}) });
      const names = await this.directory.names(
        visit,
        page.items.map(({ action }) => action?.leadId),
      );
      yield `${cursor === null ? csvLine(COLUMNS) : ''}${page.items.map((i) => csvLine(rowOf(i, names))).join('')}`;
      written += page.items.length;
      cursor = page.next;
    } while (cursor !== null && written < MOST);
    if (cursor !== null) yield csvLine([`Only the first ${MOST} are in this file. Choose fewer for the others`]);
  }
}
