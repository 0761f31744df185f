import type { Outcome } from '../problem';
import { checked, day, fromText, instant, list, matching, readAs, record, text, type Shape } from '../reading';
import { uri } from './policy';
import { catalogueIdsOf, heard, organisationOf, spoken, type MaisTable } from './vocabulary';

/** Somebody of whom it is asked whether they are known, as far as the vocabulary and we both say it. */
export interface PersonAsked {
  readonly given?: string;
  readonly family?: string;
  /** `1984-05-09`; with `about` words of the vocabulary, only as far as it is accurate: `1984`, `1984-05`. */
  readonly dateOfBirth?: string;
  readonly postcode?: string;
  readonly nhsNumber?: string;
}

/** "Is this person known to you?", as one agency asks it of another. */
export interface KnownRequest {
  readonly id: string;
  readonly at: string;
  readonly askedOrg: string;
  readonly purpose: string;
  readonly person: PersonAsked;
  /** Agreements on which it is asked: `id@version`, or an id alone. */
  readonly policies: readonly string[];
}

/** The same as a Request of Social Care Data, information-governance draft 0.1, in its own names. */
export interface MaisRequest {
  readonly Identifier: { readonly value: string; readonly System: string };
  readonly DateStamp: string;
  readonly RequesterIdentifier: { readonly value: string; readonly system: string };
  readonly RequestedData: { readonly Query: MaisPerson };
  readonly AssertedPurpose: string;
  readonly SharingPolicy: readonly { readonly Identifier: { readonly value: string; readonly System: string } }[];
  readonly [linked: `@${string}` | `concordat:${string}`]: unknown;
}

/** A Person of the identification standard, as far as a question needs one. */
interface MaisPerson {
  readonly identifier?: readonly { readonly value: string; readonly system: string }[];
  readonly name?: readonly { readonly familyName: readonly string[]; readonly givenName: readonly string[] }[];
  readonly dateOfBirth?: { readonly date: string; readonly accuracyIndicator?: string };
  readonly address?: readonly { readonly postcode: string }[];
}

/**
 * requestOf says a question in the vocabulary. An address of the vocabulary has a street and a town, so a postcode alone is not said in
 * it: `concordat:notSaid` names it. Pure.
 */
export function requestOf(asked: KnownRequest, table: MaisTable): MaisRequest {
  const { given, family, dateOfBirth, postcode, nhsNumber } = asked.person;
  return {
    '@type': 'Request',
    Identifier: { value: asked.id, System: table.systems.request },
    DateStamp: asked.at,
    RequesterIdentifier: {
      value: catalogueIdsOf(table, asked.askedOrg)[0]!,
      system: table.systems.organisation,
    },
    RequestedData: {
      Query: {
        ...(nhsNumber
          ? { identifier: [{ value: nhsNumber.replace(/\s/g, ''), system: table.systems.nhsNumber }] }
          : {}),
        ...(given && family ? { name: [{ familyName: [family], givenName: [given] }] } : {}),
        ...(dateOfBirth ? { dateOfBirth: partial(dateOfBirth) } : {}),
      },
    },
    AssertedPurpose: spoken('purpose', table.purposes, asked.purpose),
    SharingPolicy: asked.policies.map((value) => ({ Identifier: { value, System: table.systems.agreement } })),
    'concordat:notSaid': [
      ...(postcode ? ['person.postcode'] : []),
      ...(given && !family ? ['person.given'] : []),
      ...(family && !given ? ['person.family'] : []),
    ],
  };
}

/** A date of which only the year, or year and month, is known, with what of it is: accurate or unknown, in the order day, month, year. */
function partial(date: string): NonNullable<MaisPerson['dateOfBirth']> {
  const [year, month = '01', dayOfMonth = '01'] = date.split('-');
  const accuracy = date.length === 10 ? 'AAA' : date.length === 7 ? 'UAA' : 'UUA';
  return { date: `${year}-${month}-${dayOfMonth}`, accuracyIndicator: accuracy };
}

const identifier = <S extends string>(system: S) =>
  record({ value: text, [system]: uri } as { value: Shape<string> } & Record<S, Shape<string>>);
const anything: Shape<unknown> = (value) => value ?? null;
const linked = { '@context': anything, '@type': anything, '@id': anything };

