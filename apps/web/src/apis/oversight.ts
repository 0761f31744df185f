import { Injectable } from '@nestjs/common';
import { Apis, type Asking } from './apis';
import type { BoardReview, Heading } from './reviews';

/** What narrows and sorts the board. */
export interface BoardQuery {
  readonly kind?: string;
  readonly state?: string;
  readonly only?: string;
  readonly sort?: string;
}
interface Titled {
  readonly code: string;
  readonly title: string;
}
export interface Board {
  readonly items: readonly BoardReview[];
  readonly today: string;
  readonly more: boolean;
  readonly most: number;
  readonly kinds: readonly Titled[];
  readonly states: readonly Titled[];
}
export type CheckResult = 'met' | 'not-met' | 'not-yet' | 'to-judge' | 'not-applicable';
export interface CheckedReview extends Heading {
  readonly today: string;
  readonly checks: readonly {
    readonly code: string;
    readonly title: string;
    readonly result: CheckResult;
    readonly evidence: readonly { readonly text: string; readonly on: string | null }[];
  }[];
}
/** The board of reviews and auditors' checks, as pages ask the reviews context for them. */
@Injectable()
export class Oversight {
  constructor(private readonly apis: Apis) {}

  board(asking: Asking, query: BoardQuery): Promise<Board> {
    return this.apis.get(asking, 'reviews', '/board', { ...query });
  }

  /** As the board, and on record as taken out. */
  exportBoard(asking: Asking, query: BoardQuery): Promise<Board> {
    return this.apis.get(asking, 'reviews', '/board/export', { ...query });
  }

  /** How auditors' checks came out, of every review of the visitor's agency. */
  checks(asking: Asking) {
    return this.apis.get<{
      items: readonly (Heading & { readonly counts: Partial<Record<CheckResult, number>> })[];
      more: boolean;
      most: number;
    }>(asking, 'reviews', '/checks');
  }

  checksOf(asking: Asking, id: string): Promise<CheckedReview> {
    return this.apis.get(asking, 'reviews', `/checks/${id}`);
  }
}
