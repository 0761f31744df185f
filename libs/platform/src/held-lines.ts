import { dayInWords, inWords, referralVocabulary } from '@concordat/contracts';

/**
 * linesOf writes what is held as plain lines, `People 1, date of birth: 17 April 1991`, so that it can be read, and a part of it
 * redacted, by somebody who knows nothing of how it is stored: days and codes in words, people by their names. What is empty,
 * where it came from, and what only links records to one another is left out. Ids of agencies and areas stand as they are: what
 * those are called is known elsewhere. Pure.
 */
export function linesOf(content: unknown): string {
  return lines(content, [], namesIn(content)).join('\n');
}

type Names = ReadonlyMap<string, string>;
type Held = Readonly<Record<string, unknown>>;

const LEFT_OUT = ['source', 'id', 'ref', 'precision'];
/** What people wrote, which is never taken for a code. */
const WRITTEN = ['text', 'name', 'email', 'reference', 'title', 'postcode'];
const CODES: ReadonlySet<string> = new Set(Object.values(referralVocabulary).flat());
const DAY = /^(\d{4}|\d{4}-\d{2}|\d{4}-\d{2}-\d{2})$/;
const LONDON = new Intl.DateTimeFormat('en-GB', {
  ...{ day: 'numeric', month: 'long', year: 'numeric', timeZone: 'Europe/London' },
});
const INSTANT = /^\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:?\d{2})$/;

function lines(value: unknown, path: readonly string[], names: Names): string[] {
  if (value === null || value === undefined || value === '') return [];
  if (Array.isArray(value)) {
    const counted = value.length > 1 && value.every(isHeld) && !value.every((each) => inOneLine(each) !== null);
    return value.flatMap((each, i) => lines(each, counted ? numbered(path, i + 1) : path, names));
  }
  if (isHeld(value)) {
    const one = inOneLine(value);
    if (one !== null) return said(path, one);
    return Object.entries(value).flatMap(([key, part]) =>
      LEFT_OUT.includes(key) ? [] : lines(part, [...path, key], names),
    );
  }
  return said(path, inPlainWords(value, path.at(-1) ?? '', names));
}

const isHeld = (value: unknown): value is Held => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Of a list of several things, which it is: `people` is `people 2`. */
const numbered = (path: readonly string[], n: number): readonly string[] =>
  path.length === 0 ? path : [...path.slice(0, -1), `${path.at(-1)} ${n}`];

/** A name, or a day with how exactly it is known; null for what has more to it. */
function inOneLine(value: unknown): string | null {
  if (!isHeld(value)) return null;
  const has = Object.keys(value).filter((key) => !LEFT_OUT.includes(key) && value[key] !== null && value[key] !== '');
  const only = (...keys: string[]) => has.length > 0 && has.every((key) => keys.includes(key));
  if (only('given', 'family')) return nameOf(value);
  if (!only('value', 'preferred') || typeof value['value'] !== 'string' || !DAY.test(value['value'])) return null;
  const about = value['precision'] === 'approximate' ? 'about ' : '';
  return `${about}${dayInWords(value['value'])}${value['preferred'] === true ? ' (preferred)' : ''}`;
}

const nameOf = ({ given, family }: Held): string =>
  [given, family].filter((part) => typeof part === 'string' && part !== '').join(' ');

/** Whom what is held calls by a mark of its own, such as `p2`. */
function namesIn(content: unknown): Names {
  const people = isHeld(content) && Array.isArray(content['people']) ? content['people'].filter(isHeld) : [];
  return new Map(
    people.flatMap(({ ref, name }, i) =>
      typeof ref === 'string' ? [[ref, (isHeld(name) && nameOf(name)) || `People ${i + 1}`] as const] : [],
    ),
  );
}

function inPlainWords(value: unknown, key: string, names: Names): string {
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  if (typeof value !== 'string') return JSON.stringify(value);
  const named = names.get(value);
  if (named !== undefined) return named;
  if (DAY.test(value) && !/^\d{4}$/.test(value)) return dayInWords(value);
  if (INSTANT.test(value)) return LONDON.format(new Date(value));
  const code = CODES.has(value) || /^[a-z]+(-[a-z0-9]+)+$/.test(value);
  return code && !WRITTEN.includes(key) ? inWords(value) : value;
}

/** A thing by where it stands, `Fears, feared, why: …`; alone where it stands nowhere. */
function said(path: readonly string[], text: string): string[] {
  if (path.length === 0) return [text];
  const [first = '', ...rest] = path.map((key) =>
    key
      .replace(/([a-z])([A-Z])/g, '$1 $2')
      .replaceAll('-', ' ')
      .toLowerCase(),
  );
  return [`${[inWords(first), ...rest].join(', ')}: ${text}`];
}
