import { apart, spanOf, type Span, type When } from './chronology';

/** What merging looks at of an entry. */
export interface Mergeable extends When {
  readonly id: string;
  readonly orgId: string;
  readonly firstRecordedAt: Date;
  readonly category: string;
  readonly fact: string;
  readonly people?: readonly string[];
}

/** In what agencies that tell of one event contradict each other. */
export type ConflictKind = 'dates' | 'category' | 'facts';

/** One event, as one agency or several tell of it. */
export interface MergedEvent<E extends Mergeable> {
  readonly entries: readonly E[];
  readonly conflicts: readonly ConflictKind[];
  /** Entries of other agencies that may be about it as well: for a person to decide, never joined by themselves. */
  readonly maybe: readonly string[];
}

/**
 * merged puts entries of several agencies, of one case or more, in one order: by the earliest possible day, then agency, then
 * as entered. Entries that somebody has found to be about one event stand together, with what they contradict each other in;
 * nothing is left out (domain/statutory-reviews.md: link duplicates `sameEventAs`, show conflicts, never delete). Pure.
 */
export function merged<E extends Mergeable>(
  entries: readonly E[],
  same: readonly (readonly [string, string])[],
): MergedEvent<E>[] {
  const spans = new Map(entries.map((e) => [e.id, spanOf(e)]));
  const inOrder = [...entries].sort(byPlace(spans));
  const events = grouped(inOrder, same);
  const eventOf = new Map(events.flatMap((event) => event.map((e) => [e.id, event] as const)));
  return events.map((event) => ({
    entries: event,
    conflicts: conflictsIn(event, spans),
    maybe: inOrder
      .filter((other) => eventOf.get(other.id) !== event && event.some((e) => mayBeSame(e, other, spans)))
      .map((e) => e.id),
  }));
}

const byPlace =
  (spans: ReadonlyMap<string, Span>) =>
  (a: Mergeable, b: Mergeable): number => {
    const [x, y] = [spans.get(a.id)!, spans.get(b.id)!];
    return (
      compare(x.earliest, y.earliest) ||
      compare(a.orgId, b.orgId) ||
      a.firstRecordedAt.getTime() - b.firstRecordedAt.getTime() ||
      compare(a.id, b.id)
    );
  };
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Entries by event: whatever is linked, directly or by way of others, is one. Each event keeps the place of its first. */
function grouped<E extends Mergeable>(inOrder: readonly E[], same: readonly (readonly [string, string])[]): E[][] {
  const leader = new Map(inOrder.map((e) => [e.id, e.id]));
  const find = (id: string): string => {
    let at = id;
    while (leader.get(at) !== at) at = leader.get(at)!;
    return at;
  };
  for (const [a, b] of same) if (leader.has(a) && leader.has(b)) leader.set(find(a), find(b));
  const events = new Map<string, E[]>();
  for (const entry of inOrder) {
    const key = find(entry.id);
    const event = events.get(key);
    if (event) event.push(entry);
    else events.set(key, [entry]);
  }
  return [...events.values()];
}

/** Only what agencies say against each other: one agency's own entries are for it to correct. */
function conflictsIn(event: readonly Mergeable[], spans: ReadonlyMap<string, Span>): ConflictKind[] {
  const between = (differ: (a: Mergeable, b: Mergeable) => boolean): boolean =>
    event.some((a, i) => event.slice(i + 1).some((b) => a.orgId !== b.orgId && differ(a, b)));
  const found: [ConflictKind, boolean][] = [
    ['dates', between((a, b) => apart(spans.get(a.id)!, spans.get(b.id)!))],
    ['category', between((a, b) => a.category !== b.category)],
    ['facts', between((a, b) => wordsOf(a.fact) !== wordsOf(b.fact))],
  ];
  return found.flatMap(([kind, is]) => (is ? [kind] : []));
}

/** Another agency's entry of the same category, both known to the day and on a day in common, with nobody to tell them apart. */
function mayBeSame(a: Mergeable, b: Mergeable, spans: ReadonlyMap<string, Span>): boolean {
  if (a.orgId === b.orgId || a.category !== b.category || a.starts.length < 10 || b.starts.length < 10) return false;
  if (apart(spans.get(a.id)!, spans.get(b.id)!)) return false;
  const [people, others] = [a.people ?? [], b.people ?? []];
  return people.length === 0 || others.length === 0 || people.some((p) => others.includes(p));
}

/** A fact without capitals, stops and spaces: so far two agencies may write the same. */
const wordsOf = (fact: string): string => (fact.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).join(' ');
