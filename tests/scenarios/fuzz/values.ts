import type { Dice } from './dice';

/** Texts that have broken something somewhere. */
const TEXTS = [
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\ud800',
  '\u202eevil',
  '﷽',
  '𝔘𝔫𝔦',
  "'; DROP TABLE referral; --",
  '{{7*7}}',
  '<script>alert(1)</script>',
  '../../etc/passwd',
  '%00',
  'null',
  'NaN',
  '1e999',
  '0x10',
  '2026-02-30',
  '9999-12-31T23:59:59.999Z',
  '-1',
  'x'.repeat(10_000),
  '99999999999999999999999999',
  '__proto__',
  'constructor',
  'amber',
  'accept',
  'domestic-abuse',
  // What makes a careless regular expression try for ever.
  `${'a'.repeat(30_000)}!`,
  `${' '.repeat(30_000)}x`,
  `${'1'.repeat(30_000)}x`,
  `${'1-'.repeat(15_000)}`,
  `${'a@'.repeat(15_000)}`,
  `${'a.'.repeat(15_000)}@`,
  `${'('.repeat(10_000)}`,
  `2026-${'0'.repeat(30_000)}`,
] as const;

const NUMBERS = [0, -1, 1, 1.5, 2 ** 31, 2 ** 53, -(2 ** 63), 1e308, 5e-324] as const;

/** JSON of any kind, some of it nested, some of it deeper than anybody would nest. */
export function anyJson(dice: Dice, ids: readonly string[], depth = 3): unknown {
  switch (dice.int(depth > 0 ? 9 : 6)) {
    case 0:
      return null;
    case 1:
      return dice.percent(50);
    case 2:
      return dice.of(NUMBERS);
    case 3:
      return dice.of(ids);
    case 4:
    case 5:
      return dice.of(TEXTS);
    case 6:
      return Array.from({ length: dice.int(4) }, () => anyJson(dice, ids, depth - 1));
    default:
      return Object.fromEntries(
        Array.from({ length: dice.int(5) }, () => [dice.of(NAMES), anyJson(dice, ids, depth - 1)]),
      );
  }
}

export const anyText = (dice: Dice): string => dice.of(TEXTS);

const NAMES = [
  ...['id', 'content', 'people', 'name', 'roles', 'colour', 'outcome', 'q', 'limit', 'org', 'level', 'toString'],
  ...['__proto__', 'constructor', 'hasOwnProperty', '', 'a.b', 'length', 'orgId', 'case', 'all', 'from', 'to'],
] as const;

/** One place in a valid value becomes something else: wrong types, missing fields, unknown ones. */
export function damaged(dice: Dice, value: unknown, ids: readonly string[]): unknown {
  if (typeof value !== 'object' || value === null || dice.percent(10)) return anyJson(dice, ids);
  if (Array.isArray(value)) {
    if (value.length === 0 || dice.percent(20)) return [...(value as unknown[]), anyJson(dice, ids)];
    const at = dice.int(value.length);
    return value.map((each: unknown, n) => (n === at ? damaged(dice, each, ids) : each));
  }
  const entries = Object.entries(value);
  const at = dice.int(entries.length + 1);
  if (at === entries.length) return { ...value, [dice.of(NAMES)]: anyJson(dice, ids) };
  if (dice.percent(25)) return Object.fromEntries(entries.filter((_, n) => n !== at));
  return Object.fromEntries(entries.map(([name, each], n) => [name, n === at ? damaged(dice, each, ids) : each]));
}
