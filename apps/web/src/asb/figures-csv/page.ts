import { csvLine } from '@concordat/platform';
import { Get } from '@nestjs/common';
import { Asb } from '../../apis/asb';
import { download, Page, type Download } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';
import { BESIDE, FOUR } from '../words';

/** The published figures for a spreadsheet, for anybody. */
@Page({ at: 'asb-case-reviews.csv', folder: 'asb/figures-csv', may: 'anyone', states: [] })
export class AsbFiguresCsvPage {
  constructor(private readonly asb: Asb) {}

  @Get()
  async give(@Visiting() visit: Visit): Promise<Download> {
    const columns = [...FOUR, ...BESIDE];
    const all = await this.asb.published(visit);
    const head = ['Body', 'From', 'To', 'Edition', ...columns.map(([, text]) => text), 'Note'];
    const rows = all.map((p) => [
      ...[p.name, p.from, p.to, p.edition],
      ...columns.map(([name]) => p.figures[name]),
      p.note ?? '',
    ]);
    return download([head, ...rows].map(csvLine).join(''), 'asb-case-reviews.csv');
  }
}
