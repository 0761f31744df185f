import type { RetentionStep, RetentionTrigger } from '@concordat/contracts';
import { Injectable } from '@nestjs/common';
import { Apis, type Asking } from './apis';
import type { Done, List } from './lists';

/** How long one case is kept, as a queue shows it. */
export interface Kept {
  readonly caseId: string;
  readonly version: number;
  readonly reference: string;
  readonly kind: string;
  readonly areaId: string;
  readonly leadOrg: string;
  readonly dueOn: string;
  readonly rule: string;
  readonly ruleVersion: number;
  readonly pack: string;
  readonly moratorium: string | null;
  readonly keptUntil: string | null;
  readonly state: 'kept' | 'proposed' | 'confirmed';
  readonly proposedBy: string | null;
  readonly proposedAt: string | null;
  readonly held: boolean;
  /** What keeps it from being erased; null when nothing does. */
  readonly keptBy: 'moratorium' | 'held' | 'kept' | null;
}
export interface Hold {
  readonly id: string;
  /** Null for an auditor. */
  readonly reason: string | null;
  readonly since: string;
  readonly by: string;
  readonly orgId: string;
  readonly releasedAt: string | null;
  readonly releasedBy: string | null;
  readonly releaseReason: string | null;
}
export interface KeptCase extends Kept {
  readonly ends: readonly {
    readonly rule: string;
    readonly version: number;
    readonly trigger: RetentionTrigger;
    readonly from: string;
    readonly on: string;
    readonly assumed: boolean;
  }[];
  readonly holds: readonly Hold[];
  /** Requests about somebody in it that are not answered yet. */
  readonly openRequests: number;
  readonly steps: readonly {
    readonly at: string;
    readonly what: RetentionStep;
    readonly reason: string | null;
    readonly until: string | null;
    readonly by: string;
    readonly orgId: string | null;
  }[];
  readonly may: Readonly<Record<'hold' | 'keep' | 'propose' | 'confirm' | 'refuse', boolean>>;
}
/** What is left of a case that was erased. */
export interface Erased {
  readonly caseId: string;
  readonly reference: string;
  readonly kind: string;
  readonly leadOrg: string;
  readonly rule: string;
  readonly ruleVersion: number;
  readonly pack: string;
  readonly dueOn: string;
  readonly decisionId: string;
  readonly proposedBy: string;
  readonly confirmedBy: string;
  readonly erasedAt: string;
  readonly people: number;
  readonly documents: number;
}
export interface RetentionRules {
  readonly rules: readonly {
    readonly id: string;
    readonly title: string;
    readonly source: string;
    readonly verified: boolean;
  }[];
  readonly moratoria: readonly { readonly code: string; readonly title: string; readonly source: string }[];
  readonly keepAtMostYears: number;
}
interface Sending {
  readonly key: string;
  readonly version?: number;
}

/** Of the `records` context, how long cases are kept, and which were erased. */
@Injectable()
export class Retention {
  constructor(private readonly apis: Apis) {}

  rules(asking: Asking): Promise<RetentionRules> {
    return this.apis.get(asking, 'records', '/retention/practice');
  }

  list(
    asking: Asking,
    query: { view?: string; reference?: string; cursor?: string; limit?: number },
  ): Promise<List<Kept>> {
    return this.apis.get(asking, 'records', '/retention', { ...query });
  }

  view(asking: Asking, caseId: string): Promise<KeptCase> {
    return this.apis.get(asking, 'records', `/retention/${caseId}`);
  }

  erased(asking: Asking, query: { cursor?: string }): Promise<List<Erased>> {
    return this.apis.get(asking, 'records', '/erasures', { ...query });
  }

  /** `step` is where a decision is posted: `keeping`, `erasure`, `erasure/confirmation`, `holds` … */
  decide(asking: Asking, caseId: string, step: string, body: object, sent: Sending): Promise<Done> {
    return this.apis.change(asking, 'POST', 'records', `/retention/${caseId}/${step}`, { body, ...sent });
  }
}
