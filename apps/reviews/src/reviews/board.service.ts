import { demand } from '@concordat/access';
import { civilDate } from '@concordat/clocks';
import type { Action } from '@concordat/contracts';
import { UnitOfWork, type Tx } from '@concordat/messaging';
import { valid, type Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { boardOf, keptOrder, placesOf, ranked, type BoardRow } from '../board';
import { Kinds } from '../kinds';
import { distinct, PAGE, sheetOf, sliceOf } from '../paged';
import type { ReviewRecord } from '../review';
import { boardRow } from './board-row';
import { countAmong, eachAmong, pageAmong, type Among } from './board.repository';
import { definitionAmong, placesIn } from './places';
import { BoardDto } from './reviews.dto';

/**
 * The coordinator's board: every review that one may see, as of today, sorted, filtered and in pages. The database narrows it by kind,
 * state, pauses and whether it has ended, and puts in order and counts what it can. What is due, the time used and what is missing
 * move with the day and with who asks, so they are stored nowhere: a board that is sorted or narrowed by them is computed from
 * every review that has not ended, some at a time.
 */
@Injectable()
export class BoardService {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly kinds: Kinds,
  ) {}

  show(call: Call) {
    return this.board(call, 'review.list', PAGE);
  }

  /** As it is shown, to be taken out: all of it. */
  export(call: Call) {
    return this.board(call, 'review.export-board', null);
  }

  private board(call: Call, action: Action, most: number | null) {
    return this.unit.read({ action, call }, async (tx) => {
      demand(tx.actor, action);
      const { page = 1, ...asked } = valid(BoardDto, call.query);
      const today = civilDate(tx.now);
      const places = await placesIn(tx, this.kinds, today);
      const line = (review: ReviewRecord): BoardRow =>
        boardRow(definitionAmong(places, review.kind), review, tx.actor.id, today);
      const among = {
        ...{ places: placesOf(places, asked), today },
        paused: asked.only === 'paused' || asked.only === 'look-again' ? asked.only : undefined,
      };
      const { items, total } = await found(tx, asked, among, { page, most }, line);
      tx.about({ objects: items.map(({ id, version }) => ({ t: 'review', id, ver: String(version) })) });
      return {
        ...{ items, today, ...sheetOf(total, page) },
        kinds: distinct(places.map(({ kind }) => ({ code: kind.code, title: kind.label }))),
        states: distinct(places.map(({ state, stateTitle }) => ({ code: state, title: stateTitle }))),
      };
    });
  }
}

async function found(
  tx: Tx,
  asked: BoardDto,
  among: Among & { readonly places: ReturnType<typeof placesOf> },
  { page, most }: { readonly page: number; readonly most: number | null },
  line: (review: ReviewRecord) => BoardRow,
): Promise<{ items: readonly BoardRow[]; total: number }> {
  const order = keptOrder(asked);
  if (order) {
    const places = order.by === 'state' ? ranked(among.places, order.descending) : among.places;
    const descending = order.by === 'reference' && order.descending;
    const skip = most === null ? 0 : (page - 1) * most;
    const reviews = await pageAmong(tx, { ...among, places }, { skip, most, descending });
    return { items: reviews.map(line), total: await countAmong(tx, among) };
  }
  const rows: BoardRow[] = [];
  for await (const review of eachAmong(tx, among)) rows.push(line(review));
  const all = boardOf(rows, asked);
  return { items: most === null ? all : sliceOf(all, page), total: all.length };
}
