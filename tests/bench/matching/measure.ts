import { blockingKeys, Matcher, prepare, type Facts, type Frequencies, type Prepared } from '@concordat/matching';

/** A record of which it is known whose it is. */
export interface Labelled {
  readonly person: number;
  readonly facts: Facts;
}

export interface Scored {
  readonly a: number;
  readonly b: number;
  readonly same: boolean;
  readonly bits: number;
  readonly reasons: readonly { readonly field: string; readonly level: string }[];
}

export interface Quality {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

/** Pairs that share a blocking key, each once, as indexes of records. */
export function blockedPairs(people: readonly Prepared[]): [number, number][] {
  const groups = new Map<string, number[]>();
  people.forEach((p, i) => {
    for (const key of blockingKeys(p)) groups.set(key, [...(groups.get(key) ?? []), i]);
  });
  const pairs = new Set<number>();
  for (const group of groups.values())
    for (let i = 1; i < group.length; i++) for (let j = 0; j < i; j++) pairs.add(group[j]! * people.length + group[i]!);
  return [...pairs].map((p) => [Math.floor(p / people.length), p % people.length]);
}

/** Weighs every blocked pair. */
export function scored(records: readonly Labelled[], matcher: Matcher): Scored[] {
  const people = records.map((r) => prepare(r.facts));
  return blockedPairs(people).map(([a, b]) => ({
    a,
    b,
    same: records[a]!.person === records[b]!.person,
    ...matcher.compare(people[a]!, people[b]!),
  }));
}

/** How many pairs of records are of one person: what recall is measured against, found by blocking or not. */
export function truePairs(records: readonly Labelled[]): number {
  const sizes = new Map<number, number>();
  for (const { person } of records) sizes.set(person, (sizes.get(person) ?? 0) + 1);
  return [...sizes.values()].reduce((sum, n) => sum + (n * (n - 1)) / 2, 0);
}

/** Precision, recall and F1 of calling every pair from `bits` upwards one person. */
export function qualityAt(pairs: readonly Scored[], truth: number, bits: number): Quality {
  const called = pairs.filter((p) => p.bits >= bits);
  const right = called.filter((p) => p.same).length;
  const precision = called.length === 0 ? 1 : right / called.length;
  const recall = truth === 0 ? 1 : right / truth;
  return { precision, recall, f1: precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall) };
}

/** The threshold, in half bits, with the best F1. To be chosen on other data than those that it is judged by. */
export function bestThreshold(pairs: readonly Scored[], truth: number): number {
  let best = { bits: 0, f1: -1 };
  for (let bits = -10; bits <= 50; bits += 0.5) {
    const { f1 } = qualityAt(pairs, truth, bits);
    if (f1 > best.f1) best = { bits, f1 };
  }
  return best.bits;
}

/** Shares of values among the records themselves, as the index of a place counts them; no labels are looked at. */
export function frequenciesIn(
  records: readonly Labelled[],
  u: Readonly<Record<string, number>>,
  steadiness: number,
): Frequencies {
  const counts = new Map<string, number>();
  for (const { facts } of records) {
    const person = prepare(facts);
    const [name] = person.names;
    const values = [`forename ${name?.given.join('')}`, `surname ${name?.family.join('')}`];
    for (const v of [...values, ...new Set(person.places.map((p) => `postcode ${p.postcode}`))])
      counts.set(v, (counts.get(v) ?? 0) + 1);
  }
  return (field, value) =>
    ((counts.get(`${field} ${value}`) ?? 0) + steadiness * (u[field] ?? 0)) / (records.length + steadiness);
}
