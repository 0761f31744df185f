import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** By then what starting left to be done beside the first requests is done. */
const SETTLED_MS = 5_000;

/**
 * Gives back, once, what only starting needed: of a hundred megabytes that a process has on its heap when it is ready, fifteen
 * are of loading it, and V8 looks for them no sooner than it needs the room. A collection takes some 60 ms.
 */
export function giveBackSoon(): void {
  setTimeout(() => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    setFlagsFromString('--no-expose-gc');
    collect();
  }, SETTLED_MS).unref();
}
