import type { ContextName } from '@concordat/contracts';
import { Lifecycle } from '@concordat/platform';
import { Inject, Injectable } from '@nestjs/common';
import { annotated } from './annotated';
import { JOB, type JobHandler, type JobQueue } from './job';

export const JOBS = Symbol('JobQueue');

/** Finds the job handlers of every context in the process and hands them to the one queue. */
@Injectable()
export class JobRunner {
  private readonly handlers = new Map<string, JobHandler>();

  constructor(
    @Inject(JOBS) private readonly queue: JobQueue | null,
    lifecycle: Lifecycle,
  ) {
    lifecycle.add({
      name: 'jobs',
      start: async () => this.queue?.work(this.handlers),
      stop: async () => this.queue?.stop(),
    });
  }

  /** Registers the handlers among `providers`. Throws when two handle one job of a context. */
  discover(context: ContextName, providers: readonly Record<string, unknown>[]): void {
    for (const { instance, method, metadata } of annotated<string>(providers, JOB)) {
      const key = `${context}/${metadata}`;
      if (this.handlers.has(key)) throw new Error(`${key} has two handlers`);
      this.handlers.set(key, (instance[method] as JobHandler).bind(instance));
    }
  }
}
