import { isMap, isScalar, isSeq } from 'yaml';
import type { Namespace, Spot } from './reading';

/** A Shape turns a YAML node into a value, or reports what is wrong with it and answers undefined. */
export type Shape<T> = (node: unknown, spot: Spot) => T | undefined;

type Fields = Readonly<Record<string, Shape<unknown>>>;
type Values<F extends Fields> = { readonly [K in keyof F]: F[K] extends Shape<infer T> ? T : never };

const CODE = /^[a-z0-9]+(?:[-.][a-z0-9]+)*$/;
const MAX_CODE = 64;

/** record: a mapping with all of the `needed` keys, some of the `optional` ones and no others. */
export function record<N extends Fields, O extends Fields = Record<never, never>>(
  needed: N,
  optional?: O,
): Shape<Values<N> & Partial<Values<O>>> {
  const known: Fields = { ...needed, ...optional };
  return (node, spot) => {
    if (!isMap(node)) return spot.report('must be a mapping of keys to values');
    const value: Record<string, unknown> = {};
    let whole = true;
    for (const pair of node.items) {
      const key = isScalar(pair.key) ? String(pair.key.value) : '?';
      const shape = Object.hasOwn(known, key) ? known[key] : undefined;
      if (!shape) {
        spot.at(pair.key, key).report(`unknown key; known here: ${Object.keys(known).join(', ')}`);
        whole = false;
        continue;
      }
      const read = shape(pair.value, spot.at(isPresent(pair.value) ? pair.value : pair.key, key));
      if (read === undefined) whole = false;
      else value[key] = read;
    }
    for (const key of Object.keys(needed)) {
      if (node.has(key)) continue;
      spot.report(`lacks “${key}”`);
      whole = false;
    }
    return whole ? (value as Values<N> & Partial<Values<O>>) : undefined;
  };
}

/** list: a sequence in which every item has the shape. */
export function list<T>(shape: Shape<T>, atLeast = 0): Shape<readonly T[]> {
  return (node, spot) => {
    if (!isSeq(node)) return spot.report('must be a list');
    if (node.items.length < atLeast)
      return spot.report(`must have at least ${atLeast} item${atLeast === 1 ? '' : 's'}`);
    const items = node.items.map((item, index) => shape(item, spot.at(item, index)));
    return items.every((item) => item !== undefined) ? items : undefined;
  };
}

/** text: a string with something in it. */
export const text: Shape<string> = (node, spot) => {
  const value = isScalar(node) ? node.value : undefined;
  if (typeof value !== 'string' || value.trim() === '') return spot.report('must be a text');
  return value.trim();
};

/** flag: true or false. */
export const flag: Shape<boolean> = (node, spot) =>
  isScalar(node) && typeof node.value === 'boolean' ? node.value : spot.report('must be true or false');

/** whole: a whole number within bounds. */
export function whole(min: number, max: number): Shape<number> {
  return (node, spot) => {
    const value = isScalar(node) ? node.value : undefined;
    return typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max
      ? value
      : spot.report(`must be a whole number from ${min} to ${max}`);
  };
}

/** number: a number within bounds, both included; `form` says which in words. */
export function number(min: number, max: number, form: string): Shape<number> {
  return (node, spot) => {
    const value = isScalar(node) ? node.value : undefined;
    return typeof value === 'number' && value >= min && value <= max ? value : spot.report(`must be ${form}`);
  };
}

/** matching: a string of a form; `form` says which in words. */
export function matching(pattern: RegExp, form: string): Shape<string> {
  return (node, spot) => {
    const value = isScalar(node) ? node.value : undefined;
    return typeof value === 'string' && pattern.test(value) ? value : spot.report(`must be ${form}`);
  };
}

/** day: a civil date that exists. */
export const day: Shape<string> = (node, spot) => {
  const value = isScalar(node) ? node.value : undefined;
  return typeof value === 'string' && isDay(value) ? value : spot.report('must be a date that exists, as YYYY-MM-DD');
};

/** Whether a text is a civil date that exists, `YYYY-MM-DD`. */
export function isDay(value: string): boolean {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(value) ? Date.parse(`${value}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(value);
}

/** oneOf: one of a closed list of words. */
export function oneOf<const W extends string>(words: readonly W[]): Shape<W> {
  return (node, spot) => {
    const value = isScalar(node) ? node.value : undefined;
    return words.find((word) => word === value) ?? spot.report(`must be one of ${words.join(', ')}`);
  };
}

/** code: lower-case words joined by hyphens or dots; the only form that may travel in events (design/events.md P1). */
export const code: Shape<string> = (node, spot) => {
  const value = isScalar(node) ? node.value : undefined;
  return typeof value === 'string' && value.length <= MAX_CODE && CODE.test(value)
    ? value
    : spot.report(`must be a code: lower-case words and digits joined by hyphens or dots, ${MAX_CODE} at most`);
};

/** defines: a code that other documents may refer to. Seen even when the document around it is broken. */
export function defines(...kinds: Namespace[]): Shape<string> {
  return (node, spot) => {
    const name = code(node, spot);
    if (name !== undefined) spot.reading.define(kinds, name, spot.finding(''));
    return name;
  };
}

/** refersTo: a code that some document of the pack must define. */
export function refersTo(kind: Namespace): Shape<string> {
  return (node, spot) => {
    const name = code(node, spot);
    if (name !== undefined) spot.reading.mention(kind, name, spot.finding(''));
    return name;
  };
}

/** checked: a shape with a further rule, tried once the shape is right. `rule` answers a reason, or undefined. */
export function checked<T>(shape: Shape<T>, rule: (value: T) => string | undefined): Shape<T> {
  return (node, spot) => {
    const value = shape(node, spot);
    const reason = value === undefined ? undefined : rule(value);
    return reason === undefined ? value : spot.report(reason);
  };
}

/** distinct: a list no two items of which have the same key. */
export function distinct<T>(shape: Shape<readonly T[]>, key: (item: T) => string): Shape<readonly T[]> {
  return checked(shape, (items) => {
    const seen = new Set<string>();
    for (const item of items) {
      if (seen.has(key(item))) return `has “${key(item)}” twice`;
      seen.add(key(item));
    }
    return undefined;
  });
}

function isPresent(node: unknown): boolean {
  return isMap(node) || isSeq(node) || (isScalar(node) && node.value !== null);
}
