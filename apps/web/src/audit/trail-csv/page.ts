import { csvLine, Invalid } from '@concordat/platform';
import { Get, Query } from '@nestjs/common';
import { Audit, type TrailQuery } from '../../apis/audit';
import { Directory } from '../../apis/directory';
import { begun } from '../../design/csv';
import { download, Page, type Download } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';
import { staffIn } from '../acts';
import { readAsked } from '../asked';
import { COLUMNS, rowOf } from './rows';

/** Acts in one file. */
const MOST = 50_000;
const PAGE = '100';

/** The part of the trail that is shown, all pages of it, for a spreadsheet. Every page read is on record. */
@Page({ at: 'audit/trail.csv', folder: 'audit/trail-csv', may: 'trail.read', states: [] })
export class TrailCsvPage {
  constructor(
    private readonly audit: Audit,
    private readonly directory: Directory,
  ) {}

  @Get()
  async give(@Visiting() visit: Visit, @Query() given: Record<string, unknown>): Promise<Download> {
    const { query, problems, bounded } = readAsked(given);
    if (problems.length > 0) throw new Invalid([...problems]);
    if (!bounded) throw new Invalid([{ field: '', code: 'trail.unbounded', message: 'Choose what to look for first' }]);
    const { cursor: _, ...whole } = query;
    return download(await begun(this.lines(visit, whole)), 'audit-trail.csv');
  }

  private async *lines(visit: Visit, query: TrailQuery): AsyncGenerator<string> {
    let cursor: string | null = null;
    let written = 0;
    do {
      const page = await this.audit.trail(visit, { ...query, limit: PAGE, ...(cursor ? { cursor } : {}) });
      const names = await this.directory.names(visit, staffIn(page.items));
      const rows = page.items.map((item) => csvLine(rowOf(item, names))).join('');
      yield `${cursor === null ? csvLine(COLUMNS) : ''}${rows}`;
      written += page.items.length;
      cursor = page.next;
    } while (cursor !== null && written < MOST);
    if (cursor !== null)
      yield csvLine([`Only the newest ${MOST} acts are in this file. Choose fewer days for the others`]);
  }
}
