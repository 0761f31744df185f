import type { AskedOf, AssessmentStatus, FieldProblem } from '@concordat/contracts';
import { Injectable } from '@nestjs/common';
import { Apis, type Asking } from './apis';
import type { Done } from './lists';

interface Coded {
  readonly code: string;
  readonly title: string;
}
export interface InstrumentOffered extends Coded {
  readonly version: number;
  readonly description: string;
  readonly verified: boolean;
}
export interface Topic {
  readonly code: string;
  readonly text: string;
  readonly type: 'yes-no' | 'parts' | 'choice' | 'frequency' | 'text';
  readonly hint?: string;
  /** `hint`: the neutral label of a part that the agency words itself. */
  readonly parts?: readonly { readonly code: string; readonly text: string; readonly hint?: string }[];
  readonly options?: readonly Coded[];
  readonly explain?: boolean;
  readonly optional?: boolean;
}
export interface TopicGroup extends Coded {
  readonly hint?: string;
  readonly topics: readonly Topic[];
}
export interface Band extends Coded {
  readonly meaning: string;
}
/** An instrument as it was when somebody was assessed with it. */
export interface InstrumentText extends Coded {
  readonly version: number;
  readonly description: string;
  readonly verified: boolean;
  readonly scoring: 'count' | 'weight' | 'none';
  readonly judgement: 'raise' | 'decide';
  readonly open: readonly string[];
  readonly bands: readonly Band[];
  readonly triggers: readonly (Coded & { readonly topic: string })[];
  readonly scale?: readonly Coded[];
  readonly groups: readonly TopicGroup[];
}
export interface Answer {
  readonly value?: string;
  readonly parts?: Readonly<Record<string, string>>;
  readonly words?: string;
}
export interface AssessmentContent {
  readonly asked: readonly AskedOf[];
  readonly askedWords?: string;
  readonly answers: Readonly<Record<string, Answer>>;
  readonly judgement: { readonly band?: string; readonly reasons?: string };
}
export interface ResultReason {
  readonly code: string;
  readonly band: string;
  readonly score?: number | null;
  readonly trigger?: string;
  readonly from?: string;
  readonly judged?: string;
  readonly open?: number;
}
export interface AssessmentResult {
  readonly score: number | null;
  readonly counted: string | null;
  readonly band: string | null;
  readonly open: number;
  readonly banding: string | null;
  readonly reasons: readonly ResultReason[];
  readonly routes: readonly {
    readonly forum: string;
    readonly criterion: string;
    readonly rule: string;
    readonly met: boolean;
  }[];
  /** Absent of what was completed before forums had their own; null where there is no score. */
  readonly thresholds?: {
    readonly id: string;
    readonly version: number;
    readonly title: string;
    readonly source: string;
    readonly thresholds: readonly { readonly operator: '>' | '>='; readonly value: number; readonly band: string }[];
    readonly setBy: 'forum' | 'kind' | 'instrument';
    readonly forum: { readonly title: string; readonly version: number } | null;
  } | null;
}
export interface AssessmentView {
  readonly id: string;
  readonly caseId: string;
  readonly subjectId: string;
  readonly orgId: string;
  readonly authorId: string;
  readonly status: AssessmentStatus;
  readonly version: number;
  readonly instrument: string;
  readonly instrumentVersion: number;
  readonly pack: string;
  readonly content: AssessmentContent;
  readonly document: InstrumentText;
  /** What the document is worded in, of the visitor's own agency; null when it bears the neutral labels. */
  readonly wording: { readonly title: string; readonly attribution: string; readonly version: number } | null;
  readonly result: AssessmentResult;
  readonly missing: readonly FieldProblem[];
  readonly startedAt: string;
  readonly changedAt: string;
  readonly completedAt: string | null;
  readonly supersedes: string | null;
  readonly supersedeReason: string | null;
  readonly supersededBy: string | null;
  readonly may: { readonly change: boolean; readonly correct: boolean; readonly assess: boolean };
}
export interface ListedAssessment {
  readonly id: string;
  readonly subjectId: string;
  readonly orgId: string;
  readonly authorId: string;
  readonly status: AssessmentStatus;
  readonly instrument: string;
  readonly instrumentVersion: number;
  readonly title: string;
  readonly startedAt: string;
  readonly changedAt: string;
  readonly completedAt: string | null;
  readonly score: number | null;
  readonly band: Band | null;
  /** Codes of the bands that there are, lowest first. */
  readonly bands: readonly string[];
  readonly supersedes: string | null;
  readonly supersededBy: string | null;
}
export interface AssessmentsOfCase {
  readonly items: readonly ListedAssessment[];
  readonly people: readonly string[];
  readonly may: { readonly assess: boolean };
}
export interface Comparison {
  readonly samples: readonly ListedAssessment[];
  readonly documents: Readonly<Record<string, InstrumentText>>;
  readonly topics: readonly {
    readonly topic: string;
    readonly values: readonly (string | null)[];
    readonly changes: readonly string[];
  }[];
}
interface Sending {
  readonly key?: string;
  readonly version?: number;
}

/** Assessments, as pages ask the risk context for them. */
@Injectable()
export class Risk {
  constructor(private readonly apis: Apis) {}

  async instruments(asking: Asking): Promise<readonly InstrumentOffered[]> {
    return (await this.apis.get<{ instruments: InstrumentOffered[] }>(asking, 'risk', '/instruments')).instruments;
  }

  ofCase(asking: Asking, caseId: string): Promise<AssessmentsOfCase> {
    return this.apis.get(asking, 'risk', `/cases/${caseId}/assessments`);
  }

  view(asking: Asking, id: string): Promise<AssessmentView> {
    return this.apis.get(asking, 'risk', `/assessments/${id}`);
  }

  compare(asking: Asking, caseId: string, instrument: string, subjectId: string): Promise<Comparison> {
    return this.apis.get(asking, 'risk', `/cases/${caseId}/comparison`, { instrument, subjectId });
  }

  start(asking: Asking, caseId: string, body: object, sending: Sending): Promise<Done> {
    return this.apis.change(asking, 'POST', 'risk', `/cases/${caseId}/assessments`, { body, ...sending });
  }

  save(asking: Asking, id: string, body: AssessmentContent, version: number): Promise<Done> {
    return this.apis.change(asking, 'PUT', 'risk', `/assessments/${id}`, { body, version });
  }

  discard(asking: Asking, id: string, version: number): Promise<void> {
    return this.apis.change(asking, 'DELETE', 'risk', `/assessments/${id}`, { version });
  }

  complete(asking: Asking, id: string, sending: Sending): Promise<Done> {
    return this.apis.change(asking, 'POST', 'risk', `/assessments/${id}/completion`, { body: {}, ...sending });
  }

  correct(asking: Asking, id: string, body: object, sending: Sending): Promise<Done> {
    return this.apis.change(asking, 'POST', 'risk', `/assessments/${id}/corrections`, { body, ...sending });
  }
}
