import { folded, unbroken, type FoldedText } from './folded-text';
import { patternsOf, SUSPECTS } from './identifier-patterns';
import { soughtOf, type IdentifierKind, type ProtectedPerson } from './identifiers';

/** Where in a file a piece of its text stood. */
export const passageParts = [
  ...(['body', 'comment', 'tracked-change', 'note', 'header', 'hidden', 'metadata', 'file-name'] as const),
  ...(['attribute', 'embedded'] as const),
] as const;
export type PassagePart = (typeof passageParts)[number];

/** A piece of text of a file that leaves a review. */
export interface Passage {
  readonly part: PassagePart;
  /** Such as: page 3, word/comments.xml. */
  readonly where: string;
  readonly text: string;
}

/** What a file says, and what of it nobody can read. */
export interface Extracted {
  readonly passages: readonly Passage[];
  /** What holds no text that can be looked through, such as pictures, with where each is. */
  readonly pictures: readonly string[];
  /** What could not be read at all. It blocks, since nobody knows what is in it. */
  readonly unread: readonly string[];
}

/** Something found in a file that blocks its release until it is removed, or somebody else says why it is nothing. */
export interface Hit {
  /** The same for the same thing in the same bytes, whenever they are looked through. */
  readonly key: string;
  readonly kind: IdentifierKind | 'unread';
  /** Ids of those whom it identifies. */
  readonly people: readonly string[];
  readonly part: PassagePart;
  readonly where: string;
  /** Offset in the passage. */
  readonly at: number;
  readonly text: string;
  /** With what stands around it. */
  readonly excerpt: string;
  /** A name that somebody has who may be named: it blocks all the same, since it is not known who is meant. */
  readonly ambiguous: boolean;
}

export interface Warning {
  readonly kind: IdentifierKind | 'picture' | 'author';
  readonly where: string;
  readonly text: string;
}

export interface ReleaseScan {
  readonly hits: readonly Hit[];
  readonly warnings: readonly Warning[];
  /** Names of those who may be named, with how often each stands in the file. */
  readonly exempted: readonly { readonly name: string; readonly times: number }[];
}

interface Sought {
  readonly person: string;
  readonly kind: IdentifierKind;
  readonly expression: RegExp;
}
interface Found extends Pick<Sought, 'kind'> {
  readonly people: string[];
  readonly from: number;
  readonly to: number;
}

const AROUND = 40;
/** Who made a file is written in these of its properties; the `Creator` of a PDF is the program that did. */
const AUTHORS = /author|[ :]creator|lastmodifiedby|manager|company/i;

/**
 * scan looks through everything that a file says for whatever identifies somebody who is protected. `exempt` are names of
 * people who may be named: the chair, the author, the panel. Pure.
 */
export function scan(
  { passages, pictures, unread }: Extracted,
  people: readonly ProtectedPerson[],
  exempt: readonly string[],
): ReleaseScan {
  const sought = people.flatMap(({ id, identifiers }) =>
    soughtOf({ identifiers }).flatMap((identifier) =>
      patternsOf(identifier).map((pattern): Sought => ({
        person: id,
        kind: identifier.kind,
        expression: new RegExp(pattern, 'gu'),
      })),
    ),
  );
  const exempted = new Map<string, number>();
  const known = exempt.map((name) => ({
    name,
    expression: new RegExp(patternsOf({ kind: 'full-name', value: name })[0]!, 'gu'),
  }));
  const hits: Hit[] = unread.map((where) => unreadHit(where));
  const warnings: Warning[] = pictures.map((where) => ({ kind: 'picture', where, text: '' }));
  for (const passage of passages) {
    const views = viewsOf(passage);
    const named = views.flatMap((view) =>
      known.flatMap(({ name, expression }) => spans(view, expression).map((span) => ({ name, ...span }))),
    );
    const times = new Map(named.map((n) => [`${n.name} ${n.from}`, n.name]));
    for (const name of times.values()) exempted.set(name, (exempted.get(name) ?? 0) + 1);
    const found = merged(
      views.flatMap((view) =>
        sought.flatMap(({ person, kind, expression }) =>
          spans(view, expression).map((span): Found => ({ kind, people: [person], ...span })),
        ),
      ),
    );
    const within = (f: { from: number; to: number }) => named.some((n) => n.from <= f.from && f.to <= n.to);
    hits.push(...found.map((f) => hitOf(passage, f, within(f))));
    warnings.push(...suspects(passage, views[0]!, found, named.length > 0));
  }
  return { hits, warnings, exempted: [...exempted].map(([name, times]) => ({ name, times })) };
}

/** A name of a file runs its words together: JaneSmith_report. */
function viewsOf({ part, text }: Passage): FoldedText[] {
  if (part === 'file-name') {
    const { text: parted, at } = { text: text.replace(/(?<=\p{Ll})(?=\p{Lu})/gu, ' '), at: offsets(text) };
    const view = folded(parted);
    return [folded(text), { text: view.text, at: view.at.map((i) => at[i] ?? text.length) }];
  }
  const joined = unbroken(text);
  return joined ? [folded(text), joined] : [folded(text)];
}

/** For each character of a file's name with its words parted, where it stood before. */
function offsets(text: string): number[] {
  const at: number[] = [];
  for (let i = 0; i < text.length; i++) {
    if (i > 0 && /\p{Ll}/u.test(text[i - 1]!) && /\p{Lu}/u.test(text[i]!)) at.push(i);
    at.push(i);
  }
  return at;
}

function spans({ text, at }: FoldedText, expression: RegExp): { from: number; to: number }[] {
  return [...text.matchAll(expression)].map(({ index, 0: match }) => ({
    from: at[index]!,
    to: at[index + match.length - 1]! + 1,
  }));
}

/** What lies within something longer is told once; what is two people’s is told as both’s. */
function merged(all: readonly Found[]): Found[] {
  const kept: Found[] = [];
  for (const one of [...all].sort((a, b) => a.from - b.from || b.to - a.to)) {
    const over = kept.find((k) => k.from <= one.from && one.to <= k.to);
    if (!over) kept.push({ ...one, people: [...one.people] });
    else for (const person of one.people) if (!over.people.includes(person)) over.people.push(person);
  }
  return kept;
}

function hitOf({ part, where, text }: Passage, { kind, people, from, to }: Found, ambiguous: boolean): Hit {
  return {
    ...{ key: `${part} ${where} ${from}-${to}`, kind, people, part, where, at: from, text: text.slice(from, to) },
    ...{ excerpt: text.slice(Math.max(0, from - AROUND), to + AROUND).replace(/\s+/g, ' '), ambiguous },
  };
}

const unreadHit = (where: string): Hit => ({
  ...{ key: `unread ${where}`, kind: 'unread', people: [], part: 'embedded', where, at: 0, text: '', excerpt: '' },
  ambiguous: false,
});

/** What looks like somebody’s, and is not among what is known; and makers of files who are nobody that may be named. */
function suspects(passage: Passage, view: FoldedText, found: readonly Found[], named: boolean): Warning[] {
  const { part, where, text } = passage;
  const looks = SUSPECTS.flatMap(({ kind, pattern }) =>
    spans(view, new RegExp(pattern, 'gu'))
      .filter(({ from, to }) => !found.some((f) => f.from < to && from < f.to))
      .map(({ from, to }): Warning => ({ kind, where, text: text.slice(from, to) })),
  );
  const maker = part === 'metadata' && AUTHORS.test(where) && text.trim() !== '' && !named && found.length === 0;
  return maker ? [...looks, { kind: 'author', where, text }] : looks;
}
