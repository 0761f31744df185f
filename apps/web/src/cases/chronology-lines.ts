import type { EntryContent, EntryVersion } from '../apis/chronology';
import type { Names } from '../apis/directory';
import type { Titled } from '../apis/practice';
import type { NameContent } from '../apis/referral-content';
import { civilDateOf, dateTimeOf } from '../design/filters';
import { nameOf } from '../design/referral-sections';

/** What a line needs to know besides its entry. */
export interface Known {
  readonly names: Names;
  readonly people: readonly { readonly id: string; readonly name?: NameContent | null }[];
  readonly categories: readonly Titled[];
}

/** When something happened, in words: `about September 2026 to 2 October 2026`. */
export function whenOf({ starts, ends, about }: EntryContent): string {
  const span = [civilDateOf(starts), civilDateOf(ends ?? '')].filter(Boolean).join(' to ');
  return about ? `about ${span}` : span;
}

/** What is to be known of an entry besides what it says, in words. */
const flagsOf = (entry: EntryContent): string[] => [
  ...(entry.sensitive ? ['Sensitive'] : []),
  ...(entry.thirdParty ? ['About a third party'] : []),
];

/** Who wrote an entry from another system down there, and when, in words; nothing of one that was written here. */
function originalLine({ original }: EntryContent): string {
  if (!original) return '';
  const by = original.author ? ` by ${original.author}` : '';
  const on = original.recordedOn ? `, ${civilDateOf(original.recordedOn)}` : '';
  return by || on ? `First written down in another system${by}${on}` : 'Brought in from another system';
}

/** An entry, or an earlier version of one, as a page shows it. */
export function lineOf<E extends EntryVersion>(entry: E, { names, people, categories }: Known) {
  const named = (entry.people ?? []).map((id) => {
    const name = people.find((p) => p.id === id)?.name;
    return nameOf(name ? { name } : undefined);
  });
  const changed = entry.version > 1 ? `${entry.what === 'withdrawn' ? 'Withdrawn' : 'Corrected'} by` : 'Recorded by';
  return {
    ...entry,
    when: whenOf(entry),
    categoryTitle: categories.find((c) => c.code === entry.category)?.title ?? entry.category,
    agency: names.organisation(entry.orgId),
    peopleNames: named.join(', '),
    originalLine: originalLine(entry),
    flags: flagsOf(entry),
    fromReferral: (entry.cameFrom ?? []).some((s) => s.kind === 'referral'),
    recordedLine: `${changed} ${names.person(entry.by)}, ${dateTimeOf(entry.recordedAt)}`,
  };
}
export type Line = ReturnType<typeof lineOf>;

/** The staff that entries name. */
export const staffOf = (entries: readonly EntryVersion[]): string[] => entries.map((e) => e.by);
