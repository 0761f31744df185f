import { listedParts, personParts, type FieldProblem, type MergeChoice, type PersonPart } from '@concordat/contracts';
import { differing, type PersonDetails } from './person';

/** What to keep of each part: of the record that stays (`this`), of the other, or of both. */
export type MergeChoices = Readonly<Partial<Record<PersonPart, MergeChoice>>>;

/**
 * Parts about which somebody has to choose: both records know something, and not the same. Of what only one knows nothing is
 * to be chosen: it is kept.
 */
export const toChoose = (kept: PersonDetails, other: PersonDetails): PersonPart[] =>
  differing(kept, other).filter((part) => kept[part] !== undefined && other[part] !== undefined);

/** The choices by which a record stays as it is and gains what the other adds to its lists. */
export const keepingFirst = (kept: PersonDetails, other: PersonDetails): MergeChoices =>
  Object.fromEntries(
    toChoose(kept, other).map((part) => [part, (listedParts as readonly string[]).includes(part) ? 'both' : 'this']),
  );

/** What is wrong with the choices, one entry per part. */
export function choiceProblems(kept: PersonDetails, other: PersonDetails, choices: MergeChoices): FieldProblem[] {
  const lists: readonly string[] = listedParts;
  return personParts.flatMap((part) => {
    const field = `choices.${part}`;
    if (choices[part] === undefined)
      return toChoose(kept, other).includes(part) ? [{ field, code: 'required', message: 'Choose which to keep' }] : [];
    return choices[part] === 'both' && !lists.includes(part)
      ? [{ field, code: 'not-in-list', message: 'Choose one of the two' }]
      : [];
  });
}

/** Whether both have an NHS number and they share none: two people, whatever else agrees. */
export function nhsNumbersConflict(a: PersonDetails, b: PersonDetails): boolean {
  const numbers = (d: PersonDetails): string[] =>
    (d.identifiers ?? []).filter((i) => i.kind === 'nhs-number').map((i) => i.value.replace(/\D/g, ''));
  const [x, y] = [numbers(a), numbers(b)];
  return x.length > 0 && y.length > 0 && !x.some((n) => y.includes(n));
}

/**
 * merged is what is known of the one person. A name that was not chosen becomes an alias, so that they are still found by it.
 * `unseen` are addresses that whoever chose is not shown: nobody discards what they do not see. The choices MUST have no
 * problems.
 */
export function merged(
  kept: PersonDetails,
  other: PersonDetails,
  choices: MergeChoices,
  unseen: NonNullable<PersonDetails['addresses']> = [],
): PersonDetails {
  const next: Record<string, unknown> = {};
  for (const part of personParts) {
    const [own, theirs] = [kept[part], other[part]];
    const choice = choices[part] ?? 'this';
    const value =
      choice === 'both' && Array.isArray(own) && Array.isArray(theirs)
        ? union(own as object[], theirs as object[])
        : ((choice === 'other' ? theirs : own) ?? (choice === 'other' ? own : theirs));
    if (value !== undefined) next[part] = value;
  }
  if (unseen.length > 0) next['addresses'] = union((next['addresses'] ?? []) as object[], unseen);
  const unchosen = choices.name === 'other' ? kept.name : other.name;
  const chosen = next as PersonDetails;
  if (!unchosen || !differing({ name: unchosen }, chosen.name ? { name: chosen.name } : {}).length) return chosen;
  return { ...chosen, aliases: union(chosen.aliases ?? [], [{ ...unchosen, kind: 'other' }]) };
}

function union<T extends object>(a: readonly T[], b: readonly T[]): T[] {
  const bare = (item: T): string => {
    const { source: _source, kind, ...rest } = item as Record<string, unknown>;
    return JSON.stringify([kind ?? null, Object.entries(rest).sort(([x], [y]) => (x < y ? -1 : 1))]);
  };
  const known = new Set(a.map(bare));
  return [...a, ...b.filter((item) => !known.has(bare(item)))];
}

/**
 * What the record that stayed knows once the merge is undone: as before it, but for the parts that were corrected since,
 * which are somebody's later work and stand.
 */
export function unmerged(before: PersonDetails, after: PersonDetails, now: PersonDetails): PersonDetails {
  const since = new Set(differing(after, now));
  const next: Record<string, unknown> = {};
  for (const part of personParts) {
    const value = since.has(part) ? now[part] : before[part];
    if (value !== undefined) next[part] = value;
  }
  return next;
}
