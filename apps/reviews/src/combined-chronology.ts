import { addDays, daysBetween, rangeOf, type KnownDate } from '@concordat/clocks';
import type { SeenAnswer } from '@concordat/contracts';
import type { Recorded, ReviewDocument } from './review';

/** One thing that an agency tells a review, permitted before it entered (domain/statutory-reviews.md §7). Never changed. */
export interface ChronologyItem extends Recorded {
  readonly id: string;
  /** In the order in which they entered the review. */
  readonly number: number;
  /** The agency that tells it, and whose records it is from. */
  readonly orgId: string;
  readonly date: KnownDate;
  readonly approximate: boolean;
  readonly event: string;
  /** By what they are called in the review, such as pseudonyms. */
  readonly people: readonly string[];
  readonly theme: string | null;
  /** The agency’s own reference of the record. */
  readonly source: string;
  readonly seen: SeenAnswer;
  readonly decision: string | null;
  /** What the agency thinks of it, apart from the fact. */
  readonly comment: string | null;
  readonly thirdParty: boolean;
  /** What it tells of, by codes of agreements. */
  readonly informs: readonly string[];
  /** The decision that let it in; null for what the agency that leads the review tells itself. */
  readonly decisionId: string | null;
  /** The item of the same agency that it takes the place of, and why that one is wrong; null for the first telling. */
  readonly corrects: string | null;
  readonly why: string | null;
  /** The entry of a case’s own chronology that it was taken from; null for what was told by hand. */
  readonly takenFrom: string | null;
}

/** That two items are about one event, as somebody found. */
export type SameEvent = readonly [string, string];

/** What agencies that tell of one event cannot both be right in. */
export type Contradiction = 'dates' | 'seen' | 'decision';

export interface CombinedEvent {
  readonly items: readonly ChronologyItem[];
  readonly contradictions: readonly Contradiction[];
}

/** A time of which nobody tells anything. */
export interface Gap {
  readonly from: string;
  readonly to: string;
  readonly days: number;
}

/** From how many days on a time without any item is shown as a gap. Ours: no source sets one. */
export const GAP_DAYS = 60;

/** A version as it was frozen. What comes after does not change it. */
export interface FrozenChronology extends Recorded {
  readonly number: number;
  readonly round: number;
  readonly items: number;
  /** How often the chronology had been changed by then. */
  readonly changes: number;
  readonly digest: string;
}

export interface CurrentItems {
  readonly items: readonly ChronologyItem[];
  readonly same: readonly SameEvent[];
  /** What an item said before, oldest first; for those alone that were corrected. */
  readonly formerOf: (id: string) => readonly ChronologyItem[];
}

/**
 * currentItems leaves out what its agency has put right since, and lets what was found to be one event go on being one, whichever
 * of both was corrected. Whoever shows items must ask this of all of them first: what was corrected is not current because
 * somebody may not see the correction. Pure.
 */
