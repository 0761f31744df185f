import { datePattern } from './date-patterns';
import { folded } from './folded-text';
import type { Identifier, IdentifierKind } from './identifiers';

const STREETS: readonly (readonly string[])[] = [
  ...[
    ['road', 'rd'],
    ['street', 'st'],
    ['avenue', 'ave', 'av'],
    ['close', 'cl'],
    ['lane', 'ln'],
    ['drive', 'dr'],
  ],
  ...[
    ['court', 'ct'],
    ['crescent', 'cres'],
    ['terrace', 'terr', 'ter'],
    ['gardens', 'gdns'],
    ['place', 'pl'],
  ],
  ...[
    ['square', 'sq'],
    ['grove', 'gr'],
    ['house', 'hse'],
    ['flat', 'apartment', 'apt'],
    ['saint', 'st'],
  ],
];
const LEAST_WITHIN = 8;

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
const whole = (pattern: string): string => `(?<![\\p{L}\\p{N}])(?:${pattern})(?![\\p{L}\\p{N}])`;
const words = (text: string): string[] =>
  folded(text)
    .text.split(/[^\p{L}\p{N}']+/u)
    .filter(Boolean);
/** A word in which an apostrophe may be missing, or be a space: O’Brien, OBrien, O Brien. */
const word = (text: string): string => escaped(text).replaceAll("'", "['\\s]?");
const phrase = (parts: readonly string[], between = "[\\s\\-_.,']{1,3}"): string => parts.join(between);
/** Someone’s, or more than one of a family. */
const OWNED = "(?:'s|s'|'|s|es)?";

/**
 * patternsOf is an identifier as a pattern for folded text, or several: each finds it in some way of writing it. They
 * ignore case and accents because folded text has none. Pure.
 */
export function patternsOf({ kind, value }: Identifier): string[] {
  const parts = words(value);
  switch (kind) {
    case 'birth-date':
    case 'death-date':
      return [whole(datePattern(value))];
    case 'full-name':
      return [whole(phrase(parts.map(word)) + OWNED), ...runTogether(parts)];
    case 'forename':
    case 'surname':
    case 'nickname':
      // One half of a double name gives it away as well.
      return [phrase(parts.map(word)), ...parts.filter((p) => parts.length > 1 && p.length > 2).map(word)].map((one) =>
        whole(one + OWNED),
      );
    case 'address':
      return addressPatterns(parts);
    case 'postcode': {
      const code = parts.join('');
      return [whole(`${escaped(code.slice(0, -3))}[\\s\\-.]*${escaped(code.slice(-3))}`)];
    }
    case 'phone':
      return [phonePattern(value)];
    case 'email':
      return [whole(escaped(folded(value.trim()).text)), whole(escaped(folded(value.trim()).text.split('@')[0]!))];
    case 'case-number':
      return [whole([...parts.join('')].map(escaped).join('[\\s\\-/.]*'))];
    case 'school':
    case 'employer':
      return [whole(phrase(parts.map(word)) + OWNED)];
  }
}

/** As it stands in addresses of sites and in names of accounts: janesmith82. */
const runTogether = (parts: readonly string[]): string[] => {
  const run = parts.join('').replaceAll("'", '');
  return run.length < LEAST_WITHIN ? [] : [escaped(run)];
};

/** The whole of it, and its street without a number. */
function addressPatterns(parts: readonly string[]): string[] {
  const spelt = parts.map((part) => {
    const same = STREETS.filter((names) => names.includes(part)).flat();
    return same.length > 0 ? `(?:${[...new Set(same)].join('|')})` : word(part);
  });
  const street = spelt.filter((_, i) => !/\d/.test(parts[i]!));
  const all = [phrase(spelt)];
  if (street.length > 1 && street.length < spelt.length) all.push(phrase(street));
  return all.map(whole);
}

function phonePattern(value: string): string {
  const digits = value.replace(/\D/g, '').replace(/^(?:0044|44|0)/, '');
  return `(?<!\\d)(?:\\+?(?:00)?44[\\s().\\-]*)?(?:\\(?0\\)?[\\s().\\-]*)?${[...digits].join('[\\s().\\-]*')}(?!\\d)`;
}

/** What looks like something that identifies somebody, whoever they are. It is shown, and blocks nothing by itself. */
export const SUSPECTS: readonly { readonly kind: IdentifierKind; readonly pattern: string }[] = [
  { kind: 'postcode', pattern: whole('[a-z]{1,2}\\d[a-z\\d]? ?\\d[abd-hjlnp-uw-z]{2}') },
  { kind: 'email', pattern: whole('[a-z0-9._%+\\-]+@[a-z0-9\\-]+(?:\\.[a-z0-9\\-]+)+') },
  { kind: 'phone', pattern: '(?<![\\d.])(?:\\+44|0)[\\s().\\-]*\\d(?:[\\s().\\-]*\\d){8,9}(?!\\d)' },
];
