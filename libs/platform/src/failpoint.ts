/**
 * Points at which the fault harness lets a process die (events.md §10), each between two steps that a crash must not be able
 * to tear apart. `run` arms them from CONCORDAT_FAILPOINTS, which production refuses; unarmed, reaching one costs a
 * comparison with null.
 */
export const failpoints = [
  'inside-commit', // COMMIT is on its way to the server, its answer is not here
  'after-commit', // committed, and the caller has not been answered
  'after-produce', // sent by the relay, not marked as sent
  'after-mark', // marked as sent
  'between-inboxes', // in the inbox of one context, not yet in that of the next (embedded transport)
  'before-offset-commit', // in the inbox, and the broker has not been told (Kafka)
] as const;
export type Failpoint = (typeof failpoints)[number];

const one = `(?:${failpoints.join('|')}):[1-9][0-9]{0,6}`;
/** What may be in CONCORDAT_FAILPOINTS: `after-commit:37,…`, at which point, the how manieth time. */
export const FAILPOINTS_FORM = new RegExp(`^${one}(?:,${one})*$`);

/** As of a process that was killed by signal 9. */
const KILLED = 137;

let armed: Map<string, number> | null = null;

/** failpoint ends the process at once, if it is armed for this point and has now been reached as often as was asked. */
export function failpoint(name: Failpoint): void {
  if (armed === null) return;
  const left = armed.get(name);
  if (left === 1) process.exit(KILLED);
  if (left !== undefined) armed.set(name, left - 1);
}

/** armFailpoints arms what a checked CONCORDAT_FAILPOINTS names, and nothing else. */
export function armFailpoints(text: string | undefined): void {
  const pairs = text?.split(',').map((each) => each.split(':') as [string, string]);
  armed = pairs ? new Map(pairs.map(([name, nth]) => [name, Number(nth)])) : null;
}
