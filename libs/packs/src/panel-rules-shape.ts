import { agencyTypes, type AgencyType } from '@concordat/contracts';
import { distinct, flag, list, oneOf, record, text, whole } from './shapes';

type Sourced = { readonly source: string; readonly verified: boolean };

/** Rules of a panel that the law, or its terms of reference, set for who is on it and how it decides. */
export type PanelRules = {
  /** Kinds of agencies that must sit on it, and of which those who chair are. */
  readonly seats?: Sourced & { readonly members: readonly AgencyType[]; readonly chair: AgencyType };
  /** Kinds of agencies that may refer to it; any when absent. */
  readonly referredBy?: Sourced & { readonly agencies: readonly AgencyType[] };
  /**
   * Of which kind of agency the one for the area where the person lives must be there for as long as they are discussed. Which one
   * it is, is said of each case.
   */
  readonly homeAgency?: Sourced & { readonly agency: AgencyType; readonly title: string; readonly hint: string };
  /** How it decides; absent where whoever leads records what is agreed. */
  readonly voting?: Sourced & {
    /** More than this many in a hundred of the members who are there, those who abstain among them, carry a decision or reject it. */
    readonly moreThanPercent: number;
    /** What becomes of a decision that is neither carried nor rejected. */
    readonly otherwise: 'chair' | 'rejected';
  };
};

const sourced = { source: text, verified: flag };
const agencies = distinct(list(oneOf(agencyTypes), 1), (each) => each);

/** Optional fields of a document of kind `forum-kind`. */
export const panelRules = {
  seats: record({ ...sourced, members: agencies, chair: oneOf(agencyTypes) }),
  referredBy: record({ ...sourced, agencies }),
  homeAgency: record({ ...sourced, agency: oneOf(agencyTypes), title: text, hint: text }),
  voting: record({ ...sourced, moreThanPercent: whole(1, 99), otherwise: oneOf(['chair', 'rejected']) }),
};

/** What is wrong with them together; undefined when nothing is. Pure. */
export function wrongPanel({ seats, referredBy, homeAgency, voting }: PanelRules): string | undefined {
  if (seats && !seats.members.includes(seats.chair)) return 'the chair is of an agency that need not sit on it';
  return [seats, referredBy, homeAgency, voting].every((rule) => rule?.verified !== false)
    ? undefined
    : 'no rule of a panel that is not verified may be a default';
}
