import type { PreparedBirth, PreparedName, PreparedPlace } from './facts';
import type { LevelOf } from './model';
import { jaroWinkler, oneSlipApart } from './similarity';

/** At least this long, one slip leaves a word recognisable; Ann and Anna are two names. */
const SLIP_LENGTH = 4;
const CLOSE = 0.93;
const SIMILAR = 0.82;
/** Share of the words of the shorter address that the longer has too. */
const SAME_LINES = 0.8;
const SIMILAR_LINES = 0.45;
const APPROXIMATE_YEARS = 2;

/** Groups of forenames that stand for each other, by forename. */
export type Nicknames = ReadonlyMap<string, ReadonlySet<number>>;

/** By each name, the groups that it is in: two names are short for one another when they share a group. */
export function nicknamesOf(groups: readonly (readonly string[])[]): Nicknames {
  const byName = new Map<string, Set<number>>();
  groups.forEach((group, i) => group.forEach((name) => byName.set(name, (byName.get(name) ?? new Set()).add(i))));
  return byName;
}

/** How two forenames agree; null when one of them is not known. */
export function forenames(
  a: readonly string[],
  b: readonly string[],
  nicknames: Nicknames,
): LevelOf<'forename'> | null {
  const whole = wholeOrPart(a, b);
  if (whole !== 'look') return whole;
  const [x = '', y = ''] = [a[0], b[0]];
  const groups = nicknames.get(x);
  if (groups && [...(nicknames.get(y) ?? [])].some((g) => groups.has(g))) return 'nickname';
  if ((x.length === 1 || y.length === 1) && x[0] === y[0]) return 'initial';
  return alike(a.join(''), b.join(''), x, y);
}

/** How two surnames agree; null when one of them is not known. */
export function surnames(a: readonly string[], b: readonly string[]): LevelOf<'surname'> | null {
  const whole = wholeOrPart(a, b);
  return whole !== 'look' ? whole : alike(a.join(''), b.join(''), a[0] ?? '', b[0] ?? '');
}

/** Mary Jane and Mary, Smith-Jones and Jones: one name is a part of the other. */
function wholeOrPart(a: readonly string[], b: readonly string[]): 'same' | 'part' | 'look' | null {
  if (a.length === 0 || b.length === 0) return null;
  if (a.join('') === b.join('')) return 'same';
  const [fewer, more] = a.length <= b.length ? [a, b] : [b, a];
  return fewer.length < more.length && fewer.every((word) => word.length > 1 && more.includes(word)) ? 'part' : 'look';
}

function alike(a: string, b: string, firstOfA: string, firstOfB: string): 'close' | 'similar' | 'different' {
  const long = Math.max(a.length, b.length) >= SLIP_LENGTH;
  if (long && oneSlipApart(a, b)) return 'close';
  const likeness = Math.max(jaroWinkler(a, b), firstOfA.length > 2 ? jaroWinkler(firstOfA, firstOfB) : 0);
  if (likeness >= CLOSE) return 'close';
  return likeness >= SIMILAR ? 'similar' : 'different';
}

/** Whether somebody's name was written the wrong way round: the forename of one is like the surname of the other. */
export const turned = ({ given, family }: PreparedName): PreparedName => ({ given: family, family: given });

/** How two dates of birth agree, as exactly as the less exact is known. */
export function births(a: PreparedBirth, b: PreparedBirth): LevelOf<'birth'> {
  if (a.approximate || b.approximate)
    return Math.abs(Number(a.year) - Number(b.year)) <= APPROXIMATE_YEARS ? 'approximate' : 'different';
  if (a.month === '' || b.month === '') return a.year === b.year ? 'year' : 'different';
  if (a.day === '' || b.day === '') {
    if (a.year === b.year) return a.month === b.month ? 'month' : 'part';
    return 'different';
  }
  if (a.text === b.text) return 'same';
  if (a.year === b.year && a.day === b.month && a.month === b.day) return 'swapped';
  if (oneSlipApart(a.text.replaceAll('-', ''), b.text.replaceAll('-', ''))) return 'slip';
  const parts = Number(a.year === b.year) + Number(a.month === b.month) + Number(a.day === b.day);
  return parts === 2 ? 'part' : 'different';
}

/** Years between two births, whole. */
export const yearsApart = (a: PreparedBirth, b: PreparedBirth): number => Math.abs(Number(a.year) - Number(b.year));

/** How two postcodes agree; null when one of them is not known. */
export function postcodes(a: string, b: string): LevelOf<'postcode'> | null {
  if (a === '' || b === '') return null;
  if (a === b) return 'same';
  if (oneSlipApart(a, b)) return 'slip';
  const [x, y] = [districtOf(a), districtOf(b)];
  return x !== null && x === y ? 'district' : 'different';
}

/** The outward code of a UK postcode, which names a district; null for what is none. */
export const districtOf = (postcode: string): string | null =>
  /^([a-z]{1,2}\d[a-z\d]?)\d[a-z]{2}$/.exec(postcode)?.[1] ?? null;

/** How the lines of two addresses agree; null when one of them is not known. */
export function addressLines(a: PreparedPlace, b: PreparedPlace): LevelOf<'address-far'> | null {
  if (a.words.size === 0 || b.words.size === 0) return null;
  const [fewer, more] = a.words.size <= b.words.size ? [a.words, b.words] : [b.words, a.words];
  let found = 0;
  for (const word of fewer) {
    if (more.has(word)) found++;
    else if (
      word.length >= SLIP_LENGTH &&
      [...more].some((w) => jaroWinkler(word, w) >= CLOSE || oneSlipApart(word, w))
    )
      found += 0.9;
  }
  const share = found / fewer.size;
  return share >= SAME_LINES ? 'same' : share >= SIMILAR_LINES ? 'similar' : 'different';
}
