import type { Received } from '@concordat/contracts';
import type { Row } from './inbox-rows';
import type { Handling } from './on';

/** An event that is applied in a unit of work of its own. */
export interface Single {
  readonly row: Row;
  readonly event: Received<never>;
  readonly handling: Handling;
}

/** An event that is applied together with others. */
export interface Batched {
  readonly row: Row;
  readonly event: Received<never>;
  readonly handling: Handling | 'ignored';
}

/**
 * Events to be handled together, group after group. A stream whose events go to several handlers keeps its order: what
 * follows a change of handler falls in a later group.
 */
export function inGroups(
  items: readonly { row: Pick<Row, 'source' | 'streamId'>; event: Received<never>; handling: Handling | 'ignored' }[],
): { handling: Handling; events: Received<never>[] }[] {
  const groups: { handling: Handling; events: Received<never>[] }[] = [];
  const reached = new Map<string, number>();
  for (const { row, event, handling } of items) {
    if (handling === 'ignored') continue;
    const stream = streamOf(row);
    const from = reached.get(stream) ?? 0;
    let at = groups.findIndex((group, i) => i >= from && group.handling === handling);
    if (at < 0) at = groups.push({ handling, events: [] }) - 1;
    groups[at]!.events.push(event);
    reached.set(stream, at);
  }
  return groups;
}

/** The stream of a row, by its source and id. */
export const streamOf = ({ source, streamId }: Pick<Row, 'source' | 'streamId'>): string => `${source}/${streamId}`;
/** Whether a row is an act, and not news between contexts. */
export const isOfActs = (row: Row): boolean => row.source.endsWith('.acts');
