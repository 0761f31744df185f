import { csvLine, Id } from '@concordat/platform';
import { Get } from '@nestjs/common';
import { Imports, type ImportRow } from '../../apis/imports';
import { begun } from '../../design/csv';
import { download, Page, type Download } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';
import { whyOf } from '../words';

const AT_ONCE = 500;
const COLUMNS = ['Row', 'Outcome', 'Code', 'Column', 'What is wrong', 'Case'];

/** What was found in a file and what became of it, for a spreadsheet: a line for each row, and for each thing that is wrong in one. */
@Page({ at: 'imports/:id/report.csv', folder: 'imports/report-csv', may: 'import.view', states: [] })
export class ImportReportCsvPage {
  constructor(private readonly imports: Imports) {}

  @Get()
  async give(@Visiting() visit: Visit, @Id() id: string): Promise<Download> {
    const { imports } = this;
    async function* lines(): AsyncGenerator<string> {
      yield csvLine(COLUMNS);
      for (let page = 1, pages = 1; page <= pages; page++) {
        const report = await imports.one(visit, id, { page, limit: AT_ONCE });
        pages = report.pages;
        yield report.items.flatMap(linesOf).map(csvLine).join('');
      }
    }
    return download(await begun(lines()), 'import-report.csv');
  }
}

const linesOf = (row: ImportRow): (string | number)[][] =>
  row.problems.length > 0
    ? row.problems.map((p) => [row.number, row.state, p.code, p.field, p.message, row.reference ?? ''])
    : [[row.number, row.state, row.code ?? '', '', whyOf(row), row.reference ?? '']];
