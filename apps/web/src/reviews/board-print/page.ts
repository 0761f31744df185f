import { Get, Query } from '@nestjs/common';
import { Oversight } from '../../apis/oversight';
import { Page, show, type View } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';
import { boardCount, boardHref, boardLine, readBoard } from '../on-board';

/** The board on paper, with who printed it and when. On record as leaving the system. */
@Page({ at: 'reviews/board/print', folder: 'reviews/board-print', may: 'review.export-board', states: ['printed'] })
export class BoardPrintPage {
  constructor(private readonly oversight: Oversight) {}

  @Get()
  async show(@Visiting() visit: Visit, @Query() given: Record<string, unknown>): Promise<View> {
    const query = readBoard(given);
    const board = await this.oversight.exportBoard(visit, query);
    return show({
      ...{ items: board.items.map(boardLine), count: boardCount(board), printedAt: new Date().toISOString() },
      back: { text: 'Back to the board', href: boardHref(query) },
    });
  }
}
