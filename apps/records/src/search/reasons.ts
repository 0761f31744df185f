import { prepare, strength, type NameAgreement, type NameFinding } from '@concordat/matching';
import type { PersonDetails } from '../person';
import type { Probe, TypedPostcode } from './probe';
import { partsOf } from './terms';

/** Why something is found. The words hold no value, so they may stand where values may not. */
const WORDS = {
  'reference.same': 'The same reference',
  'reference.elsewhere': 'The same reference in the system that it was brought in from',
  'nhs-number.same': 'The same NHS number',
  'number.same': 'The same number, as another agency writes it',
  'phone.same': 'The same telephone number',
  'name.same': 'The same name',
  'name.part': 'Part of a longer name',
  'name.nickname': 'A familiar form of the forename',
  'name.close': 'The name differs by one letter',
  'name.begins': 'The name begins like this',
  'name.initial': 'The initial agrees',
  'name.sounds': 'The name sounds like this',
  'name.turned': 'Forename and surname are the other way round',
  'name.alias': 'By another name of theirs',
  'name.maiden': 'By their name before marriage',
  'name.former': 'By a former name of theirs',
  'record.merged': 'By a record that was merged into this one',
  'birth.same': 'The same date of birth',
  'birth.swapped': 'Day and month of birth are the other way round',
  'birth.part': 'The date of birth agrees as far as it is known',
  'birth.different': 'But another date of birth',
  'postcode.same': 'The same postcode',
  'postcode.near': 'A postcode of the same district',
  'postcode.former': 'A former address has this postcode',
  'postcode.near-former': 'A former address has a postcode of the same district',
  'words.entry': 'Words in an entry of the chronology',
  'words.note': 'Words in a note',
  'words.document': 'Words in the title or the note of a document',
} as const;
export type ReasonCode = keyof typeof WORDS;
export interface Reason {
  readonly code: ReasonCode;
  readonly words: string;
}

export const reason = (code: ReasonCode): Reason => ({ code, words: WORDS[code] });

/** A person as far as the searcher is told of them, with the records that were merged into theirs. */
export interface Told {
  readonly content: PersonDetails;
  readonly aside: readonly PersonDetails[];
}

/** Why somebody is found, and how good a hit they are: a number to sort by, which means nothing else. */
export interface Why {
  readonly reasons: readonly Reason[];
  readonly score: number;
}

interface Found {
  readonly codes: readonly ReasonCode[];
  readonly score: number;
}
const NOTHING: Found = { codes: [], score: 0 };

/**
 * whyPerson says why somebody is found by what was typed, or null when nothing that the searcher is told of them explains it:
 * then they are not found, whatever the index says. `today` decides which addresses are former ones. Pure.
 */
export function whyPerson(probe: Probe, told: Told, finding: NameFinding, today: string): Why | null {
  const of = (by: (details: PersonDetails) => Found): Found =>
    best([by(told.content), ...told.aside.map((details) => byMerged(by(details)))]);
  const numbers = of((d) => byNumber(probe, d));
  const name = of((d) => byName(probe, d, finding));
  const birth = of((d) => byBirth(probe, d));
  const postcode = of((d) => byPostcode(probe.postcode, d, today));
  const isNamed = probe.names.length > 0;
  const isFound = numbers.score > 0 || (isNamed ? name.score > 0 : birth.score > 0 || postcode.score > 0);
  if (!isFound) return null;
  const parts = [numbers, name, birth, postcode];
  return {
    reasons: [...new Set(parts.flatMap((p) => p.codes))].map(reason),
    score: parts.reduce((sum, p) => sum + p.score, 0),
  };
}

/** What a record says that was merged into this one: it is said that it is that one, and counts for a little less. */
const byMerged = ({ codes, score }: Found): Found =>
  score === 0 ? NOTHING : { codes: [...codes, 'record.merged'], score: Math.max(1, score - 3) };

function byNumber({ numbers, phones }: Probe, details: PersonDetails): Found {
  const { identifiers } = prepare({ identifiers: details.identifiers ?? [] });
  const same = [...identifiers].filter(([, values]) => numbers.some((n) => values.has(n)));
  const isCalled = phones.some((p) => prepare({ phones: details.phones ?? [] }).phones.has(p));
  return {
    codes: [
      ...same.map(([kind]) => (kind === 'nhs-number' ? 'nhs-number.same' : 'number.same') satisfies ReasonCode),
      ...(isCalled ? (['phone.same'] as const) : []),
    ],
    score: (same.length > 0 ? 200 : 0) + (isCalled ? 100 : 0),
  };
}

function byName({ names }: Probe, details: PersonDetails, finding: NameFinding): Found {
  const known = [
    ...(details.name ? [{ name: details.name, alias: null }] : []),
    ...(details.aliases ?? []).map((a) => ({ name: a, alias: a.kind ?? 'alias' })),
  ];
  const found = known.flatMap(({ name, alias }) =>
    names.flatMap((typed): Found[] => {
      const agreed = finding.agreement(typed, name);
      if (!agreed) return [];
      const codes: ReasonCode[] = [...levelsOf(agreed), ...(alias === null ? [] : [aliasCode(alias)])];
      return [{ codes, score: Math.max(1, 2 * strength(agreed) - (alias === null ? 0 : 2)) }];
    }),
  );
  return best(found);
}

const levelsOf = ({ given, family, turned }: NameAgreement): ReasonCode[] => {
  const levels = [...new Set([given, family])].filter((l) => l !== null);
  const told = levels.length > 1 ? levels.filter((l) => l !== 'same') : levels;
  return [...told.map((l) => `name.${l}` as const), ...(turned ? (['name.turned'] as const) : [])];
};

const aliasCode = (kind: string): ReasonCode =>
  kind === 'maiden' ? 'name.maiden' : kind === 'former' ? 'name.former' : 'name.alias';

function byBirth({ births, names }: Probe, { datesOfBirth = [] }: PersonDetails): Found {
  if (births.length === 0 || datesOfBirth.length === 0) return NOTHING;
  const found = datesOfBirth.flatMap(({ value }) =>
    births.flatMap((day): Found[] => {
      const [y = '', m = '', d = ''] = day.split('-');
      if (value === day) return [{ codes: ['birth.same'], score: 15 }];
      if (value === `${y}-${d}-${m}`) return [{ codes: ['birth.swapped'], score: 8 }];
      return day.startsWith(value) ? [{ codes: ['birth.part'], score: 4 }] : [];
    }),
  );
  if (found.length === 0 && names.length > 0) return { codes: ['birth.different'], score: 0 };
  return best(found);
}

function byPostcode(typed: TypedPostcode | null, { addresses = [] }: PersonDetails, today: string): Found {
  if (!typed) return NOTHING;
  const found = addresses.flatMap(({ kind, postcode, to }): Found[] => {
    const parts = partsOf(postcode);
    if (parts?.outward !== typed.outward || !parts.inward.startsWith(typed.inward)) return [];
    const isWhole = typed.inward.length === 3;
    const isFormer = kind === 'previous' || (to !== undefined && to < today.slice(0, to.length));
    if (isFormer) return [{ codes: [isWhole ? 'postcode.former' : 'postcode.near-former'], score: isWhole ? 6 : 2 }];
    return [{ codes: [isWhole ? 'postcode.same' : 'postcode.near'], score: isWhole ? 10 : 4 }];
  });
  return best(found);
}

const best = (found: readonly Found[]): Found =>
  found.reduce((a, b) => (b.score > a.score || (a.codes.length === 0 && b.codes.length > 0) ? b : a), NOTHING);
