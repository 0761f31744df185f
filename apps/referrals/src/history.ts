import { type TriageDecision } from '@concordat/contracts';

/** What is common to everything that happens to a referral: who, when, and the version that it made. */
export interface Happened<What extends string> {
  readonly what: What;
  readonly version: number;
  readonly at: string;
  readonly by: string;
}
export type Rated = Happened<'rated'> & {
  readonly colour: string;
  readonly previous?: string;
  readonly rationale?: string;
  /** By when triage must decide; null when the colour has no time limit. */
  readonly dueAt: string | null;
  /** The colours' scheme, the clock's rule with its version, and the pack: an auditor can replay it (house.md §1.7). */
  readonly scheme: string;
  readonly rule: string | null;
  readonly pack: string;
};
export type Assigned = Happened<'assigned'> & { readonly from: string | null; readonly to: string | null };
export type Noted = Happened<'noted'> & { readonly id: string; readonly text: string };
export type InformationAsked = Happened<'information-requested'> & {
  readonly question: string;
  readonly reason?: string;
};
export type InformationGiven = Happened<'information-returned'> & { readonly answer: string };
export type Decided = Happened<'decided'> & {
  readonly outcome: TriageDecision;
  readonly destination?: string;
  readonly reason?: string;
  readonly rationale?: string;
  /** The outcome as it is counted (pack). */
  readonly result?: string;
  readonly caseId?: string;
  readonly pack: string;
};
export type FedBack = Happened<'feedback-given'> & { readonly text: string };
export type Reopened = Happened<'reopened'> & {
  readonly reason: string;
  readonly rationale: string;
  readonly dueAt: string | null;
};
export type Withdrawn = Happened<'withdrawn'> & { readonly reason: string; readonly rationale?: string };
export type ClockPassed = Happened<'clock-passed'> & { readonly colour: string; readonly dueAt: string };

/** Something that happened to a referral after it was received. Appended, never changed (domain/risk-conferences.md §1.5). */
export type Entry =
  | Rated
  | Assigned
  | Noted
  | InformationAsked
  | InformationGiven
  | Decided
  | FedBack
  | Reopened
  | Withdrawn
  | ClockPassed;

/** What has happened since the referral was received or last reopened: a reopened referral is triaged afresh. */
export function thisRound(entries: readonly Entry[]): readonly Entry[] {
  return entries.slice(entries.findLastIndex((e) => e.what === 'reopened') + 1);
}

/** The last entry of one kind. */
export function last<W extends Entry['what']>(entries: readonly Entry[], what: W): Extract<Entry, { what: W }> | null {
  return (entries.findLast((e) => e.what === what) as Extract<Entry, { what: W }> | undefined) ?? null;
}

/** Fields of the referral that an entry changed, as a caller who must reconcile needs to see them named. */
const FIELDS: Readonly<Record<Entry['what'], readonly string[]>> = {
  rated: ['status', 'colour', 'dueAt', 'ratings'],
  assigned: ['assignedTo'],
  noted: ['notes'],
  'information-requested': ['status', 'informationRequests'],
  'information-returned': ['status', 'informationRequests'],
  decided: ['status', 'decision', 'caseId'],
  'feedback-given': ['feedback'],
  reopened: ['status', 'dueAt'],
  withdrawn: ['status'],
  'clock-passed': [],
};

/** differing names the fields that changed since `version`, oldest change first. */
export function differing(entries: readonly Entry[], version: number): string[] {
  return [...new Set(entries.filter((e) => e.version > version).flatMap((e) => FIELDS[e.what]))];
}
