import type { ConsentGiver, DecidedHow, VoteChoice, VoteOutcome } from '@concordat/contracts';
import type { ForumKind } from '@concordat/packs';
import type { CriterionMet } from './forum-referral';

/** A case that was heard by a panel that votes, as far as the record of its decision is made of it. */
export interface Decided {
  readonly criteria: readonly CriterionMet[];
  readonly presence: readonly { readonly userId: string; readonly orgId: string; readonly present: boolean }[];
  readonly ballots: readonly {
    readonly outcome: VoteOutcome | null;
    readonly present: readonly string[] | null;
    readonly votes: readonly { readonly orgId: string; readonly choice: VoteChoice }[];
  }[];
  readonly decision: string | null;
  readonly decidedHow: DecidedHow | null;
  readonly homeOrg: string | null;
  readonly consentBy: ConsentGiver | null;
  readonly changedBy: string;
}

/** What a panel decided about somebody, by whom and on what grounds, as a document of its own beside the minutes. */
export interface DecisionRecord {
  /** Under which law the panel works, as the pack has it. */
  readonly source: string;
  /** On what it was referred. */
  readonly grounds: readonly { readonly title: string; readonly evidence: string }[];
  /** Members who were there. */
  readonly members: readonly { readonly userId: string; readonly orgId: string }[];
  readonly quorum: {
    /** Agencies. */
    readonly needed: number;
    readonly present: number;
    /** Which agency had to be there for the area where the person lives, and whether it was. */
    readonly home: { readonly title: string; readonly orgId: string | null; readonly present: boolean } | null;
  };
  readonly voting: {
    readonly moreThanPercent: number;
    readonly otherwise: 'chair' | 'rejected';
    readonly source: string;
  };
  /** Agencies that did not vote for what was put last. */
  readonly against: readonly string[];
  readonly abstained: readonly string[];
  /** Who of those who chair decided, where there was no majority. */
  readonly chair: string | null;
  readonly title: string;
  readonly record: string | null;
  /** Whether the case comes back, on the day named with it or else at the next meeting. */
  readonly again: boolean;
}

/**
 * recordOf is the record of a decision (section 36 of the 2015 Act, domain/risk-conferences.md §4); null where the forum does not vote.
 * Pure.
 * @param kind the kind of forum as it was in force when the case was heard
 * @param needed agencies without which no case was opened
 */
export function recordOf(item: Decided, kind: ForumKind, needed: number): DecisionRecord | null {
  const { voting, homeAgency } = kind;
  if (!voting) return null;
  const members = item.presence.filter(({ present }) => present).map(({ userId, orgId }) => ({ userId, orgId }));
  const orgs = new Set(members.map(({ orgId }) => orgId));
  const last = item.ballots.findLast(({ outcome }) => outcome !== null && outcome !== 'withdrawn');
  const who = (choice: VoteChoice): string[] =>
    (last?.votes ?? [])
      .filter((vote) => vote.choice === choice && last?.present?.includes(vote.orgId))
      .map(({ orgId }) => orgId);
  const found = kind.decisions.find(({ code }) => code === item.decision);
  const { moreThanPercent, otherwise, source } = voting;
  return {
    // What follows it is where we read of it.
    source: kind.source.split(';')[0]!,
    grounds: item.criteria.map(({ code, evidence }) => ({
      title: kind.criteria.find((each) => each.code === code)?.title ?? code,
      evidence,
    })),
    members,
    quorum: {
      ...{ needed, present: orgs.size },
      home: homeAgency
        ? { title: homeAgency.title, orgId: item.homeOrg, present: item.homeOrg !== null && orgs.has(item.homeOrg) }
        : null,
    },
    voting: { moreThanPercent, otherwise, source },
    ...{ against: who('against'), abstained: who('abstain') },
    chair: item.decidedHow === 'chair' ? item.changedBy : null,
    ...{ title: found?.title ?? '', record: found?.record?.title ?? null, again: found?.again ?? false },
  };
}
