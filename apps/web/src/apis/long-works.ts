import { Problem, Unavailable } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { Apis, type Asking } from './apis';

/** Work that goes on for a while, as administrators are told of it: nothing of what is in it. */
export interface LongWork {
  readonly id: string;
  readonly kind: string;
  readonly state: string;
  readonly orgId: string | null;
  readonly userId: string | null;
  readonly done: number;
  readonly total: number | null;
  readonly code: string | null;
  readonly askedAt: string;
  readonly endedAt: string | null;
  /** When somebody who is at it last came on with it; null while nobody is. */
  readonly movedAt: string | null;
}
const CONTEXTS = ['records', 'risk', 'insight'] as const;
type WithWork = (typeof CONTEXTS)[number];

/** Long work of every service that has some. */
@Injectable()
export class LongWorks {
  constructor(private readonly apis: Apis) {}

  /** Each service is asked by itself: one that does not answer is named, and hides none of the others. */
  async all(asking: Asking): Promise<{ items: readonly LongWork[]; silent: readonly WithWork[] }> {
    const told = await Promise.all(
      CONTEXTS.map(async (context) => {
        try {
          return { context, items: (await this.apis.get<{ items: LongWork[] }>(asking, context, '/work')).items };
        } catch (error) {
          if (error instanceof Problem && !(error instanceof Unavailable)) throw error;
          return { context, items: null };
        }
      }),
    );
    return {
      items: told.flatMap(({ items }) => items ?? []),
      silent: told.filter(({ items }) => items === null).map(({ context }) => context),
    };
  }

  recount(asking: Asking, key: string): Promise<unknown> {
    return this.apis.change(asking, 'POST', 'insight', '/rebuilds', { key });
  }
}
