import type { PersonInCase } from '../../apis/records';

/** People who are recorded at one address now, by id. */
export interface Household {
  readonly people: readonly string[];
}

const HOMES = new Set(['home', 'temporary']);
const bare = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]/g, '');

/**
 * householdsOf finds who lives together, and says nothing of where. A confidential address counts for nobody, whoever looks:
 * that two people are at one would tell of the other's. Pure.
 */
export function householdsOf(people: readonly Pick<PersonInCase, 'id' | 'addresses'>[], today: string): Household[] {
  const found = new Map<string, string[]>();
  for (const { id, addresses } of people) {
    const homes = (addresses ?? []).filter(
      (a) => !a.confidential && HOMES.has(a.kind ?? 'home') && !(a.to && a.to < today.slice(0, a.to.length)),
    );
    for (const { lines, postcode } of homes) {
      const key = postcode && lines?.[0] ? bare(lines[0]) + bare(postcode) : '';
      if (key && !found.get(key)?.includes(id)) found.set(key, [...(found.get(key) ?? []), id]);
    }
  }
  return [...found.values()].filter((ids) => ids.length > 1).map((ids) => ({ people: ids }));
}
