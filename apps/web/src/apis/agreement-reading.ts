import type { AgreementStatus } from '@concordat/contracts';

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
