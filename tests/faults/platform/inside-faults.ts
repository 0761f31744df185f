import { setTimeout as delay } from 'node:timers/promises';
import type { Service } from '../fault';
import type { Child, Ending } from './child';
import type { Platform } from './platform';

/** How long an armed process may take to reach its failpoint under load. */
const REACH_MS = 45_000;
/** The code with which a process ends at a failpoint. */
const REACHED = 137;
const AGAIN_MS = 300;
/** How long there may be no leader to usurp: the one before it may just have been killed. */
const LEADER_MS = 20_000;

/** Ends a process at a failpoint. Resolves to what did not go as planned, or null. */
export async function reachFailpoint(child: Child, armed: string): Promise<string | null> {
  // In order, so that its consumer group takes it back at once and the point can be reached.
  await child.end('SIGTERM');
  const patience = Date.now() + REACH_MS;
  let ending: Ending | null = null;
  // What ends otherwise has met another fault on its way, such as a database that was just recovering.
  while (ending?.code !== REACHED && Date.now() < patience) {
    if (ending) await delay(AGAIN_MS);
    child.spawn({ CONCORDAT_FAILPOINTS: armed });
    ending = await child.ending(patience - Date.now());
  }
  if (!ending) await child.end('SIGKILL');
  child.spawn();
  await child.serving();
  if (ending?.code === REACHED) return null;
  return ending ? `it ended with ${ending.code ?? ending.signal}` : 'the point was not reached';
}

/** The leader sleeps, its session ends, another leads; then the first wakes up in the middle of what it was sending. */
export async function usurp(platform: Platform, first: Child, target: Service, forMs: number): Promise<string | null> {
  const twin = platform.twin?.(target);
  if (!twin) throw new Error('there is no second process here');
  twin.spawn();
  await twin.ready();
  try {
    for (const patience = Date.now() + LEADER_MS; Date.now() < patience; await delay(AGAIN_MS)) {
      first.signal('SIGSTOP');
      if (await unseat(platform, target).catch(() => false)) {
        await delay(forMs);
        first.signal('SIGCONT');
        await delay(1_000);
        return null;
      }
      first.signal('SIGCONT');
    }
    return 'nobody held the lock of the relay';
  } finally {
    first.signal('SIGCONT');
    await twin.end('SIGTERM');
  }
}

/** Ends the session that holds the lock of a context's relay. Resolves to whether there was one. */
async function unseat(platform: Platform, context: string): Promise<boolean> {
  const database = await platform.database();
  try {
    const { rowCount } = await database.query(
      `SELECT pg_terminate_backend(pid) FROM pg_locks
          WHERE locktype = 'advisory' AND granted AND objid::bigint = (hashtext($1)::bigint & 4294967295)`,
      [context],
    );
    return (rowCount ?? 0) > 0;
  } finally {
    await database.end().catch(() => undefined);
  }
}
