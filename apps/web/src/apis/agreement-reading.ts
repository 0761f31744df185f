import type { AgreementStatus, DecisionOutcome } from '@concordat/contracts';

type TermValue = string | number | boolean | readonly string[];
export interface TermChange {
  readonly path: string;
  /** Absent where it was not in that version. */
  readonly before?: TermValue;
  readonly after?: TermValue;
}
export interface SectionChange {
  readonly section: string;
  readonly rows: readonly {
    readonly row: string;
    readonly what: 'added' | 'removed' | 'changed';
    readonly changes: readonly TermChange[];
  }[];
  readonly changes: readonly TermChange[];
}
interface ComparedVersion {
  readonly id: string;
  readonly number: string;
  readonly status: AgreementStatus;
  readonly contentHash: string;
}
/** What differs in the terms of two versions of an agreement. */
export interface AgreementChanges {
  readonly title: string;
  readonly before: ComparedVersion;
  readonly after: ComparedVersion;
  readonly changes: readonly SectionChange[];
}

/** One organisation may send another these items for a purpose, under one flow. */
export interface SharingArrow {
  /** `id@version` */
  readonly isa: string;
  readonly title: string;
  readonly flow: string;
  readonly purpose: string;
  readonly from: string;
  readonly to: string;
  readonly items: readonly { readonly code: string; readonly category: string }[];
}
export interface SharingPicture {
  readonly arrows: readonly SharingArrow[];
  /** Every purpose of the agreements in force, for choosing one. */
  readonly purposes: readonly string[];
}

interface DecidedSide {
  readonly outcome: DecisionOutcome;
  readonly reasons: readonly string[];
  readonly isa: string | null;
}
/** Decisions alike that would have come out otherwise under a version that is not in force yet. */
export interface AgreementEffect {
  readonly sender: string;
  readonly recipients: readonly string[];
  readonly purpose: string;
  readonly items: readonly string[];
  readonly was: DecidedSide;
  readonly would: DecidedSide;
  /** Why it would, with organisations by their ids. */
  readonly words: string;
  readonly count: number;
  readonly exampleId: string;
}
/** What a version would change, by the decisions of the last days that the visitor may see. */
export interface AgreementPreview {
  readonly title: string;
  readonly number: string;
  readonly since: string;
  readonly days: number;
  readonly replayed: number;
  /** There were more decisions than were replayed. */
  readonly more: boolean;
  readonly effects: readonly AgreementEffect[];
  readonly untold: number;
}

type LiaisonRole = 'dlo' | 'spoc' | 'dpo' | 'caldicottGuardian';
/** Whom agreements in force name at each party, and what is missing; `under` is `id@version` of those agreements. */
export interface SharingLiaison {
  readonly items: readonly {
    readonly orgId: string;
    readonly contacts: readonly {
      readonly role: LiaisonRole;
      readonly contact: {
        readonly name: string;
        readonly post?: string;
        readonly email?: string;
        readonly telephone?: string;
      };
      readonly under: readonly string[];
    }[];
    readonly gaps: readonly {
      readonly code: 'not-named' | 'not-reachable' | 'named-differently';
      readonly role: LiaisonRole;
      readonly under: readonly string[];
    }[];
  }[];
  readonly agreements: readonly { readonly isa: string; readonly title: string; readonly number: string }[];
}
