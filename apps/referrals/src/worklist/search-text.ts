/** Letters that Unicode does not take apart, as people type them who lack them on their keyboard. */
const FOLDED: Readonly<Record<string, string>> = {
  ł: 'l',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ħ: 'h',
  ı: 'i',
};
const LONGEST = 60;

/** words takes a text apart into what is searched by: small letters without accents, and digits. */
export function words(text: string): string[] {
  const found = PLAIN.test(text)
    ? text
        .toLowerCase()
        .replaceAll("'", '')
        .match(/[a-z0-9]+/g) // O'Neill is found as oneill
    : folded(text).match(/[\p{L}\p{N}]+/gu);
  return (found ?? []).map((word) => word.slice(0, LONGEST));
}

/** Most text is ASCII, and asking Unicode about it costs most of the time. */
const PLAIN = /^[\x00-\x7f]*$/; // eslint-disable-line no-control-regex

const folded = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/[\p{M}'’]/gu, '')
    .toLowerCase()
    .replace(/[łøđðþßæœħı]/g, (letter) => FOLDED[letter] ?? letter);

/** A number as one word, however it was grouped. */
const joined = (text: string): string => words(text).join('').slice(0, LONGEST);

/** What the index keeps of a referral. */
export interface Indexed {
  /** Names and aliases of everybody in it, for likeness. */
  readonly names: string;
  /** Every word by which it may be found. */
  readonly words: string[];
}

type Loose = Readonly<Record<string, unknown>>;

/** indexed reads what a referral can be found by: names, numbers, places, and what was written about the concern. */
export function indexed(reference: string, content: Loose): Indexed {
  const people = objects(content['people']);
  const names = people.flatMap((p) => [
    ...texts(p['name']),
    ...objects(p['aliases']).flatMap((a) => [a['given'], a['family']]),
  ]);
  const numbers = people.flatMap((p) => [
    p['nhsNumber'],
    p['policeReference'],
    p['housingReference'],
    ...list(p['phones']),
  ]);
  const concerns = object(content['concerns']);
  const places = people.flatMap((p) =>
    objects(p['addresses'])
      .flatMap((a) => [...list(a['lines']), a['postcode']])
      .concat(p['school'], p['gp']),
  );
  const told = [concerns['summary'], content['wishes'], ...objects(concerns['happened']).map((h) => h['what'])];
  const nameWords = names.flatMap((n) => words(text(n)));
  const all = [
    ...words(reference),
    joined(reference),
    ...nameWords,
    ...[...numbers, concerns['crimeNumber']].flatMap((n) => [...words(text(n)), joined(text(n))]),
    ...[...places, ...told].flatMap((t) => words(text(t))),
  ];
  return { names: [...new Set(nameWords)].join(' '), words: [...new Set(all)].filter((w) => w !== '') };
}

/** What somebody asks for: every word, or what begins with it. Null when nothing in it can be searched for. */
export function asked(q: string): { readonly query: string; readonly likeness: string[] } | null {
  const numeric = /^[\d\s()+-]+$/.test(q) && joined(q).length >= 5;
  const wanted = numeric ? [joined(q)] : words(q);
  if (wanted.join('').length < 2) return null;
  const longestFirst = [...wanted].sort((a, b) => b.length - a.length);
  return { query: wanted.map((w) => `'${w}':*`).join(' & '), likeness: longestFirst };
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const object = (value: unknown): Loose => (typeof value === 'object' && value !== null ? (value as Loose) : {});
const objects = (value: unknown): readonly Loose[] => list(value).map(object);
const texts = (value: unknown): readonly unknown[] => Object.values(object(value));
