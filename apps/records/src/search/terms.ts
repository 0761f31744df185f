import { NameFinding, prepare, wordsOf } from '@concordat/matching';
import { factsOf, type PersonDetails } from '../person';
import type { Probe, TypedPostcode } from './probe';

/** A person as the index keeps them. */
export interface Findable {
  readonly id: string;
  readonly content: PersonDetails;
  /** What was known of the records that stand aside for this one: it is found by that as well. */
  readonly aside: readonly PersonDetails[];
  /** Agencies that take part in a case of theirs beyond a preview. */
  readonly orgs: readonly string[];
  /** Agencies that lead one. */
  readonly leads: readonly string[];
}

/** So many are looked at before names that are only like what was typed, or other dates of birth, are looked for. */
export const ENOUGH = 25;

const keeping = new NameFinding([]);

/**
 * keptOf is by what the index keeps a person, beside the terms of names (`NameFinding`):
 *
 *   d:<date of birth, as exactly as known>   t:<telephone number>   n:<number of any kind>   a:<agency that may find them>
 *   p:<postcode, district and rest with a dot between>   o:<district>
 *
 * A confidential address is kept for each agency that is told it (`shownTo`), as `p@<agency>:` and `o@<agency>:`: to all others
 * a search must not tell who lives there.
 */
export function keptOf({ content, aside, orgs, leads }: Findable): string[] {
  const terms = [content, ...aside].flatMap((details) => [...ofPerson(details), ...ofAddresses(details, leads)]);
  return [...new Set([...terms, ...orgs.map((org) => `a:${org}`)])];
}

function ofPerson(details: PersonDetails): string[] {
  const { names, births, phones, identifiers } = prepare(factsOf(details));
  const words = names.flatMap((n) => [n.given, n.family].flatMap((part) => [...part, part.join('')]));
  return [
    ...[...new Set(words)].filter((w) => w !== '').flatMap((word) => keeping.kept(word)),
    ...births.map((b) => `d:${b.text}`),
    ...[...phones].map((phone) => `t:${phone}`),
    ...[...identifiers.values()].flatMap((values) => [...values].map((value) => `n:${value}`)),
  ];
}

function ofAddresses({ addresses = [] }: PersonDetails, leads: readonly string[]): string[] {
  return addresses.flatMap(({ postcode, confidential, source }) => {
    const parts = partsOf(postcode);
    if (!parts) return [];
    const told = confidential ? [...leads, ...(source ? [source.orgId] : [])].map((org) => `@${org}`) : [''];
    return told.flatMap((whom) => [`o${whom}:${parts.outward}`, `p${whom}:${parts.outward}.${parts.inward}`]);
  });
}

/** A postcode in its two parts; null for what is none. */
export function partsOf(postcode: string | undefined): TypedPostcode | null {
  const [, outward, inward] = /^([a-z]{1,2}\d[a-z\d]?)(\d[a-z]{2})$/.exec(wordsOf(postcode).join('')) ?? [];
  return outward && inward ? { outward, inward } : null;
}

/**
 * queriesOf are the questions by which people are looked for, as the text of tsquery, in turn until there are enough: numbers;
 * the name with what stands beside it; names like it; the name alone. Nothing that is typed is an operator in them, because
 * words are letters and digits.
 */
export function queriesOf(probe: Probe, finding: NameFinding, org: string): string[] {
  const { words } = probe;
  const keys = [...probe.numbers.map((n) => `n:${n}`), ...probe.phones.map((t) => `t:${t}`)];
  const beside = [bornOn(probe.births), livesAt(probe.postcode, org)].filter((q) => q !== null);
  const exactly = words.map((w) => any(finding.exactly(w)));
  const alike = words.map((w) => any(finding.alike(w)));
  const named =
    words.length === 0
      ? [beside]
      : [
          ...[
            [...exactly, ...beside],
            [...alike, ...beside],
          ],
          // Middle names that nobody recorded.
          ...(words.length > 2 ? [[alike[0]!, alike.at(-1)!, ...beside]] : []),
          ...(beside.length > 0 ? [exactly] : []),
        ];
  return [...(keys.length > 0 ? [[any(keys)]] : []), ...named].flatMap((all) =>
    all.length > 0 ? [all.join(' & ')] : [],
  );
}

/** The day as it was typed or with day and month changed round, or as much of it as is known. */
function bornOn(births: readonly string[]): string | null {
  if (births.length === 0) return null;
  return any(
    births.flatMap((day) => {
      const [y = '', m = '', d = ''] = day.split('-');
      return [`d:${y}-${m}-${d}`, `d:${y}-${d}-${m}`, `d:${y}-${m}`, `d:${y}`];
    }),
  );
}

function livesAt(postcode: TypedPostcode | null, org: string): string | null {
  if (!postcode) return null;
  const { outward, inward } = postcode;
  const rest = inward === '' ? `:${outward}` : `:${outward}.${inward}${inward.length < 3 ? '*' : ''}`;
  const kind = inward === '' ? 'o' : 'p';
  return any([`${kind}${rest}`, `${kind}@${org}${rest}`]);
}

/** A group of which one term is enough. A star at its end stands for any end. */
const any = (terms: readonly string[]): string =>
  `(${[...new Set(terms)].map((t) => (t.endsWith('*') ? `'${t.slice(0, -1)}':*` : `'${t}'`)).join(' | ')})`;
