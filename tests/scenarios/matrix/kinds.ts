import type { Role } from '@concordat/contracts';
import type { RoleHolder } from './callers';
import type { Declared } from './operations';

/** A kind of record, by the form of the paths that are about one. */
export interface Kind {
  readonly name: string;
  /** Paths that begin so are about a record of this kind. */
  readonly path: string;
  /** Where reading it is open to fewer than may know that it is there (acceptance.md, rule 2): the others get 404 to reading alone. */
  readonly only?: 'get';
  /** A record of the own agency's in which the other agency has no part. */
  readonly id: string;
  /** What it holds that paths name behind it, by the name of its place. */
  readonly parts: Readonly<Record<string, string>>;
  /** Who works with it: by them it is shown that whoever is entitled is let in. */
  readonly by: readonly string[];
  /** One more of them, open to named staff only, of whom no holder of a role is one. */
  readonly restrictedId?: string;
  /** Who knows of it in whichever agency they are; nobody unless said. */
  readonly everywhere?: 'anybody' | readonly Role[];
  /** Who knows of it in the own agency: whoever works there unless said, and nobody but `by` where it is nobody. */
  readonly within?: readonly Role[];
  /** What there is none of, where not every id would do: of an act that is young, whoever else asks is told to wait. */
  readonly absentId?: string;
}

/** Whether `who` may know that the record exists: by taking part in it, or by a role that looks across agencies. */
export function mayKnow({ everywhere = [], within }: Kind, who: RoleHolder): boolean {
  if (everywhere === 'anybody' || everywhere.includes(who.role)) return true;
  return who.agency === 'own' && (within === undefined || within.includes(who.role));
}

/** The qualification is to read what is restricted, in cases that one's agency takes part in; it alone is no role to read. */
export const mayKnowRestricted = (who: RoleHolder): boolean =>
  who.agency === 'own' && who.role === 'restricted-records';

/** The kind that an operation is about: the longest of the forms that its path begins with. */
export const kindOf = (kinds: readonly Kind[], { method, path }: Pick<Declared, 'method' | 'path'>): Kind | null =>
  kinds
    .filter((kind) => path === kind.path || path.startsWith(`${kind.path}/`))
    .filter((kind) => kind.only === undefined || kind.only === method)
    .sort((a, b) => b.path.length - a.path.length)[0] ?? null;
