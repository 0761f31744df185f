import { newId } from '@concordat/contracts';
import { eventually } from '@concordat/testing';
import type { Pool } from 'pg';
import { Inbox, type Arrival } from './inbox';

const arrival = (version: bigint): Arrival => ({
  source: 'referrals',
  streamId: newId(),
  version,
  eventId: newId(),
  body: Buffer.from('{}'),
});

/** A pool whose statements end when they are told to. */
function slowPool() {
  const statements: { versions: bigint[]; end: (error?: Error) => void }[] = [];
  const query = ({ values }: { values: unknown[][] }) =>
    new Promise((resolve, reject) =>
      statements.push({
        versions: values[2] as bigint[],
        end: (error) => (error ? reject(error) : resolve({ rowCount: values[2]!.length })),
      }),
    );
  return { pool: { query } as unknown as Pool, statements };
}

describe('Inbox.gather', () => {
  it('puts what comes side by side, or during a statement, into one statement, in order', async () => {
    const { pool, statements } = slowPool();
    const inbox = new Inbox('records', pool, ['referrals']);
    const first = [inbox.gather([arrival(1n)]), inbox.gather([arrival(2n), arrival(3n)])];
    await eventually(() => expect(statements).toHaveLength(1));
    const later = [inbox.gather([arrival(4n)]), inbox.gather([arrival(5n)])];
    expect(statements[0]!.versions).toEqual([1n, 2n, 3n]);
    statements[0]!.end();
    await Promise.all(first);
    await eventually(() => expect(statements).toHaveLength(2));
    expect(statements[1]!.versions).toEqual([4n, 5n]);
    statements[1]!.end();
    await Promise.all(later);
  });

  it('tells everybody whose records were in a statement that failed, and takes the next', async () => {
    const { pool, statements } = slowPool();
    const inbox = new Inbox('records', pool, ['referrals']);
    const lost = Promise.allSettled([inbox.gather([arrival(1n)]), inbox.gather([arrival(2n)])]);
    await eventually(() => expect(statements).toHaveLength(1));
    statements[0]!.end(new Error('gone'));
    expect((await lost).map((l) => l.status)).toEqual(['rejected', 'rejected']);
    const next = inbox.gather([arrival(3n)]);
    await eventually(() => expect(statements).toHaveLength(2));
    statements[1]!.end();
    await next;
  });
});
