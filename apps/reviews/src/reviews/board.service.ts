import { demand } from '@concordat/access';
import { civilDate } from '@concordat/clocks';
import type { Action } from '@concordat/contracts';
import { UnitOfWork } from '@concordat/messaging';
import { valid, type Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { boardOf } from '../board';
import { Kinds } from '../kinds';
import { boardRow } from './board-row';
import { BoardDto } from './reviews.dto';
import { lastChanged } from './reviews.repository';

/**
 * How many reviews are computed for one board: what is due moves with the day and with running pauses, so nothing of it is
 * stored. Beyond that the last changed are shown, and it is said that there are more.
 */
const MOST = 500;

/** The coordinator's board: every review that one may see, computed as of today, sorted and filtered. */
@Injectable()
export class BoardService {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly kinds: Kinds,
  ) {}

  show(call: Call) {
    return this.board(call, 'review.list');
  }

  /** As it is shown, to be taken out. */
  export(call: Call) {
    return this.board(call, 'review.export-board');
  }

  private board(call: Call, action: Action) {
    return this.unit.read({ action, call }, async (tx) => {
      demand(tx.actor, action);
      const asked = valid(BoardDto, call.query);
      const today = civilDate(tx.now);
      const reviews = await lastChanged(tx, MOST + 1);
      const rows = [];
      for (const review of reviews.slice(0, MOST))
        rows.push(boardRow(await this.kinds.of(tx, review.kind), review, tx.actor.id, today));
      const items = boardOf(rows, asked);
      tx.about({ objects: items.map(({ id, version }) => ({ t: 'review', id, ver: String(version) })) });
      return {
        ...{ items, today, more: reviews.length > MOST, most: MOST },
        kinds: distinct(rows.map(({ kind }) => ({ code: kind.code, title: kind.label }))),
        states: distinct(rows.map(({ state, stateTitle }) => ({ code: state, title: stateTitle }))),
      };
    });
  }
}

type Titled = { readonly code: string; readonly title: string };
const distinct = (all: readonly Titled[]): Titled[] =>
  [...new Map(all.map((one) => [one.code, one])).values()].sort((a, b) => (a.title < b.title ? -1 : 1));
