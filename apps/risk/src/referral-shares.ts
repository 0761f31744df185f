import type { AgencyType } from '@concordat/contracts';
import type { ForumStatistics } from '@concordat/packs';
import { rounded } from './forum-figures';

type Shares = NonNullable<ForumStatistics['shares']>;
type AgencyOf = (orgId: string) => AgencyType | undefined;

/** How many cases agencies of a party referred, and what share of all cases that is in per cent; null what cannot be said. */
export interface ShareFigure {
  readonly code: string;
  readonly title: string;
  readonly cases: number | null;
  readonly share: number | null;
}

/** The party that an agency counts for; undefined where nobody knows what kind of agency it is. Pure, as everything here. */
export function partyOf({ parties }: Shares, orgId: string, agencyOf: AgencyOf): string | undefined {
  const agency = agencyOf(orgId);
  if (agency === undefined) return undefined;
  return parties.find(({ agencies }) => agencies === undefined || agencies.includes(agency))?.code;
}

/**
 * Agencies of each party among some that referred. Null where one of them is of no known kind: it would count for whoever is left, and
 * nobody knows that.
 */
export function partiesOf(
  shares: Shares,
  orgs: readonly string[],
  agencyOf: AgencyOf,
): Readonly<Record<string, readonly string[]>> | null {
  const found = orgs.map((org) => [org, partyOf(shares, org, agencyOf)] as const);
  if (found.some(([, party]) => party === undefined)) return null;
  const of = (code: string): string[] => found.filter(([, party]) => party === code).map(([org]) => org);
  return Object.fromEntries(shares.parties.map(({ code }) => [code, of(code)]));
}

/**
 * percentages of all cases by party (domain/risk-conferences.md §10), each rounded once from raw counts. Of two parties the share of the
 * one that is named by its agencies is 100 less that of everybody else. Null each where there are no cases.
 */
export function percentages(
  { parties }: Pick<Shares, 'parties'>,
  cases: Readonly<Record<string, number>>,
  all: number,
): Record<string, number | null> {
  const share = (code: string): number | null => rounded((cases[code] ?? 0) * 100, all);
  const [one, other] = parties.toSorted((a, b) => Number(a.agencies === undefined) - Number(b.agencies === undefined));
  if (parties.length !== 2) return Object.fromEntries(parties.map(({ code }) => [code, share(code)]));
  const rest = share(other!.code);
  return { [one!.code]: rest === null ? null : (1000 - Math.round(rest * 10)) / 10, [other!.code]: rest };
}

/** Shares of the referrals of a period by party. `agencies` are cases by the agency that referred them; null where nothing is counted. */
export function sharesOf(
  shares: Shares,
  agencies: Readonly<Record<string, number>> | null,
  agencyOf: AgencyOf,
): ShareFigure[] {
  const orgs = agencies && partiesOf(shares, Object.keys(agencies), agencyOf);
  const sum = (of: readonly string[]): number => of.reduce((total, org) => total + (agencies?.[org] ?? 0), 0);
  const counts = orgs && Object.fromEntries(Object.entries(orgs).map(([code, of]) => [code, sum(of)]));
  const by = counts && agencies ? percentages(shares, counts, sum(Object.keys(agencies))) : null;
  return shares.parties.map(({ code, title }) => ({
    ...{ code, title, cases: counts?.[code] ?? null, share: by?.[code] ?? null },
  }));
}
