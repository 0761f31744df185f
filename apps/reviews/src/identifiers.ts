import { RuleBroken } from '@concordat/contracts';

/** What can identify somebody, each as it is known to the review (domain/statutory-reviews.md §8). */
export const identifierKinds = [
  ...(['full-name', 'forename', 'surname', 'nickname', 'birth-date', 'death-date', 'address', 'postcode'] as const),
  ...(['phone', 'email', 'case-number', 'school', 'employer'] as const),
] as const;
export type IdentifierKind = (typeof identifierKinds)[number];

export interface Identifier {
  readonly kind: IdentifierKind;
  /** As it is written; a date as YYYY-MM-DD. */
  readonly value: string;
}

/** Somebody who must not be recognised in what leaves the review, and what they are called in it. */
export interface ProtectedPerson {
  readonly id: string;
  readonly pseudonym: string;
  readonly identifiers: readonly Identifier[];
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/**
 * demandIdentifiers refuses what could not be looked for: nothing at all, a date that is no day, something too short to tell
 * apart, a pseudonym that gives somebody away.
 * @throws RuleBroken with a code of `pseudonym.…`
 */
export function demandIdentifiers({ pseudonym, identifiers }: Omit<ProtectedPerson, 'id'>): void {
  if (identifiers.length === 0) throw new RuleBroken('pseudonym.nothing-known', 'Enter what could identify them');
  for (const { kind, value } of identifiers) {
    if (kind.endsWith('-date') !== DAY.test(value))
      throw new RuleBroken('pseudonym.not-a-date', 'Birth and death dates are whole days, and nothing else is');
    if (value.replace(/[^\p{L}\p{N}]/gu, '').length < 2)
      throw new RuleBroken('pseudonym.too-short', 'Each thing that identifies them has at least two letters or digits');
    if (kind === 'phone' && value.replace(/\D/g, '').length < 6)
      throw new RuleBroken('pseudonym.too-short', 'A telephone number has at least six digits');
  }
  const own = new Set(wordsOf(pseudonym));
  const names = identifiers.filter(({ kind }) => NAMES.has(kind)).flatMap(({ value }) => wordsOf(value));
  if (names.some((name) => own.has(name)))
    throw new RuleBroken('pseudonym.is-their-name', 'The pseudonym holds a name of theirs');
}

export const NAMES: ReadonlySet<IdentifierKind> = new Set(['full-name', 'forename', 'surname', 'nickname']);

/**
 * soughtOf is everything that a person is looked for by: a whole name gives its parts away as well, so that each is looked
 * for even when nobody has entered it apart. Pure.
 */
export function soughtOf({ identifiers }: Pick<ProtectedPerson, 'identifiers'>): Identifier[] {
  const parts = identifiers.flatMap(({ kind, value }): Identifier[] => {
    const names = kind === 'full-name' ? value.trim().split(/\s+/) : [];
    if (names.length < 2) return [];
    const given = names.slice(0, -1).filter((name) => name.replace(/[^\p{L}]/gu, '').length > 1);
    return [
      ...given.map((name) => ({ kind: 'forename', value: name }) as const),
      { kind: 'surname', value: names.at(-1)! },
    ];
  });
  const known = new Set(identifiers.map(({ kind, value }) => `${kind} ${value}`));
  return [...identifiers, ...parts.filter(({ kind, value }) => !known.has(`${kind} ${value}`))];
}

/** The words of a name that tell somebody apart, in small letters. */
export const wordsOf = (name: string): string[] => name.toLowerCase().match(/[\p{L}\p{M}\p{N}]{2,}/gu) ?? [];
