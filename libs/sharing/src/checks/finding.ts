import type { Agreement, Flow, Party } from '../agreement';
import type { LawTable } from '../law';

/** What a static check found in an agreement. BLOCK stops its activation; WARN is for its author to consider. */
export interface Finding {
  /** The check's number, `S1` to `S23`. */
  readonly check: string;
  readonly level: 'BLOCK' | 'WARN';
  /** Where, such as `flows[0].from[1]`. */
  readonly path: string;
  readonly what: string;
  /** Why it matters. */
  readonly why: string;
  /** How to mend it. */
  readonly mend: string;
}

/** What a check looks at: one version among all that there are, by a law table. */
export interface Checked {
  readonly agreement: Agreement;
  /** All agreements of the register, this version included or not. */
  readonly others: readonly Agreement[];
  readonly law: LawTable;
}

/** A check finds places and says what is wrong there; why and how to mend are the same for every place. */
export interface Check {
  readonly number: string;
  readonly why: string;
  readonly mend: string;
  readonly find: (checked: Checked) => Iterable<readonly [path: string, what: string, level?: 'WARN']>;
}

/** membersOf gives the parties that a flow's `from` or `to` stands for. */
export const membersOf = ({ parties }: Agreement, names: Flow['from']): readonly Party[] =>
  parties.filter(({ orgId, agencyType }) => names.includes(orgId) || names.includes(agencyType));

/** each pairs the entries of a list with their path. */
export const each = <T>(name: string, list: readonly T[] | undefined): (readonly [string, T])[] =>
  (list ?? []).map((one, index) => [`${name}[${index}]`, one] as const);
