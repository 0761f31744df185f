import { civilDate } from '@concordat/clocks';
import type {
  CentralStep,
  RecommendationLevel,
  RecommendationResponse,
  RecommendationSource,
  ReviewActionState,
  SmartQuestion,
} from '@concordat/contracts';
import type { Recorded } from './review';

/** A date by which an action is to be done. A revised one is added after it, with a reason and whoever agreed. */
export interface ActionTarget extends Recorded {
  readonly due: string;
  readonly reason: string | null;
  readonly approver: string | null;
}

/** That an action is done, as somebody says with the evidence. */
export interface ActionClaim extends Recorded {
  readonly outcome: string;
  readonly evidence: string;
}

/** What a second person found when they looked at a claim. */
export interface ActionCheck extends Recorded {
  readonly verified: boolean;
  readonly finding: string;
}

/** Why an action is not done, and who approved that. */
export interface ActionEnding extends Recorded {
  readonly reason: string;
  readonly approver: string;
  /** The action in its place; null when it is not pursued at all. */
  readonly supersededBy: string | null;
}

/** One action of a recommendation: somebody leads it, by a date, to an outcome that is shown. */
export interface ReviewAction {
  readonly id: string;
  readonly number: number;
  readonly state: ReviewActionState;
  readonly text: string;
  readonly leadId: string;
  readonly leadOrg: string;
  readonly milestones: readonly string[];
  /** The first target first; never empty. */
  readonly targets: readonly ActionTarget[];
  readonly claims: readonly ActionClaim[];
  readonly checks: readonly ActionCheck[];
  readonly ending: ActionEnding | null;
}

/** That its owner is asked to answer by a day: the agency sees it from then on. */
export interface AnswerRequest extends Recorded {
  readonly dueOn: string;
}

/** How the recommendation was answered; the last answer counts. */
export interface RecommendationAnswer extends Recorded {
  /** The agency of whoever recorded it: the owner itself, or the one that coordinates the review. Absent from older ones. */
  readonly orgId?: string | null;
  readonly response: RecommendationResponse;
  readonly reason: string | null;
}

/** How a department took a national recommendation. */
export interface CentralNote extends Recorded {
  readonly step: CentralStep;
  readonly on: string;
  readonly text: string | null;
}

/** What is written down about a recommendation (domain/statutory-reviews.md §9). */
export interface RecommendationDocument {
  readonly text: string;
  readonly source: RecommendationSource;
  readonly multiAgency: boolean;
  /** The department that a national one is to; null otherwise. */
  readonly department: string | null;
  readonly smart: Readonly<Record<SmartQuestion, boolean>>;
  /** Absent until its owner is asked; the last counts. */
  readonly requests?: readonly AnswerRequest[];
  readonly answers: readonly RecommendationAnswer[];
  readonly central: readonly CentralNote[];
}

export interface Recommendation {
  readonly id: string;
  readonly version: number;
  readonly reviewId: string;
  /** Within its review: the second is `R2`. */
  readonly number: number;
  readonly level: RecommendationLevel;
  readonly theme: string;
  /** The agency that owns it; null when a department does. */
  readonly ownerOrg: string | null;
  readonly document: RecommendationDocument;
  readonly actions: readonly ReviewAction[];
  /** Earlier recommendations that this one repeats. */
  readonly repeats: readonly string[];
}

/** As much of a recommendation as the life cycle of its review asks for. */
export interface RecommendationBrief {
  readonly number: number;
  readonly level: RecommendationLevel;
  readonly response: RecommendationResponse | null;
  /** Whether the department that it is to has responded. */
  readonly responded: boolean;
  readonly actions: readonly { readonly number: number; readonly state: ReviewActionState }[];
}

/** What the owner last answered; null until they have. */
export const answerOf = ({ document }: Pick<Recommendation, 'document'>): RecommendationAnswer | null =>
  document.answers.at(-1) ?? null;

/** How the asking of its owner stands on a civil day; null when nobody has asked. What came late stays late. Pure. */
export function requestStanding({ document }: Pick<Recommendation, 'document'>, today: string) {
  const request = document.requests?.at(-1);
  if (!request) return null;
  const answered = document.answers.find(({ at }) => at >= request.at);
  const late = (answered ? civilDate(new Date(answered.at)) : today) > request.dueOn;
  const status = answered ? (late ? 'metLate' : 'met') : late ? 'overdue' : 'running';
  return { dueOn: request.dueOn, askedAt: request.at, status } as const;
}

/** The date that now counts, and the one that lateness is shown against. */
export const dueOf = ({ targets }: Pick<ReviewAction, 'targets'>): { due: string; original: string } => ({
  due: targets.at(-1)!.due,
  original: targets[0]!.due,
});
