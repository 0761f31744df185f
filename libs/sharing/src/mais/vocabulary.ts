import type { AgencyType, RetentionRule } from '../agreement';
import type { RecordCodes } from './records';

/** A code of ours and what the vocabulary calls the same. */
export interface Spoken {
  readonly code: string;
  readonly as: string;
}

/**
 * How what we hold is said in the draft vocabulary of Social Care Data (MAIS). It publishes no lists of purposes
 * (`SharingPurpose`) and of catalogue ids (`APICatalogueID`), so both are data of a pack. Where the table is silent, a URN of ours stands.
 */
export interface MaisTable {
  /** In whose namespaces identifiers are unique. */
  readonly systems: Readonly<Record<'agreement' | 'request' | 'organisation' | 'record' | 'nhsNumber', string>>;
  /** With what an agreement says of each, which the vocabulary does not carry. */
  readonly purposes: readonly (Spoken & {
    readonly description: string;
    readonly statutoryFunction: string;
    readonly deathReview: boolean;
  })[];
  /** Actions, as permitted uses and restrictions name them. */
  readonly uses: readonly Spoken[];
  /** What whoever receives something must do with it in the end. */
  readonly duties: Readonly<Record<RetentionRule['action'] | 'INFORM' | 'CONSENT', string>>;
  /** Catalogue ids of organisations of the partnership. */
  readonly catalogue: readonly { readonly id: string; readonly organisation: string }[];
  /** Kinds of organisations; the ontology has three, and whoever is of none cannot be told in it. */
  readonly organisationTypes: readonly { readonly agencyType: AgencyType; readonly as: string }[];
  /** Pathways as kinds of episodes, and categories of a chronology as kinds of life events. */
  readonly episodes: readonly Spoken[];
  readonly events: readonly Spoken[];
  /** Further kinds of life events, by the category that they come under here; said back they would be made of anything in it. */
  readonly heardAs: readonly Spoken[];
  /** Lists of codes that records are read by. */
  readonly codes: RecordCodes;
}

const OURS = 'urn:concordat:';

/** A name of ours as a URN (RFC 8141), with what is said of it as its q-component. */
export function urnOf(kind: string, code: string, said: Readonly<Record<string, string>> = {}): string {
  const query = new URLSearchParams(said).toString();
  return `${OURS}${kind}:${encodeURIComponent(code)}${query ? `?=${query}` : ''}`;
}

/** The same back; undefined for what is no URN of ours of that kind. */
export function readUrn(kind: string, urn: string): { code: string; said: URLSearchParams } | undefined {
  const start = `${OURS}${kind}:`;
  if (!urn.startsWith(start)) return undefined;
  const [name = '', query = ''] = urn.slice(start.length).split('?=');
  try {
    return { code: decodeURIComponent(name), said: new URLSearchParams(query) };
  } catch {
    return undefined;
  }
}

/** What the vocabulary calls a code: by the table, as it stands where it is a name of somebody else's, or as a URN of ours. */
export const spoken = (kind: string, table: readonly Spoken[], code: string): string =>
  table.find((each) => each.code === code)?.as ?? (code.includes(':') ? code : urnOf(kind, code));

/** The same back. What nobody has mapped keeps the name that it came with. */
export const heard = (kind: string, table: readonly Spoken[], said: string): string =>
  table.find((each) => each.as === said)?.code ?? readUrn(kind, said)?.code ?? said;

/** A catalogue id in the namespace of an installation, for whoever has no other. */
export const ownCatalogueId = (orgId: string): string => urnOf('organisation', orgId);

/** The catalogue ids of an organisation by the table, or its own one. */
export function catalogueIdsOf(table: MaisTable, orgId: string): readonly string[] {
  const found = table.catalogue.filter(({ organisation }) => organisation === orgId).map(({ id }) => id);
  return found.length > 0 ? found : [ownCatalogueId(orgId)];
}

/** The organisation that a catalogue id names; undefined when nobody has said. */
export const organisationOf = (table: MaisTable, id: string): string | undefined =>
  table.catalogue.find((each) => each.id === id)?.organisation ?? readUrn('organisation', id)?.code;
