import type { Agreement } from '../agreement';
import { contentHashOf } from '../content-hash';
import type { Outcome } from '../problem';
import {
  checked,
  day as civilDay,
  distinct,
  fromText,
  instantOf,
  list,
  matching,
  readAs,
  record,
  text,
  type Shape,
} from '../reading';
import { catalogueIdsOf, spoken, urnOf, type MaisTable } from './vocabulary';

/** An agreement as a SharingPolicy of Social Care Data, information-governance draft 0.1: in its own names, capitals included. */
export interface SharingPolicy {
  readonly URI: string;
  readonly Identifier: { readonly value: string; readonly System: string };
  readonly Name: string;
  readonly Contact: string;
  readonly Party: readonly { readonly Name: string; readonly CatalogueID: readonly string[] }[];
  readonly Data: readonly string[];
  readonly Purpose: readonly string[];
  readonly StartDate: string;
  readonly EndDate: string;
  readonly PermittedUse: readonly string[];
  readonly Restrictions?: readonly string[];
  readonly DataRecipientResponsibilities?: readonly string[];
  readonly SecurityMeasure?: readonly string[];
  readonly LegalCompliance?: readonly string[];
  /** Of JSON-LD, and of ours: the hash of the terms, and the places in them that the vocabulary cannot say. */
  readonly [linked: `@${string}` | `concordat:${string}`]: unknown;
}

/** What only others know: what organisations are called, and where the agreement is published. */
export interface Told {
  readonly organisation: (orgId: string) => string;
  readonly published: string;
}

const CONTEXT = {
  '@vocab': 'https://socialcaredata.github.io/spec/',
  odrl: 'http://www.w3.org/ns/odrl/2/',
  concordat: 'urn:concordat:term:',
};

/**
 * policyOf says an agreement in the vocabulary, as far as it goes: who its parties are, what is shared for what, from when to when,
 * what may be done with it and what may not. Who sends what to whom, and on which grounds, the vocabulary has no words for: `lossesOf`
 * lists what is not in it. Names organisations and never people. Pure.
 */
export function policyOf(agreement: Agreement, table: MaisTable, told: Told): SharingPolicy {
  const { id, version, parties, dataItems, purposes, permittedUses } = agreement;
  const some = (name: string, codes: readonly string[]) =>
    codes.length > 0 ? { [name]: [...new Set(codes)] } : undefined;
  return {
    '@context': CONTEXT,
    '@type': 'SharingPolicy',
    URI: told.published,
    Identifier: { value: `${id}@${version}`, System: table.systems.agreement },
    Name: agreement.title,
    Contact: agreement.contact,
    Party: parties.map(({ orgId, catalogueIds }) => ({
      Name: told.organisation(orgId),
      CatalogueID: catalogueIds.length > 0 ? catalogueIds : catalogueIdsOf(table, orgId),
    })),
    Data: dataItems.map(({ code, category, about, patientInfo, condition, format }) =>
      urnOf('item', code, {
        ...{ category, about, patientInfo: String(patientInfo) },
        ...(condition ? { condition } : {}),
        ...(format ? { format } : {}),
      }),
    ),
    Purpose: purposes.map(({ code }) => spoken('purpose', table.purposes, code)),
    StartDate: agreement.effectiveFrom,
    EndDate: agreement.expiresOn,
    PermittedUse: permittedUses.map((code) => spoken('action', table.uses, code)),
    ...some('Restrictions', prohibitions(agreement, table)),
    ...some('DataRecipientResponsibilities', responsibilities(agreement, table)),
    ...some(
      'SecurityMeasure',
      Object.entries(agreement.security).map(([of, what]) => `${of}: ${what}`),
    ),
    ...some('LegalCompliance', grounds(agreement)),
    'concordat:contentHash': `sha256:${contentHashOf(agreement)}`,
  };
}

