import type { Agreement, BasisLine, Flow, Party, Restriction } from '../agreement';
import type { GatewayLimit } from '../law';

/*
 * An agreement as the decision point reads it: every name looked up once, every day turned into instants, and for each line
 * what the rules would find in it whatever is asked. Compiled once per version, never changed.
 */
export const SPECIAL = 1;
export const CRIMINAL = 2;
export const PATIENT = 4;
/** Something in the request identifies a person, or is not known. */
export const IDENTIFYING = 8;

export interface CompiledItem {
  /** SPECIAL, CRIMINAL, PATIENT and IDENTIFYING, added up. */
  readonly traits: number;
  readonly condition: string | undefined;
}

export interface CompiledParty {
  readonly party: Party;
  /** Live from, inclusive, until, exclusive: joined, signed and not withdrawn. Infinity for never. */
  readonly from: number;
  readonly until: number;
}

export interface CompiledLine {
  readonly line: BasisLine;
  readonly id: string;
  /** Bits of R11 that this line of this party fails, but for the statement, which the request brings. */
  readonly always: number;
  readonly needsStatement: boolean;
  /** Bits of R12 that it fails for a SPECIAL or CRIMINAL item. */
  readonly forSpecial: number;
  readonly forCriminal: number;
  /** R13: none are cited, or what each needs. */
  readonly limits: readonly (GatewayLimit | 'none' | 'never')[];
  readonly missingGateway: boolean;
  /** R17: it relies on a condition that works without consent only for a listed reason. */
  readonly needsReason: boolean;
}

export interface CompiledFlow {
  readonly flow: Flow;
  readonly id: string;
  readonly to: ReadonlySet<string>;
  readonly items: ReadonlySet<string>;
  readonly methods: ReadonlySet<string>;
}

export interface CompiledPurpose {
  readonly deathReview: boolean;
  /** Flows from an organisation, by id. */
  readonly from: ReadonlyMap<string, readonly CompiledFlow[]>;
  /** Lines of an organisation, by id: its own or, if it has none, those of its kind. */
  readonly send: ReadonlyMap<string, readonly CompiledLine[]>;
  readonly receive: ReadonlyMap<string, readonly CompiledLine[]>;
}

export type State = 'ACTIVE' | 'SUSPENDED' | 'WITHDRAWN' | 'SUPERSEDED';

export interface CompiledVersion {
  readonly agreement: Agreement;
  /** `id@version` */
  readonly isa: string;
  readonly contentHash: string;
  readonly operative: boolean;
  readonly activatedAt: number;
  /** First instant of its first day, and of the day after its last, in London. */
  readonly begins: number;
  readonly ends: number;
  /** First instant at which its review is overdue. */
  readonly overdueFrom: number;
  readonly states: readonly { readonly at: number; readonly state: State }[];
  readonly parties: ReadonlyMap<string, CompiledParty>;
  readonly items: ReadonlyMap<string, CompiledItem>;
  readonly purposes: ReadonlyMap<string, CompiledPurpose>;
  readonly flows: ReadonlyMap<string, Flow>;
  readonly uses: ReadonlySet<string>;
  readonly restrictions: readonly Restriction[];
}

/** live tells whether a party is live at an instant. */
export const live = (party: CompiledParty | undefined, at: number): boolean =>
  party !== undefined && party.from <= at && at < party.until;
/** wasLive tells whether a party that is not live has been. */
export const wasLive = (party: CompiledParty | undefined, at: number): boolean =>
  party !== undefined && party.from <= at && party.from < party.until && party.until <= at;