export function currentItems(all: readonly ChronologyItem[], same: readonly SameEvent[]): CurrentItems {
  const by = new Map(all.flatMap((i) => (i.corrects ? [[i.corrects, i] as const] : [])));
  const known = new Map(all.map((i) => [i.id, i]));
  const latest = (id: string): string => {
    let at = id;
    for (let next = by.get(at); next; next = by.get(at)) at = next.id;
    return at;
  };
  return {
    items: all.filter(({ id }) => !by.has(id)),
    same: same.map(([one, other]): SameEvent => [latest(one), latest(other)]),
    formerOf: (id) => {
      const former: ChronologyItem[] = [];
      for (let at = known.get(known.get(id)?.corrects ?? ''); at; at = known.get(at.corrects ?? '')) former.unshift(at);
      return former;
    },
  };
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const inOrder = (a: ChronologyItem, b: ChronologyItem): number =>
  compare(rangeOf(a.date).earliest, rangeOf(b.date).earliest) || compare(a.orgId, b.orgId) || a.number - b.number;

/**
 * combined puts what every agency tells into one order: by the earliest day that it can have been, then agency, then as it
 * entered. Items of one event stand together, with what they contradict each other in. Nothing is left out. Pure.
 */
export function combined(items: readonly ChronologyItem[], same: readonly SameEvent[]): CombinedEvent[] {
  const leader = new Map(items.map(({ id }) => [id, id]));
  const find = (id: string): string => {
    let at = id;
    while (leader.get(at) !== at) at = leader.get(at)!;
    return at;
  };
  for (const [a, b] of same) if (leader.has(a) && leader.has(b)) leader.set(find(a), find(b));
  const events = new Map<string, ChronologyItem[]>();
  for (const item of [...items].sort(inOrder)) {
    const event = events.get(find(item.id));
    if (event) event.push(item);
    else events.set(find(item.id), [item]);
  }
  return [...events.values()].map((event) => ({ items: event, contradictions: contradictionsIn(event) }));
}

/** Only what agencies say against each other: one agency’s own items are for it to explain. */
function contradictionsIn(event: readonly ChronologyItem[]): Contradiction[] {
  const between = (differ: (a: ChronologyItem, b: ChronologyItem) => boolean): boolean =>
    event.some((a, i) => event.slice(i + 1).some((b) => a.orgId !== b.orgId && differ(a, b)));
  const found: [Contradiction, boolean][] = [
    ['dates', between((a, b) => apart(a.date, b.date))],
    ['seen', between((a, b) => [a.seen, b.seen].sort().join() === 'no,yes')],
    [
      'decision',
      between((a, b) => a.decision !== null && b.decision !== null && words(a.decision) !== words(b.decision)),
    ],
  ];
  return found.flatMap(([kind, is]) => (is ? [kind] : []));
}
const words = (text: string): string => (text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).join(' ');
const apart = (a: KnownDate, b: KnownDate): boolean =>
  rangeOf(a).latest < rangeOf(b).earliest || rangeOf(b).latest < rangeOf(a).earliest;

/** gapsIn is every time between items of which nobody tells anything for so many days. Pure. */
export function gapsIn(items: readonly ChronologyItem[], days = GAP_DAYS): Gap[] {
  const gaps: Gap[] = [];
  let reached: string | undefined;
  for (const { date } of [...items].sort(inOrder)) {
    const { earliest, latest } = rangeOf(date);
    if (reached !== undefined && daysBetween(reached, earliest) > days)
      gaps.push({ from: addDays(reached, 1), to: addDays(earliest, -1), days: daysBetween(reached, earliest) - 1 });
    if (reached === undefined || latest > reached) reached = latest;
  }
  return gaps;
}

/** What a reader chooses: an agency, somebody by what they are called, a theme. */
export interface Chosen {
  readonly agency?: string | undefined;
  readonly person?: string | undefined;
  readonly theme?: string | undefined;
}

/** Events of which some item is what was chosen; each is shown whole, so that no contradiction is hidden. Pure. */
export const chosenOf = (events: readonly CombinedEvent[], { agency, person, theme }: Chosen): CombinedEvent[] =>
  events.filter(({ items }) =>
    items.some(
      (i) =>
        (agency === undefined || i.orgId === agency) &&
        (person === undefined || i.people.includes(person)) &&
        (theme === undefined || i.theme === theme),
    ),
  );

/** Agencies that have said that they know something and tell nothing. Pure. */
export const silentAgencies = (
  { scoping = [], returns = [] }: ReviewDocument,
  items: readonly ChronologyItem[],
): string[] => {
  const knowing = scoping.filter(({ id }) => returns.findLast((r) => r.requestId === id)?.answer === 'known');
  return [...new Set(knowing.map(({ orgId }) => orgId))].filter((org) => !items.some((i) => i.orgId === org));
};

/** What lacks for the chronology to be frozen as it stands, in this round of the review. Pure. */
export function chronologyLacks({ chronologies = [], chronologyChanges = 0, round }: ReviewDocument): string[] {
  const last = chronologies.at(-1);
  if (last?.round !== round) return ['no version of it is frozen'];
  return last.changes === chronologyChanges ? [] : [`it was changed since version ${last.number}`];
}
