import type { Outcome, Problem } from './problem';

/** A Shape turns an untrusted JSON value into a checked one, or reports what is wrong there and answers undefined. */
export type Shape<T> = (value: unknown, spot: Spot) => T | undefined;

type Fields = Readonly<Record<string, Shape<unknown>>>;
type Values<F extends Fields> = { readonly [K in keyof F]: F[K] extends Shape<infer T> ? T : never };

/** Beyond these nobody reads a list of what is wrong, and whoever sent it meant harm. */
const MAX_PROBLEMS = 100;
const MAX_TEXT = 10_000;
const MAX_ITEMS = 2_000;

/** Spot is a place in the input; it knows how to report a problem there. `noun` begins every code. */
export class Spot {
  constructor(
    readonly noun: string,
    readonly problems: Problem[],
    readonly path = '',
  ) {}

  at(key: string | number): Spot {
    const path = typeof key === 'number' ? `${this.path}[${key}]` : this.path === '' ? key : `${this.path}.${key}`;
    return new Spot(this.noun, this.problems, path);
  }

  report(code: string, message: string): undefined {
    if (this.problems.length < MAX_PROBLEMS) {
      this.problems.push({ path: this.path, code: `${this.noun}.${code}`, message });
    }
    return undefined;
  }
}

/** readAs reads a whole value: all of it, or the list of everything that is wrong with it. */
export function readAs<T>(noun: string, shape: Shape<T>, input: unknown): Outcome<T> {
  const problems: Problem[] = [];
  const value = shape(input, new Spot(noun, problems));
  return value === undefined || problems.length > 0 ? { ok: false, problems } : { ok: true, value };
}

/** record: an object with all of the `needed` members, some of the `optional` ones and no others. */
export function record<N extends Fields, O extends Fields = Record<never, never>>(
  needed: N,
  optional?: O,
): Shape<Values<N> & Partial<Values<O>>> {
  const known: Fields = { ...needed, ...optional };
  return (value, spot) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      return spot.report('type-wrong', 'must be an object');
    }
    const read: Record<string, unknown> = {};
    let whole = true;
    const keys = Object.keys(value);
    if (keys.length > MAX_ITEMS) return spot.report('too-many', 'has too many members');
    for (const key of keys) {
      const shape = Object.hasOwn(known, key) ? known[key] : undefined;
      // The name of an unknown member comes from outside, so it is shown only where it can do no harm.
      const place = /^[A-Za-z0-9_-]{1,60}$/.test(key) ? spot.at(key) : spot.at('?');
      if (!shape) {
        place.report('field-unknown', `is not known here; known: ${Object.keys(known).join(', ')}`);
        whole = false;
        continue;
      }
      const inside = shape((value as Record<string, unknown>)[key], place);
      if (inside === undefined) whole = false;
      else read[key] = inside;
    }
    for (const key of Object.keys(needed)) {
      if (Object.hasOwn(value, key)) continue;
      spot.at(key).report('field-missing', 'is missing');
      whole = false;
    }
    return whole ? (read as Values<N> & Partial<Values<O>>) : undefined;
  };
}

/** A list of at least `least` entries of one shape, each read at its own place. */
export function list<T>(shape: Shape<T>, least = 0): Shape<readonly T[]> {
  return (value, spot) => {
    if (!Array.isArray(value)) return spot.report('type-wrong', 'must be a list');
    if (value.length > MAX_ITEMS) return spot.report('too-many', `must hold ${MAX_ITEMS} entries or fewer`);
    if (value.length < least) return spot.report('too-few', `must hold ${least} or more`);
    const read = value.map((each, index) => shape(each, spot.at(index)));
    return read.includes(undefined) ? undefined : (read as T[]);
  };
}

/** distinct: a list in which no two entries have the same key. */
export function distinct<T>(shape: Shape<readonly T[]>, key: (each: T) => string): Shape<readonly T[]> {
  return (value, spot) => {
    const read = shape(value, spot);
    const seen = new Set<string>();
    let once = true;
    read?.forEach((each, index) => {
      if (seen.has(key(each))) {
        spot.at(index).report('duplicate', 'is there twice');
        once = false;
      }
      seen.add(key(each));
    });
    return once ? read : undefined;
  };
}

