import { contexts, type ContextName } from '@concordat/contracts';
import { Problem, Unavailable } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { Apis, type Asking } from './apis';

/** A record whose news a service cannot take in: it waits, and others go on (events.md C5). */
export interface Parked {
  /** Which service's events they are. */
  readonly source: string;
  readonly stream: string;
  readonly lastVersion: string;
  readonly reason: string;
  readonly parkedAt: string;
  /** Events that wait behind it. */
  readonly waiting: number;
}

/** One service: what is parked in it, or null when it does not answer. */
export interface EventPath {
  readonly context: ContextName;
  readonly parked: readonly Parked[] | null;
}

/** The event paths of every service, for administrators. */
@Injectable()
export class EventPaths {
  constructor(private readonly apis: Apis) {}

  /** Each service is asked by itself: one that does not answer is told as that, and hides none of the others. */
  all(asking: Asking): Promise<EventPath[]> {
    return Promise.all(
      contexts.map(async (context) => {
        try {
          return { context, parked: await this.apis.get<Parked[]>(asking, context, '/streams/parked') };
        } catch (error) {
          if (error instanceof Problem && !(error instanceof Unavailable)) throw error;
          return { context, parked: null };
        }
      }),
    );
  }

  release(
    asking: Asking,
    { context, source, stream }: { context: ContextName; source: string; stream: string },
    key: string,
  ) {
    return this.apis.change<unknown>(asking, 'POST', context, `/streams/${source}/${stream}/release`, { key });
  }
}
