import { SetMetadata } from '@nestjs/common';
import type { ContextName } from '@concordat/contracts';
import type { Tx } from './tx';

/** A job to be done after commit: punctual when the queue works, and found by a sweep when it does not (events.md D1). */
export interface JobRequest {
  /** Imperative, kebab case: `pass-triage-clock`. */
  readonly name: string;
  /** Carries the record's id, due time and version (D4). */
  readonly key: string;
  readonly runAt: Date;
  /** Ids and versions only: a queue is a copy that may be read by others. */
  readonly payload: { readonly id: string; readonly version: number };
}

/** A job as its handler receives it. It may arrive twice, late, or after the record moved on: fire conditionally (D2). */
export interface Job {
  readonly context: ContextName;
  readonly name: string;
  readonly payload: { readonly id: string; readonly version: number };
}

export type JobHandler = (job: Job) => Promise<void>;

/**
 * The job queue: three verbs. Two living implementations, graphile-worker (joins our transaction) and Bull.
 * Nothing depends on it for correctness: a deadline is a row, and a sweep alone suffices.
 */
export interface JobQueue {
  /**
   * add puts jobs in the transaction of `tx`, so that they exist exactly when its rows do. It MUST send its statement
   * before it first waits: COMMIT follows in the same write.
   */
  add(tx: Tx, context: ContextName, jobs: readonly JobRequest[]): Promise<void>;
  /** work starts handing jobs to handlers, at least once each. `handlers` is keyed `<context>/<name>`. */
  work(handlers: ReadonlyMap<string, JobHandler>): Promise<void>;
  /** stop MUST resolve only when no handler is running. */
  stop(): Promise<void>;
}

export const JOB = 'concordat:job';

/** Declares a provider's method as the handler of a job of its context. */
export const OnJob = (name: string) => SetMetadata(JOB, name);
