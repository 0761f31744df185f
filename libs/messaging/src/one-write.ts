import { failpoint, isConnectionLoss, Unavailable } from '@concordat/platform';
import type { Writable } from 'node:stream';
import type { PoolClient, QueryResult } from 'pg';

/**
 * What `send` asks of the server goes there in one write, where pg would make one of each question: a system call and a
 * wake-up apiece, which under load cost more than all else that intake does.
 */
export function inOneWrite<T>(client: PoolClient, send: () => T): T {
  const { stream } = (client as unknown as { connection: { stream: Writable } }).connection;
  stream.cork();
  try {
    return send();
  } finally {
    stream.uncork();
  }
}

/** COMMIT of an aborted transaction answers ROLLBACK without an error; a connection lost meanwhile leaves it unknown. */
export async function commitOrUnknown(answer: Promise<QueryResult>): Promise<void> {
  let command: string;
  try {
    failpoint('inside-commit');
    ({ command } = await answer);
  } catch (error) {
    if (!isConnectionLoss(error)) throw error;
    throw new Unavailable(
      'outcome.unknown',
      'It is not known whether this took effect. Send it again with the same Idempotency-Key',
    );
  }
  if (command !== 'COMMIT')
    throw new Unavailable('transaction.rolled-back', 'The database did not keep this. Nothing was done');
  failpoint('after-commit');
}
