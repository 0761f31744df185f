import { Injectable } from '@nestjs/common';
import { Apis, type Asking } from './apis';
import type { Done, List } from './lists';

interface Titled {
  readonly code: string;
  readonly title: string;
  readonly hint?: string;
}
export interface RestrictionStep {
  readonly at: string;
  readonly what: 'set' | 'changed' | 'lifted';
  readonly reason: string;
  readonly reviewOn: string | null;
  readonly by: string;
  readonly orgId: string;
}
export interface Restriction {
  readonly id: string;
  readonly version: number;
  readonly caseId: string | null;
  readonly personId: string | null;
  readonly kind: string;
  readonly reason: string;
  readonly reviewOn: string;
  readonly since: string;
  readonly liftedAt: string | null;
  readonly named: readonly string[];
  readonly history: readonly RestrictionStep[];
}
export interface Restrictions {
  readonly version: number;
  readonly items: readonly Restriction[];
  /** Who may be named. */
  readonly staff: readonly { readonly userId: string; readonly orgId: string }[];
  readonly may: { readonly restrict: boolean };
}
export interface GlassUse {
  readonly id: string;
  readonly version: number;
  /** Null for an auditor who may not know which restricted case it was. */
  readonly caseId: string | null;
  readonly reference: string | null;
  readonly reason: string | null;
  readonly reviewNote: string | null;
  readonly leadOrg: string;
  readonly restricted: boolean;
  readonly userId: string;
  readonly orgId: string;
  readonly refused: boolean;
  readonly ground: string | null;
  readonly since: string;
  readonly until: string | null;
  readonly outcome: string | null;
  readonly reviewedAt: string | null;
  readonly reviewedBy: string | null;
  readonly mayReview: boolean;
}
export interface GlassPractice {
  readonly minutes: number;
  readonly atMostMinutes: number;
  readonly grounds: readonly Titled[];
  readonly outcomes: readonly Titled[];
}
export interface LookedBack {
  readonly on: string;
  readonly items: readonly {
    readonly userId: string;
    readonly orgId: string;
    readonly caseId: string;
    readonly spans: readonly { readonly from: string; readonly to: string; readonly ground: string }[];
  }[];
  readonly count: number;
  readonly page: number;
  readonly pages: number;
  readonly membersKnownFrom: string | null;
}
interface Sending {
  readonly key: string;
  readonly version?: number;
}

/** Of the `records` context, who may see what: restrictions, emergency access, and who could have seen something. */
@Injectable()
export class Access {
  constructor(private readonly apis: Apis) {}

  kinds(asking: Asking): Promise<{ kinds: readonly Titled[]; reviewWithinDays: number }> {
    return this.apis.get(asking, 'records', '/restrictions/kinds');
  }

  restrictions(asking: Asking, caseId: string): Promise<Restrictions> {
    return this.apis.get(asking, 'records', `/cases/${caseId}/restrictions`);
  }

  restrict(asking: Asking, caseId: string, body: object, sent: Sending): Promise<Done> {
    return this.apis.change(asking, 'POST', 'records', `/cases/${caseId}/restrictions`, { body, ...sent });
  }

  restrictionsOfPerson(asking: Asking, personId: string): Promise<Restrictions> {
    return this.apis.get(asking, 'records', `/people/${personId}/restrictions`);
  }

  restrictPerson(asking: Asking, personId: string, body: object, sent: Sending): Promise<Done> {
    return this.apis.change(asking, 'POST', 'records', `/people/${personId}/restrictions`, { body, ...sent });
  }

  changeRestriction(asking: Asking, id: string, body: object, sent: Sending): Promise<Done> {
    return this.apis.change(asking, 'POST', 'records', `/restrictions/${id}/changes`, { body, ...sent });
  }

  liftRestriction(asking: Asking, id: string, body: object, sent: Sending): Promise<Done> {
    return this.apis.change(asking, 'POST', 'records', `/restrictions/${id}/lifting`, { body, ...sent });
  }

  glassPractice(asking: Asking): Promise<GlassPractice> {
    return this.apis.get(asking, 'records', '/break-glass/practice');
  }

  breakGlass(asking: Asking, body: object, sent: Sending): Promise<{ id: string; caseId: string; until: string }> {
    return this.apis.change(asking, 'POST', 'records', '/break-glass', { body, ...sent });
  }

  glassUses(asking: Asking, query: { state?: string; cursor?: string; limit?: number }): Promise<List<GlassUse>> {
    return this.apis.get(asking, 'records', '/break-glass', { ...query });
  }

  glassUse(asking: Asking, id: string): Promise<GlassUse & { outcomes: readonly Titled[] }> {
    return this.apis.get(asking, 'records', `/break-glass/${id}`);
  }

  reviewGlass(asking: Asking, id: string, body: object, sent: Sending): Promise<Done> {
    return this.apis.change(asking, 'POST', 'records', `/break-glass/${id}/review`, { body, ...sent });
  }

  lookBack(
    asking: Asking,
    query: { case?: string; person?: string; user?: string; on: string; page?: number },
  ): Promise<LookedBack> {
    return this.apis.get(asking, 'records', '/access-history', { ...query });
  }
}
