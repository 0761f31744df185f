import { csvLine, Id, Invalid } from '@concordat/platform';
import { Get, Query } from '@nestjs/common';
import { Chronology } from '../../apis/chronology';
import { Directory } from '../../apis/directory';
import { begun } from '../../design/csv';
import { download, Page, type Download } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';
import { lineOf, staffOf } from '../chronology-lines';
import { readAsked } from '../chronology-query';
import { Cases } from '../opened';
import { unlessRefused } from '../unless-refused';
import { pagesOf } from '../whole-chronology';
import { COLUMNS, rowOf } from './rows';

/** A chronology for a spreadsheet, all pages of it, by the filters that are shown. On record as leaving the system. */
@Page({ at: 'cases/:id/chronology.csv', folder: 'cases/chronology-csv', may: 'chronology.export', states: [] })
export class ChronologyCsvPage {
  constructor(
    private readonly cases: Cases,
    private readonly chronology: Chronology,
    private readonly directory: Directory,
  ) {}

  @Get()
  async give(@Visiting() visit: Visit, @Id() id: string, @Query() given: Record<string, unknown>): Promise<Download> {
    const { query, problems } = readAsked(given);
    if (problems.length > 0) throw new Invalid([...problems]);
    // Who is in the case is told only to whoever may see it; an agency's own entries are its own either way.
    const opened = await unlessRefused(this.cases.open(visit, id));
    const lines = async function* (this: ChronologyCsvPage): AsyncGenerator<string> {
      yield csvLine(COLUMNS);
      for await (const page of pagesOf(this.chronology, visit, id, query)) {
        const names = await this.directory.names(visit, staffOf(page.items));
        const known = { names, people: opened?.record.people ?? [], categories: page.categories };
        yield page.items.map((entry) => csvLine(rowOf(lineOf(entry, known)))).join('');
      }
    };
    return download(await begun(lines.call(this)), 'chronology.csv');
  }
}
