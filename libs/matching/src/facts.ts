/** What is known of a person, as far as matching looks at it. Everything may be missing; lists name the preferred first. */
export interface Facts {
  /** The name in use first, then every alias: maiden, former, nickname, spelling. */
  readonly names?: readonly { readonly given?: string | undefined; readonly family?: string | undefined }[];
  /** Dates of birth as exactly as known, `1987`, `1987-05` or `1987-05-09`, with alternatives. */
  readonly births?: readonly { readonly value: string; readonly approximate?: boolean | undefined }[];
  /** As recorded. Only `female` and `male` are compared. */
  readonly sex?: string | undefined;
  /** Addresses of all times: somebody who moved house is still the same person. */
  readonly places?: readonly {
    readonly postcode?: string | undefined;
    readonly lines?: readonly string[] | undefined;
  }[];
  readonly phones?: readonly string[];
  /** Identifiers as recorded; `kind` is `nhs-number`, `police`, `housing` or another of the field's. */
  readonly identifiers?: readonly { readonly kind: string; readonly value: string }[];
}

/** A name as it is compared. */
export interface PreparedName {
  readonly given: readonly string[];
  readonly family: readonly string[];
}
/** A birth date in its known parts. */
export interface PreparedBirth {
  readonly text: string;
  readonly year: string;
  readonly month: string;
  readonly day: string;
  readonly approximate: boolean;
}
export interface PreparedPlace {
  readonly postcode: string;
  readonly words: ReadonlySet<string>;
}
/** Facts made comparable once, so that each of many comparisons need not. */
export interface Prepared {
  readonly names: readonly PreparedName[];
  readonly births: readonly PreparedBirth[];
  readonly sex: string;
  readonly places: readonly PreparedPlace[];
  readonly phones: ReadonlySet<string>;
  readonly identifiers: ReadonlyMap<string, ReadonlySet<string>>;
}

/** prepare makes facts comparable: small letters without accents, numbers without grouping, dates in parts. */
export function prepare(facts: Facts): Prepared {
  return {
    names: distinct(
      (facts.names ?? []).map((n) => ({ given: wordsOf(n.given), family: wordsOf(n.family) })),
      (n) => `${n.given.join(' ')}/${n.family.join(' ')}`,
    ).filter((n) => n.given.length + n.family.length > 0),
    births: distinct((facts.births ?? []).flatMap(birthOf), (b) => b.text),
    sex: facts.sex === 'female' || facts.sex === 'male' ? facts.sex : '',
    places: distinct(
      (facts.places ?? []).map((p) => ({
        postcode: joined(p.postcode),
        words: new Set((p.lines ?? []).flatMap((line) => wordsOf(line))),
      })),
      (p) => `${p.postcode}/${[...p.words].join(' ')}`,
    ).filter((p) => p.postcode !== '' || p.words.size > 0),
    phones: new Set((facts.phones ?? []).map(phoneOf).filter((p) => p.length >= 9)),
    identifiers: identifiersOf(facts),
  };
}

/** Letters that Unicode does not take apart, as people type them who lack them on their keyboard. */
const FOLDED: Readonly<Record<string, string>> = {
  ł: 'l', ø: 'o', đ: 'd', ð: 'd', þ: 'th', ß: 'ss', æ: 'ae', œ: 'oe', ħ: 'h', ı: 'i',
}; // prettier-ignore

/** Most text is ASCII, and asking Unicode about it costs most of the time. */
const PLAIN = /^\p{ASCII}*$/u;

/** The words of a text as they are compared: small letters without accents or apostrophes, and digits. */
export function wordsOf(text: string | undefined): string[] {
  if (text === undefined) return [];
  if (PLAIN.test(text))
    return (
      text
        .toLowerCase()
        .replaceAll("'", '')
        .match(/[a-z0-9]+/g) ?? []
    );
  const plain = text
    .normalize('NFKD')
    .replace(/[\p{M}'’]/gu, '')
    .toLowerCase()
    .replace(/[łøđðþßæœħı]/g, (letter) => FOLDED[letter] ?? letter);
  return plain.match(/[\p{L}\p{N}]+/gu) ?? [];
}

const joined = (text: string | undefined): string => wordsOf(text).join('');

/** A telephone number by its digits, +44 and 0 alike. */
const phoneOf = (phone: string): string => phone.replace(/\D/g, '').replace(/^(?:0044|44)(?=\d{9,10}$)/, '0');

function birthOf({ value, approximate = false }: NonNullable<Facts['births']>[number]): PreparedBirth[] {
  const [, year, month = '', day = ''] = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/.exec(value) ?? [];
  return year ? [{ text: value, year, month, day, approximate }] : [];
}

function identifiersOf({ identifiers = [] }: Facts): Map<string, Set<string>> {
  const byKind = new Map<string, Set<string>>();
  for (const { kind, value } of identifiers) {
    const plain = joined(value);
    if (plain !== '') byKind.set(kind, (byKind.get(kind) ?? new Set()).add(plain));
  }
  return byKind;
}

function distinct<T>(items: readonly T[], key: (item: T) => string): T[] {
  const seen = new Set<string>();
  return items.filter((item) => !seen.has(key(item)) && seen.add(key(item)));
}
