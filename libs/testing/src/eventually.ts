import { setTimeout as delay } from 'node:timers/promises';

/**
 * Waits until `check` holds, instead of sleeping and hoping: tries it until it neither throws nor answers `false`, and
 * resolves to its answer. Checks overlap never; the first is made at once.
 *
 * @throws the last failure of `check`, with the time waited in its message, after `timeoutMs` (default 5,000)
 */
export async function eventually<T>(
  check: () => T | Promise<T>,
  { timeoutMs = 5_000, everyMs = 20 }: { timeoutMs?: number; everyMs?: number } = {},
): Promise<Exclude<T, false>> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    let failure: unknown;
    try {
      const value = await check();
      if (value !== false) return value as Exclude<T, false>;
    } catch (error) {
      failure = error;
    }
    if (performance.now() >= deadline) throw tooLate(failure, timeoutMs);
    await delay(everyMs);
  }
}

function tooLate(failure: unknown, timeoutMs: number): unknown {
  const waited = `not within ${timeoutMs} ms`;
  if (failure === undefined) return new Error(waited);
  if (failure instanceof Error) failure.message = `${waited}: ${failure.message}`;
  return failure;
}