/** A prohibition of the vocabulary is of an action, whole. One that is of some items or recipients is named, and not said. */
function prohibitions({ restrictions, flows }: Agreement, table: MaisTable): string[] {
  const said = restrictions.map(({ code, action, items, to }) =>
    items || to ? urnOf('restriction', code) : spoken('action', table.uses, action),
  );
  const onwardIsProhibited = flows.length > 0 && flows.every(({ onward }) => onward === 'PROHIBITED');
  return onwardIsProhibited ? [...said, spoken('action', table.uses, 'DISTRIBUTE')] : said;
}

function responsibilities({ retention, rights, breach, flows }: Agreement, { duties }: MaisTable): string[] {
  const informs = rights.notifyOriginatorBeforeDisclosure || breach.notifyOriginatorWithinH !== undefined;
  return [
    ...retention.map(({ action }) => duties[action]),
    ...(informs ? [duties.INFORM] : []),
    ...(flows.some(({ onward }) => onward === 'WITH_ORIGINATOR_CONSENT') ? [duties.CONSENT] : []),
  ];
}

/** Every basis and gateway that a line names, in the long form, which says of which law it is. */
function grounds({ basisLines }: Agreement): string[] {
  return basisLines.flatMap(({ regime, art6, art9, sch1 = [], sch8 = [], gateways }) => [
    ...(art6 ? [regime === 'PART3' ? `GB.DPA18.${art6}` : `GB.UKGDPR.${art6}`] : []),
    ...(art9 ? [`GB.UKGDPR.${art9}`] : []),
    ...[...sch1, ...sch8].map((code) => `GB.DPA18.${code}`),
    ...gateways,
  ]);
}

/** uri: an absolute one, of a scheme and what it names. */
export const uri: Shape<string> = matching(/^[A-Za-z][A-Za-z0-9+.-]*:[^\s<>"{}|\\^`]{1,1000}$/, 'a URI');
const once = (shape: Shape<string>, least: number) => distinct(list(shape, least), (each) => each);

/** A DateStamp: a civil day, or a moment with its offset. */
const stamp: Shape<string> = (value, spot) =>
  typeof value === 'string' && !Number.isNaN(instantOf(value)) ? value : civilDay(value, spot);

/** `id@version`, or an id alone. */
const identifier = matching(
  /^[A-Za-z0-9][A-Za-z0-9._:/-]{0,79}(?:@(?:0|[1-9]\d{0,5})(?:\.(?:0|[1-9]\d{0,5})){2})?$/,
  'an id, or an id and a version such as northbank-marac@1.0.0',
);
const anything: Shape<unknown> = (value) => value ?? null;

const policy: Shape<SharingPolicy> = checked(
  record(
    {
      URI: uri,
      Identifier: record({ value: identifier, System: uri }),
      Name: text,
      Contact: text,
      Party: list(record({ Name: text, CatalogueID: once(text, 1) }), 1),
      Data: once(text, 1),
      Purpose: once(text, 1),
      StartDate: stamp,
      EndDate: stamp,
      PermittedUse: once(text, 1),
    },
    {
      Restrictions: once(text, 0),
      DataRecipientResponsibilities: once(text, 0),
      SecurityMeasure: once(text, 0),
      LegalCompliance: once(text, 0),
      '@context': anything,
      '@type': anything,
      '@id': anything,
      'concordat:contentHash': anything,
      'concordat:notSaid': anything,
    },
  ) as Shape<SharingPolicy>,
  ({ StartDate, EndDate }) =>
    StartDate.slice(0, 10) > EndDate.slice(0, 10) ? ['dates-reversed', 'ends before it starts'] : undefined,
);

const MAX_BYTES = 2 * 1024 * 1024;

/**
 * parsePolicy reads a SharingPolicy from untrusted JSON, text or value: the whole of it, or every problem with its path and a code
 * beginning `policy.`. A member that is not of the vocabulary is a problem: a misspelt prohibition must not be lost.
 */
export function parsePolicy(input: unknown): Outcome<SharingPolicy> {
  const value = typeof input === 'string' ? fromText('policy', MAX_BYTES, input) : { value: input };
  return 'problem' in value ? { ok: false, problems: [value.problem] } : readAs('policy', policy, value.value);
}
