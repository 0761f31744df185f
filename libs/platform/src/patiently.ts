/** How often a server that takes its time is asked for a first connection: a minute in all. */
const TRIES = 6;

/**
 * patiently connects at start-up. A server that is there but takes its time, on a machine that is busy, is asked again:
 * nothing is served yet, so nobody waits for an answer. Any other error is thrown at once.
 */
export async function patiently<T>(connect: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await connect();
    } catch (error) {
      if (tries === TRIES || !/timeout/.test((error as Error).message)) throw error;
    }
  }
}
