import { csvLine } from '@concordat/platform';
import { Get, Query } from '@nestjs/common';
import { Readable } from 'node:stream';
import { Oversight } from '../../apis/oversight';
import type { BoardReview } from '../../apis/reviews';
import { download, Page, type Download } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';
import { readBoard } from '../on-board';
import { dueText, FORCES, standingOf } from '../words';

const COLUMNS = [
  ...['Review', 'Kind', 'Version of the kind', 'State', 'Next duty', 'Force', 'Due', 'Standing', 'Days used'],
  ...['Days of the original', 'Overdue clocks', 'Clocks without a date', 'Paused since', 'Next step', 'Missing'],
];

/** The board for a spreadsheet, as it is sorted and filtered. On record as leaving the system. */
@Page({ at: 'reviews/board.csv', folder: 'reviews/board-csv', may: 'review.export-board', states: [] })
export class BoardCsvPage {
  constructor(private readonly oversight: Oversight) {}

  @Get()
  async give(@Visiting() visit: Visit, @Query() given: Record<string, unknown>): Promise<Download> {
    const board = await this.oversight.exportBoard(visit, readBoard(given));
    const lines = [csvLine(COLUMNS), ...board.items.map((review) => csvLine(rowOf(review)))];
    return download(Readable.from(lines), 'reviews.csv');
  }
}

/** A review of the board as a line of a spreadsheet. Pure. */
function rowOf(review: BoardReview): (string | number)[] {
  const { duty, next } = review;
  return [
    ...[review.reference, review.kind.label, review.kind.version, review.stateTitle],
    ...(duty
      ? [
          ...[`${duty.code}: ${duty.title}`, FORCES[duty.force].text, dueText(duty), standingOf(duty).text],
          ...[duty.daysUsed ?? '', duty.daysAllowed ?? ''],
        ]
      : ['None', '', '', '', '', '']),
    ...[review.overdue, review.unanchored, review.pauses.map((p) => `${p.title}: ${p.from}`).join('; ')],
    ...[next?.title ?? 'The review is over', next?.missing.join('; ') ?? ''],
  ];
}