/** checked: a shape with a further rule, tried once the shape is right. `rule` answers [code, message] or undefined. */
export function checked<T>(shape: Shape<T>, rule: (value: T) => readonly [string, string] | undefined): Shape<T> {
  return (value, spot) => {
    const read = shape(value, spot);
    const wrong = read === undefined ? undefined : rule(read);
    return wrong === undefined ? read : spot.report(...wrong);
  };
}

/** text: not blank, of bounded length, well-formed Unicode (RFC 8785 cannot write a lone surrogate). */
export const text: Shape<string> = (value, spot) => {
  if (typeof value !== 'string') return spot.report('type-wrong', 'must be a text');
  if (value.length > MAX_TEXT) return spot.report('too-long', `must be ${MAX_TEXT} characters or fewer`);
  if (value.trim() === '') return spot.report('blank', 'must not be blank');
  return /\p{Surrogate}/u.test(value) ? spot.report('text-broken', 'holds half a character') : value;
};

/** True or false, and nothing that is only like it. */
export const flag: Shape<boolean> = (value, spot) =>
  typeof value === 'boolean' ? value : spot.report('type-wrong', 'must be true or false');

/** A whole number within bounds, both included. */
export function whole(from: number, to: number): Shape<number> {
  return (value, spot) =>
    typeof value === 'number' && Number.isInteger(value) && value >= from && value <= to
      ? value
      : spot.report('number-wrong', `must be a whole number from ${from} to ${to}`);
}

/** A text of a form; `what` ends the sentence “must be …”. */
export function matching(pattern: RegExp, what: string, code = 'form-wrong'): Shape<string> {
  return (value, spot) => {
    if (typeof value !== 'string') return spot.report('type-wrong', 'must be a text');
    return pattern.test(value) ? value : spot.report(code, `must be ${what}`);
  };
}

/** oneOf: one of a closed list of codes. */
export function oneOf<const W extends string>(words: readonly W[]): Shape<W> {
  return (value, spot) => {
    if (typeof value !== 'string') return spot.report('type-wrong', 'must be a text');
    return words.find((word) => word === value) ?? spot.report('code-unknown', `must be one of ${words.join(', ')}`);
  };
}

/** day: a civil date that exists. */
export const day: Shape<string> = (value, spot) => {
  if (typeof value !== 'string') return spot.report('type-wrong', 'must be a text');
  const at = /^(?:19|20|21)\d\d-\d\d-\d\d$/.test(value) ? Date.parse(`${value}T00:00:00Z`) : Number.NaN;
  const exists = !Number.isNaN(at) && new Date(at).toISOString().startsWith(value);
  return exists ? value : spot.report('day-wrong', 'must be a date that exists, YYYY-MM-DD');
};

/** instant: an ISO 8601 time with its offset; a time without one would mean another moment to each reader. */
export const instant: Shape<string> = (value, spot) => {
  if (typeof value !== 'string') return spot.report('type-wrong', 'must be a text');
  return Number.isNaN(instantOf(value))
    ? spot.report('time-wrong', 'must be an ISO 8601 time with its offset, such as 2026-06-01T09:00:00Z')
    : value;
};

/** fromText parses a JSON text of bounded size; what is too large is not looked into. */
export function fromText(noun: string, most: number, text: string): { value: unknown } | { problem: Problem } {
  if (text.length > most || Buffer.byteLength(text) > most) {
    return { problem: { path: '', code: `${noun}.too-large`, message: `must be ${most} bytes or fewer` } };
  }
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return { problem: { path: '', code: `${noun}.not-json`, message: 'is not JSON' } };
  }
}

const INSTANT =
  /^(?:19|20|21)\d\d-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,3})?)?(?:Z|[+-](?:0\d|1[0-4]):[0-5]\d)$/;

/** instantOf gives the milliseconds of an ISO 8601 time with offset, or NaN if it is none, or none that exists. */
export function instantOf(value: string): number {
  if (!INSTANT.test(value)) return Number.NaN;
  // Date.parse takes 31 February as 3 March.
  const dayOfMonth = (value.charCodeAt(8) - 48) * 10 + value.charCodeAt(9) - 48;
  if (dayOfMonth > 28) {
    const noon = Date.parse(`${value.slice(0, 10)}T12:00:00Z`);
    if (Number.isNaN(noon) || new Date(noon).getUTCDate() !== dayOfMonth) return Number.NaN;
  }
  return Date.parse(value);
}
