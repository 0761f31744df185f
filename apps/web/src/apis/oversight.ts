import type { ClockForce } from '@concordat/contracts';
import { Injectable } from '@nestjs/common';
import { Apis, type Asking } from './apis';
import type { BoardReview, Heading } from './reviews';

/** What narrows and sorts the board. */
export interface BoardQuery {
  readonly kind?: string;
  readonly state?: string;
  readonly only?: string;
  readonly sort?: string;
  readonly page?: string;
}
interface Titled {
  readonly code: string;
  readonly title: string;
}
/** Which page of how many lines is shown. */
export interface Sheet {
  readonly total: number;
  readonly page: number;
  readonly pages: number;
}
export interface Board extends Sheet {
  readonly items: readonly BoardReview[];
  readonly today: string;
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
/** A question of the checklist of kinds. */
export interface KindQuestion {
  readonly id: string;
  readonly text: string;
  readonly what: 'criterion' | 'exclusion';
  readonly force: ClockForce;
  readonly source: string;
  readonly kinds: readonly string[];
}
export interface Checklist {
  readonly questions: readonly KindQuestion[];
  readonly labels: Readonly<Record<string, string>>;
}
export interface KindFinding {
  readonly code: string;
  readonly version: number;
  readonly verdict: 'candidate' | 'excluded' | 'not-met' | 'unknown' | 'not-tested';
  readonly under: string | null;
  readonly because: readonly string[];
  readonly toCome: readonly string[];
}

/** The board of reviews, auditors' checks and the checklist of kinds, as pages ask the reviews context for them. */
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

  /** How auditors' checks came out, of a page of the reviews of the visitor's agency. */
  checks(asking: Asking, page: string) {
    return this.apis.get<
      Sheet & { items: readonly (Heading & { readonly counts: Partial<Record<CheckResult, number>> })[] }
    >(asking, 'reviews', '/checks', { page });
  }

  checklist(asking: Asking): Promise<Checklist> {
    return this.apis.get(asking, 'reviews', '/kinds/checklist');
  }

  /** What answers say of every kind. Nothing is kept. */
  findings(asking: Asking, nation: string, answers: string) {
    return this.apis.get<{ findings: readonly KindFinding[]; labels: Record<string, string> }>(
      asking,
      'reviews',
      '/kinds/checklist/findings',
      { nation, answers },
    );
  }

  checksOf(asking: Asking, id: string): Promise<CheckedReview> {
    return this.apis.get(asking, 'reviews', `/checks/${id}`);
  }
}
