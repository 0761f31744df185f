import { Problem } from '@concordat/platform';
import type { Logger } from 'pino';
import type { Job, JobHandler } from '../job';

/** How often a job is tried, counting the first time. Afterwards the sweep of its context remains (events.md D3). */
export const JOB_ATTEMPTS = 10;

/**
 * Runs a handler so that a queue may keep what it threw: a queue stores the message of an error, and a message may quote
 * personal data (events.md P5). Throws an Error that says the code and the kind of the failure, and nothing else.
 */
export async function guarded(job: Job, handler: JobHandler, log: Logger): Promise<void> {
  try {
    await handler(job);
  } catch (err) {
    const code = err instanceof Problem ? err.code : 'job.failed';
    log.warn({ err, code, job: `${job.context}/${job.name}`, id: job.payload.id }, 'job not done');
    throw new Error(`${code} (${err instanceof Error ? err.name : typeof err})`);
  }
}
