import { csvLine, Id } from '@concordat/platform';
import { Get } from '@nestjs/common';
import { ReviewDataApi } from '../../apis/review-data';
import { download, Page, type Download } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';

/** What a central body asks of the review, for a spreadsheet: a row for each person. On record as leaving the system. */
@Page({ at: 'reviews/:id/data.csv', folder: 'reviews/data-csv', may: 'review.export-data', states: [] })
export class ReviewDataCsvPage {
  constructor(private readonly data: ReviewDataApi) {}

  @Get()
  async give(@Visiting() visit: Visit, @Id() id: string): Promise<Download> {
    const { reference, rows } = await this.data.export(visit, id);
    return download(rows.map((row) => csvLine([...row])).join(''), `data-${reference}.csv`);
  }
}
