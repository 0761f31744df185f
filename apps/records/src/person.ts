import { personParts, type IdentifierKind, type PersonPart } from '@concordat/contracts';
import type { Facts } from '@concordat/matching';

/** Where something known of a person comes from: which agency said it, and when it was recorded. */
export interface Source {
  readonly orgId: string;
  readonly at: string;
}
type Sourced<T> = T & { readonly source?: Source };
export interface Name {
  readonly given?: string;
  readonly family?: string;
}
type Alias = Name & { readonly kind?: string };
interface Birth {
  readonly value: string;
  readonly precision?: string;
  readonly preferred?: boolean;
}
interface Address {
  readonly kind?: string;
  readonly lines?: readonly string[];
  readonly postcode?: string;
  readonly from?: string;
  readonly to?: string;
  readonly confidential?: boolean;
}
interface Identifier {
  readonly kind: IdentifierKind;
  /** As written: leading zeros are part of it (DUP-7). */
  readonly value: string;
}

/** What is known of a person, in parts (`personParts`). A part that is not known is absent. */
export interface PersonDetails {
  readonly name?: Sourced<Name>;
  readonly aliases?: readonly Sourced<Alias>[];
  readonly datesOfBirth?: readonly Sourced<Birth>[];
  readonly ageYears?: number;
  readonly deceased?: { readonly answer: string; readonly on?: string };
  readonly sex?: string;
  readonly gender?: string;
  readonly addresses?: readonly Sourced<Address>[];
  readonly phones?: readonly string[];
  readonly identifiers?: readonly Sourced<Identifier>[];
  readonly languages?: readonly string[];
  readonly interpreter?: string;
  readonly communicationNeeds?: string;
  readonly occupation?: string;
  readonly school?: string;
  readonly gp?: string;
  readonly dueDate?: string;
}

/** A change of some parts: a value takes the place of the part, null takes it away, what is absent stays. */
export type PersonChange = { readonly [P in PersonPart]?: PersonDetails[P] | null };

/** A person as a referral tells of them. */
export interface ReferredPerson extends Omit<PersonDetails, 'identifiers'> {
  readonly id: string;
  readonly ref?: string;
  readonly roles: readonly string[];
  readonly nhsNumber?: string;
  readonly policeReference?: string;
  readonly housingReference?: string;
}

/** What a referral tells of a person, as records keep it: its numbers as identifiers, everything with its source. */
export function detailsOf(person: ReferredPerson, source: Source): PersonDetails {
  const identifiers = (
    [
      ['nhs-number', person.nhsNumber?.replace(/\s/g, '')],
      ['police', person.policeReference],
      ['housing', person.housingReference],
    ] as const
  ).flatMap(([kind, value]) => (value ? [{ kind, value }] : []));
  const told: Record<string, unknown> = identifiers.length > 0 ? { ...person, identifiers } : { ...person };
  const kept = Object.fromEntries(personParts.flatMap((part) => (told[part] ? [[part, told[part]]] : [])));
  return sourced(kept, {}, source);
}

/**
 * corrected is what is known after a change. An item that was known before keeps the source that it had. `parts` are those
 * that differ, so that saving what is there already changes nothing (AUD-8).
 */
export function corrected(
  before: PersonDetails,
  change: PersonChange,
  source: Source,
): { readonly details: PersonDetails; readonly parts: PersonPart[] } {
  const next: Record<string, unknown> = { ...before };
  for (const part of personParts) {
    if (change[part] === undefined) continue;
    if (isNothing(change[part])) delete next[part];
    else next[part] = change[part];
  }
  const details = sourced(next, before, source);
  return { details, parts: differing(before, details) };
}

/** The parts in which two people's details differ, whatever their sources. */
export const differing = (a: PersonDetails, b: PersonDetails): PersonPart[] =>
  personParts.filter((part) => sameness(a[part]) !== sameness(b[part]));

/**
 * What matching looks at. An address of any time counts, but no confidential one: that it agrees would tell whoever guesses a
 * postcode where a refuge is.
 */
export function factsOf(details: PersonDetails): Facts {
  const births = [...(details.datesOfBirth ?? [])].sort((a, b) => Number(b.preferred ?? 0) - Number(a.preferred ?? 0));
  return {
    names: [...(details.name ? [details.name] : []), ...(details.aliases ?? [])].map(({ given, family }) => ({
      given,
      family,
    })),
    births: births.map(({ value, precision }) => ({ value, approximate: precision === 'approximate' })),
    sex: details.sex,
    places: (details.addresses ?? [])
      .filter((a) => a.confidential !== true)
      .map(({ postcode, lines }) => ({ postcode, lines: lines ?? [] })),
    phones: details.phones ?? [],
    identifiers: (details.identifiers ?? []).map(({ kind, value }) => ({ kind, value })),
  };
}

const SOURCED = ['aliases', 'datesOfBirth', 'addresses', 'identifiers'] as const;

function sourced(details: PersonDetails, before: PersonDetails, source: Source): PersonDetails {
  const known = (part: (typeof SOURCED)[number] | 'name'): Map<string, Source | undefined> =>
    new Map([before[part] ?? []].flat().map((item) => [sameness(item), (item as Sourced<object>).source]));
  const from = <T extends object>(item: T, was: Map<string, Source | undefined>): Sourced<T> => {
    const { source: _given, ...bare } = item as Sourced<T>;
    const of = was.has(sameness(bare)) ? was.get(sameness(bare)) : source;
    return (of ? { ...bare, source: of } : bare) as Sourced<T>;
  };
  const next: Record<string, unknown> = { ...details };
  if (details.name) next['name'] = from(details.name, known('name'));
  for (const part of SOURCED) {
    const items = details[part] as readonly object[] | undefined;
    if (items) next[part] = items.map((item) => from(item, known(part)));
  }
  return next;
}

const isNothing = (value: unknown): boolean =>
  value === null || value === '' || (Array.isArray(value) && value.length === 0);

/** A value as text, so that two can be told apart: keys in order, without sources and what is not there. */
export function sameness(value: unknown): string {
  return JSON.stringify(value, (key, v: unknown) => {
    if (key === 'source') return undefined;
    if (typeof v !== 'object' || v === null || Array.isArray(v)) return v;
    return Object.fromEntries(Object.entries(v).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}
