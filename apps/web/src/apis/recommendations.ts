import type {
  CentralStep,
  RecommendationChange,
  RecommendationLevel,
  RecommendationResponse,
  RecommendationSource,
  ReviewActionState,
  SmartQuestion,
} from '@concordat/contracts';
import { Injectable } from '@nestjs/common';
import { Apis, type Asking } from './apis';
import type { Done, List } from './lists';

interface Recorded {
  readonly by: string;
  readonly at: string;
}
export interface RecommendationBrief {
  readonly id: string;
  readonly reference: string;
  readonly number: number;
  readonly text: string;
}
export interface ReviewRecommendation extends RecommendationBrief {
  readonly level: RecommendationLevel;
  readonly theme: string;
  readonly ownerOrg: string | null;
  readonly department: string | null;
  readonly response: RecommendationResponse | null;
  readonly actions: readonly {
    readonly number: number;
    readonly state: ReviewActionState;
    readonly due: string;
    readonly overdue: boolean;
    readonly daysLate: number;
  }[];
}
/** A line of the tracker. */
export interface Tracked extends RecommendationBrief {
  readonly reviewId: string;
  readonly kindCode: string;
  readonly level: RecommendationLevel;
  readonly theme: string;
  readonly source: RecommendationSource;
  readonly ownerOrg: string | null;
  readonly department: string | null;
  readonly response: RecommendationResponse | null;
  readonly repeats: number;
  readonly action: {
    readonly id: string;
    readonly number: number;
    readonly text: string;
    readonly state: ReviewActionState;
    readonly leadId: string;
    readonly leadOrg: string;
    readonly due: string;
    readonly original: string;
    readonly revised: number;
    readonly overdue: boolean;
  } | null;
}
export interface TrackedFigure {
  readonly state: ReviewActionState | null;
  readonly count: number;
  readonly overdue: number;
}
export interface ActionView {
  readonly id: string;
  readonly number: number;
  readonly state: ReviewActionState;
  readonly text: string;
  readonly leadId: string;
  readonly leadOrg: string;
  readonly milestones: readonly string[];
  readonly targets: readonly (Recorded & {
    readonly due: string;
    readonly reason: string | null;
    readonly approver: string | null;
  })[];
  readonly claims: readonly (Recorded & { readonly outcome: string; readonly evidence: string })[];
  readonly checks: readonly (Recorded & { readonly verified: boolean; readonly finding: string })[];
  readonly ending:
    (Recorded & { readonly reason: string; readonly approver: string; readonly supersededBy: string | null }) | null;
  readonly lateness: {
    readonly due: string;
    readonly original: string;
    readonly overdue: boolean;
    readonly daysLate: number;
  };
  readonly may: readonly string[];
}
export interface RecommendationView extends RecommendationBrief {
  readonly version: number;
  readonly reviewId: string;
  readonly kind: string;
  readonly level: RecommendationLevel;
  readonly theme: string;
  readonly ownerOrg: string | null;
  readonly document: {
    readonly text: string;
    readonly source: RecommendationSource;
    readonly multiAgency: boolean;
    readonly department: string | null;
    readonly smart: Readonly<Record<SmartQuestion, boolean>>;
    readonly answers: readonly (Recorded & {
      readonly response: RecommendationResponse;
      readonly reason: string | null;
      readonly orgId?: string | null;
    })[];
    readonly central: readonly (Recorded & {
      readonly step: CentralStep;
      readonly on: string;
      readonly text: string | null;
    })[];
  };
  readonly answer: { readonly response: RecommendationResponse } | null;
  readonly actions: readonly ActionView[];
  readonly earlier: readonly RecommendationBrief[];
  readonly later: readonly RecommendationBrief[];
  readonly history: readonly (Recorded & {
    readonly what: RecommendationChange;
    readonly actionId: string | null;
    readonly actionState: ReviewActionState | null;
    readonly orgId: string;
  })[];
  /** How the asking of its owner stands; null when nobody has asked. */
  readonly request: {
    readonly dueOn: string;
    readonly askedAt: string;
    readonly status: 'running' | 'overdue' | 'met' | 'metLate';
  } | null;
  readonly may: { readonly coordinate: boolean; readonly seeReview: boolean; readonly answer: boolean };
}
export type TrackQuery = Readonly<Record<string, string | undefined>>;
export interface Tracker extends List<Tracked> {
  readonly figures: readonly TrackedFigure[];
  readonly themes: readonly string[];
  readonly kinds: Readonly<Record<string, string>>;
}

/** The key of a form, and the version that it was made from. */
interface Sending {
  readonly key: string;
  readonly version: number;
}

/** Recommendations of reviews, as pages ask the reviews context for them. */
@Injectable()
export class Recommendations {
  constructor(private readonly apis: Apis) {}

  track(asking: Asking, query: TrackQuery): Promise<Tracker> {
    return this.apis.get(asking, 'reviews', '/recommendations', query);
  }

  export(asking: Asking, query: TrackQuery): Promise<List<Tracked>> {
    return this.apis.get(asking, 'reviews', '/recommendations/export', query);
  }

  async ofReview(asking: Asking, reviewId: string): Promise<readonly ReviewRecommendation[]> {
    const path = `/reviews/${reviewId}/recommendations`;
    return (await this.apis.get<{ items: ReviewRecommendation[] }>(asking, 'reviews', path)).items;
  }

  view(asking: Asking, id: string): Promise<RecommendationView> {
    return this.apis.get(asking, 'reviews', `/recommendations/${id}`);
  }

  /** `what` is the rest of its address: answers, repeats, central, actions… */
  record(asking: Asking, id: string, what: string, body: object, { key, version }: Sending): Promise<Done> {
    return this.apis.change(asking, 'POST', 'reviews', `/recommendations/${id}/${what}`, { body, key, version });
  }
}
