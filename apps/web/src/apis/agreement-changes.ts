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
