import type { Answer, Refused } from '@concordat-app/all-in-one';
import { setTimeout as delay } from 'node:timers/promises';

/** Something in the story was not as it must be. */
export class Mismatch extends Error {}

/** The referral was refused for what is in it. */
export class Refusal extends Error {
  constructor(readonly errors: NonNullable<Refused['errors']>) {
    super('the referral was refused');
  }
}

const PATIENCE_MS = 30_000;

/** The body of an answer that must have `status`. @throws Mismatch that says what was answered instead */
export function expecting<T>(what: string, answer: Answer, status: number | 'done'): T {
  const { code } = (answer.body ?? {}) as Refused;
  const fits = status === 'done' ? [200, 201].includes(answer.status) : answer.status === status;
  demand(fits, `${what} was answered ${answer.status} ${code ?? ''} where it should be ${status}`);
  return answer.body as T;
}

/** @throws Mismatch with `otherwise` unless `holds`. */
export function demand(holds: boolean, otherwise: string): asserts holds {
  if (!holds) throw new Mismatch(otherwise);
}

/** Asks until there is an answer. @throws Mismatch after half a minute */
export async function until<T>(what: string, ask: () => Promise<T | undefined>): Promise<T> {
  for (const deadline = Date.now() + PATIENCE_MS; ;) {
    const found = await ask();
    if (found !== undefined) return found;
    demand(Date.now() < deadline, `waited half a minute in vain until ${what}`);
    await delay(100);
  }
}
