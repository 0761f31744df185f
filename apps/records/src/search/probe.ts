import { readReference } from '@concordat/contracts';
import { prepare, wordsOf } from '@concordat/matching';
import { isCivilDate, isNhsNumber } from '@concordat/platform';

/** A name as somebody may have meant it: which of its words are forenames, which surname. */
export interface TypedName {
  readonly given: readonly string[];
  readonly family: readonly string[];
}

/** A postcode as far as it was typed: the district `zz7`, and of the rest nothing, the sector `2`, or the whole `2bs`. */
export interface TypedPostcode {
  readonly outward: string;
  readonly inward: string;
}

/** What somebody typed may mean. Each part is looked for by itself, but what stands beside a name narrows the name. */
export interface Probe {
  /** A reference of a case or a referral, as we write it. */
  readonly reference: string | null;
  /** What a case or somebody may be called in a system that they were brought in from: all of it, in small letters. */
  readonly elsewhere: string | null;
  /** Numbers of people, NHS and others', as one word. */
  readonly numbers: readonly string[];
  /** Telephone numbers by their digits, +44 and 0 alike. */
  readonly phones: readonly string[];
  readonly postcode: TypedPostcode | null;
  /** Dates to the day; two where the century was left out. */
  readonly births: readonly string[];
  /** The words of a name, and how they may be divided; none when it cannot be a name. */
  readonly words: readonly string[];
  readonly names: readonly TypedName[];
  /** Words to look for in what was written, in the form of `websearch_to_tsquery`. */
  readonly text: string | null;
}

/** Why something cannot be searched for: it says too little, or it is in too much. */
export type Unsearchable = 'too-short' | 'too-broad';

const LONGEST_NAME = 4;
const TITLES = new Set(['mr', 'mrs', 'ms', 'miss', 'mx', 'dr', 'master', 'sir', 'rev']);
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const DATES = [
  /\b(?<y>\d{4})-(?<m>\d{1,2})-(?<d>\d{1,2})\b/g,
  /\b(?<d>\d{1,2})[/.-](?<m>\d{1,2})[/.-](?<y>\d{4}|\d{2})\b/g,
  /\b(?<d>\d{1,2})(?:st|nd|rd|th)?\s+(?<m>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?,?\s+(?<y>\d{4})\b/gi,
] as const;
const POSTCODE = /(?:^|\s)([a-z]{1,2}\d[a-z\d]?)\s*(\d[a-z]{2})(?=[\s,]|$)/i;
const DISTRICT = /(?:^|\s)([a-z]{1,2}\d[a-z\d]?)(?:\s+(\d))?(?=[\s,]|$)/i;
const DIGITS = /\+?\d[\d ()-]{6,}\d/g;
const NUMBER = { shortest: 4, longest: 24 };

/** probeOf reads what was typed. Pure, and total: any text is a probe or says why it is none. */
export function probeOf(typed: string): Probe | Unsearchable {
  const q = typed.replace(/\s+/g, ' ').trim();
  if (wordsOf(q).join('').length < 2) return 'too-short';
  const reference = readReference(q);
  const dated = takeDates(q);
  const coded = takePostcode(dated.rest);
  const counted = takeNumbers(coded.rest);
  const { words, names } = namesIn(counted.rest);
  const isInitials = words.length > 0 && words.every((w) => w.length === 1);
  const whole = [...counted.numbers, ...numberIn(q, dated.births.length > 0)];
  const probe = {
    ...{ reference, numbers: [...new Set(whole)], phones: counted.phones },
    ...{ postcode: coded.postcode, births: dated.births, words, names },
    elsewhere: /\d/.test(q) && q.length <= 200 && reference === null ? q.toLowerCase() : null,
    text: reference ? null : q.replace(/(^|\s)-+/g, '$1'),
  };
  const saysMore = probe.numbers.length > 0 || probe.postcode !== null || probe.births.length > 0;
  return isInitials && !saysMore && reference === null ? 'too-broad' : probe;
}

function takeDates(text: string): { births: string[]; rest: string } {
  const births: string[] = [];
  let rest = text;
  for (const form of DATES)
    rest = rest.replace(form, (whole: string, ...more: unknown[]) => {
      const { d = '', m = '', y = '' } = more.at(-1) as Record<string, string>;
      const month = /^\d/.test(m) ? m : String(MONTHS.indexOf(m.toLowerCase()) + 1);
      const days = (y.length === 2 ? [`19${y}`, `20${y}`] : [y])
        .map((year) => `${year}-${month.padStart(2, '0')}-${d.padStart(2, '0')}`)
        .filter((day) => isCivilDate(day));
      births.push(...days);
      return days.length > 0 ? ' ' : whole;
    });
  return { births: [...new Set(births)], rest };
}

function takePostcode(text: string): { postcode: TypedPostcode | null; rest: string } {
  const [whole, outward, inward = ''] = POSTCODE.exec(text) ?? DISTRICT.exec(text) ?? [];
  if (!whole || !outward) return { postcode: null, rest: text };
  return {
    postcode: { outward: outward.toLowerCase(), inward: inward.toLowerCase() },
    rest: text.replace(whole, ' '),
  };
}

/** Numbers that are grouped as one likes. Ten digits may be an NHS number, a telephone number, or look like both. */
function takeNumbers(text: string): { numbers: string[]; phones: string[]; rest: string } {
  const numbers: string[] = [];
  const phones: string[] = [];
  const rest = text.replace(DIGITS, (group) => {
    const digits = group.replace(/\D/g, '');
    if (isNhsNumber(digits)) numbers.push(digits);
    phones.push(...prepare({ phones: [group] }).phones);
    return numbers.length + phones.length > 0 ? ' ' : group;
  });
  return { numbers, phones, rest };
}

/** Everything as one number, as other agencies write theirs: `NP/2025/88120`. */
function numberIn(q: string, isDate: boolean): string[] {
  const joined = wordsOf(q).join('');
  const fits = joined.length >= NUMBER.shortest && joined.length <= NUMBER.longest;
  return fits && !isDate && /\d/.test(joined) ? [joined] : [];
}

/** A comma says which is the surname. Without, a name may be divided anywhere, and may be the wrong way round. */
function namesIn(text: string): Pick<Probe, 'words' | 'names'> {
  const without = (part: string): string[] => wordsOf(part).filter((w) => !TITLES.has(w));
  const [before = '', after] = text.split(',');
  const words = without(text.replaceAll(',', ' '));
  if (words.length === 0 || words.length > LONGEST_NAME || words.some((w) => /\d/.test(w)))
    return { words: [], names: [] };
  const [family, given] = [without(before), without(after ?? '')];
  if (family.length > 0 && given.length > 0) return { words, names: [{ given, family }] };
  if (words.length === 1) return { words, names: [{ given: [], family: words }] };
  const names = words.slice(1).map((_, i) => ({ given: words.slice(0, i + 1), family: words.slice(i + 1) }));
  return { words, names };
}
