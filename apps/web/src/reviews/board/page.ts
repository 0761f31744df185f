import { Get, Query } from '@nestjs/common';
import { Oversight } from '../../apis/oversight';
import { formOf } from '../../design/form';
import { Page, show, type View } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';
import { boardColumn, boardCount, boardHref, boardLine, boardSheet, ONLY, readBoard } from '../on-board';

/** The coordinator's board: every review, its state, next duty, time used, pauses and what the next step lacks. */
@Page({ at: 'reviews/board', folder: 'reviews/board', may: 'review.list', states: ['filled', 'empty'] })
export class BoardPage {
  constructor(private readonly oversight: Oversight) {}

  @Get()
  async show(@Visiting() visit: Visit, @Query() given: Record<string, unknown>): Promise<View> {
    const query = readBoard(given);
    const board = await this.oversight.board(visit, query);
    const { sort: _, page: __, ...filters } = query;
    const { page: ___, ...whole } = query;
    const column = (name: string, text: string) => boardColumn(query, name, text);
    const choices = (all: typeof board.kinds) => all.map(({ code, title }) => ({ value: code, text: title }));
    return show({
      ...{ items: board.items.map(boardLine), count: boardCount(board), filtered: Object.keys(filters).length > 0 },
      ...boardSheet(query, board),
      form: formOf({ values: query as Record<string, string> }),
      ...{ kinds: choices(board.kinds), states: choices(board.states), only: ONLY },
      columns: [
        ...[column('reference', 'Review'), column('state', 'State'), column('due', 'Next duty')],
        ...[column('used', 'Days used of the original')],
      ],
      missing: column('missing', 'Missing for the next step'),
      csvHref: visit.may('review.export-board') ? boardHref(whole, '/reviews/board.csv') : null,
      printHref: boardHref(whole, '/reviews/board/print'),
      back: { text: 'Back to reviews', href: '/reviews' },
    });
  }
}
