import type { MergedChronology } from '../../apis/chronology';
import type { Names } from '../../apis/directory';
import { lineOf, whenOf } from '../chronology-lines';

const CONFLICTS: Readonly<Record<string, string>> = {
  dates: 'Agencies give dates that cannot both be',
  category: 'Agencies call it different things',
  facts: 'Agencies tell it differently',
};

/** Events as the page shows them: each entry with its agency and case, what contradicts what, and what may be the same. */
export function eventsOf(merged: MergedChronology, names: Names) {
  const known = { names, people: merged.people, categories: merged.categories };
  const all = new Map(merged.events.flatMap((e) => e.entries.map((x) => [x.id, x] as const)));
  const referenceOf = (caseId: string): string => merged.cases.find((c) => c.id === caseId)?.reference ?? '';
  return merged.events.map(({ entries, conflicts, maybe }) => {
    const [first] = entries;
    return {
      when: first ? whenOf(first) : '',
      lines: entries.map((entry) => ({ ...lineOf(entry, known), reference: referenceOf(entry.caseId) })),
      conflicts: conflicts.map((c) => CONFLICTS[c] ?? c),
      joined: entries.length > 1,
      maybe: maybe.flatMap((id) => {
        const other = all.get(id);
        if (!other || !first) return [];
        const text = `${names.organisation(other.orgId)}, ${whenOf(other)}: ${(other.fact ?? '').slice(0, 100)}`;
        return [{ text, pair: `${first.caseId} ${first.id} ${other.caseId} ${other.id}` }];
      }),
    };
  });
}
