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

/** How a service stands: the process that it runs in with its parts, and numbers of its path of events. */
export interface Standing {
  readonly process: string;
  readonly parts: readonly { readonly part: string; readonly trouble: string | null; readonly ageMs: number | null }[];
  readonly samples: readonly {
    readonly name: string;
    readonly labels: Readonly<Record<string, string>>;
    readonly value: number;
  }[];
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

  async all(asking: Asking): Promise<EventPath[]> {
    const told = await this.ask<Parked[]>(asking, '/streams/parked');
    return told.map(({ context, answer }) => ({ context, parked: answer }));
  }

  /** How each service stands; null for one that does not answer. */
  async standing(asking: Asking): Promise<{ context: ContextName; standing: Standing | null }[]> {
    const told = await this.ask<Standing>(asking, '/streams/standing');
    return told.map(({ context, answer }) => ({ context, standing: answer }));
  }

  /** Each service is asked by itself: one that does not answer is told as that, and hides none of the others. */
  private ask<T>(asking: Asking, path: string): Promise<{ context: ContextName; answer: T | null }[]> {
    return Promise.all(
      contexts.map(async (context) => {
        try {
          return { context, answer: await this.apis.get<T>(asking, context, path) };
        } catch (error) {
          if (error instanceof Problem && !(error instanceof Unavailable)) throw error;
          return { context, answer: null };
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