/** A postcode, as the standard of persons has it. */
export const postcode = matching(/^[A-Z]{1,2}[0-9][0-9A-Z]? ?[0-9][A-Z]{2}$/, 'a UK postcode such as AB1 2CD');

const person: Shape<MaisPerson> = record(
  {},
  {
    ...linked,
    identifier: list(record({ value: text, system: uri }, linked)),
    name: list(
      record({ familyName: list(text, 1), givenName: list(text, 1) }, { ...linked, preferredName: text, use: text }),
    ),
    dateOfBirth: record(
      { date: day },
      { ...linked, accuracyIndicator: matching(/^[AEU]{3}$/, 'three of A, E and U, for day, month and year') },
    ),
    address: list(
      record({ postcode }, { ...linked, line1: text, line2: text, city: text, UPRN: text, USRN: text, use: text }),
    ),
  },
);

const request: Shape<MaisRequest> = record(
  {
    Identifier: identifier('System'),
    DateStamp: instant,
    RequesterIdentifier: identifier('system'),
    RequestedData: record({ Query: person }, linked),
    AssertedPurpose: text,
    SharingPolicy: list(
      checked(
        record({ Identifier: identifier('System') }, { ...linked, URI: uri, Name: text }),
        ({ Identifier: { value } }) =>
          /^[A-Za-z0-9][A-Za-z0-9._:/-]{0,79}(?:@\d+\.\d+\.\d+)?$/.test(value)
            ? undefined
            : ['form-wrong', 'its Identifier must be an id, or an id and a version such as northbank-marac@1.0.0'],
      ),
      1,
    ),
  },
  { ...linked, 'concordat:notSaid': anything },
);

const MAX_BYTES = 256 * 1024;

/**
 * askedOf reads a Request from untrusted JSON, text or value: the question, or every problem with its path and a code beginning
 * `request.`. Who asks must be an organisation that its catalogue id names (`request.requester-unknown`). What cannot be used is left
 * out only where it says less of nobody else: a date that is estimated is taken as far as it is accurate. Pure.
 */
export function askedOf(input: unknown, table: MaisTable): Outcome<KnownRequest> {
  const value = typeof input === 'string' ? fromText('request', MAX_BYTES, input) : { value: input };
  if ('problem' in value) return { ok: false, problems: [value.problem] };
  const read = readAs('request', request, value.value);
  if (!read.ok) return read;
  const { Identifier, DateStamp, RequesterIdentifier, RequestedData, AssertedPurpose, SharingPolicy } = read.value;
  const askedOrg = organisationOf(table, RequesterIdentifier.value);
  if (askedOrg === undefined)
    return {
      ok: false,
      problems: [
        {
          path: 'RequesterIdentifier.value',
          code: 'request.requester-unknown',
          message: 'names no organisation of the partnership',
        },
      ],
    };
  return {
    ok: true,
    value: {
      ...{ id: Identifier.value, at: DateStamp, askedOrg },
      purpose: heard('purpose', table.purposes, AssertedPurpose),
      person: personOf(RequestedData.Query, table),
      policies: SharingPolicy.map((policy) => policy.Identifier.value),
    },
  };
}

function personOf(query: MaisPerson, table: MaisTable): PersonAsked {
  const nhs = query.identifier?.find(({ system }) => system === table.systems.nhsNumber)?.value;
  const name = query.name?.[0];
  const birth = query.dateOfBirth && knownPart(query.dateOfBirth);
  const where = query.address?.[0]?.postcode;
  return {
    ...(nhs ? { nhsNumber: nhs } : {}),
    ...(name ? { given: name.givenName.join(' '), family: name.familyName.join(' ') } : {}),
    ...(birth ? { dateOfBirth: birth } : {}),
    ...(where ? { postcode: where } : {}),
  };
}

/** Of a date, what is accurate of it, from the year on. */
function knownPart({ date, accuracyIndicator = 'AAA' }: NonNullable<MaisPerson['dateOfBirth']>): string | undefined {
  const [dayKnown, monthKnown, yearKnown] = [...accuracyIndicator].map((each) => each === 'A');
  if (!yearKnown) return undefined;
  return monthKnown ? (dayKnown ? date : date.slice(0, 7)) : date.slice(0, 4);
}
