import type { AccessLevel, Action, ActOutcome } from '@concordat/contracts';
import { Injectable } from '@nestjs/common';
import { Apis, type Asking } from './apis';
import type { Done, List } from './lists';
import type { PersonContent, RelationshipContent, SafeContactContent } from './referral-content';

export interface CaseItem {
  readonly id: string;
  readonly reference: string;
  readonly version: number;
  readonly status: string;
  readonly kind: string;
  readonly areaId: string;
  readonly leadOrg: string;
  readonly openedAt: string;
  readonly subjectName: string;
  readonly level: AccessLevel;
  /** It comes from another system; no referral opened it here. */
  readonly broughtIn: boolean;
}
export interface Participation {
  readonly orgId: string;
  readonly level: AccessLevel;
  readonly from: string;
  readonly to: string | null;
}
export interface TimelineEntry {
  readonly at: string;
  readonly what: string;
  readonly orgId: string | null;
  readonly by: string | null;
  readonly detail: Readonly<Record<string, string>> | null;
}
export type PersonInCase = PersonContent & { id: string };
/** What everybody who works on a case must know first. */
export interface KeyFacts {
  readonly safeContact?: SafeContactContent | null;
  readonly staffRisk?: { level?: string; detail?: string; visitInPairs?: boolean } | null;
}
/** Where a case comes from that was brought in: what the other system calls it and says of it. */
export interface CaseOrigin {
  readonly orgId: string;
  readonly source: string;
  readonly record: string;
  readonly at: string;
  readonly said: Readonly<Record<'opened', string>> &
    Readonly<Partial<Record<'closed' | 'author' | 'agencies', string>>>;
}
export interface CaseView extends Omit<CaseItem, 'broughtIn'> {
  /** None for a case that was brought in from another system. */
  readonly referralId: string | null;
  readonly broughtIn: CaseOrigin | null;
  readonly participants: readonly Participation[];
  readonly people: readonly PersonInCase[];
  readonly relationships: readonly RelationshipContent[] | null;
  readonly keyFacts: KeyFacts | null;
  /** The newest fifty entries, newest first. */
  readonly timeline: readonly TimelineEntry[];
  readonly may: { readonly changeParticipation: boolean };
  /** By what one sees it: the part of one's agency, a qualification, or an emergency. */
  readonly ground: 'part' | 'qualified' | 'glass';
  readonly glass?: { readonly id: string; readonly until: string };
  /** Whether it is open to named staff only. */
  readonly restricted: boolean;
  /** Whether it is on offer to another owner (TRF-7). */
  readonly onOffer: boolean;
}
/** A case as it stood on a day. */
export interface CaseThen extends Pick<CaseView, 'id' | 'reference' | 'people' | 'relationships' | 'keyFacts'> {
  readonly on: string;
  readonly at: string;
  readonly owner: string | null;
  readonly participants: readonly Pick<Participation, 'orgId' | 'level' | 'from'>[];
  readonly facts: readonly {
    readonly id: string;
    readonly kind: 'order' | 'step';
    readonly content: Readonly<Record<string, string>>;
    readonly orgId: string;
  }[];
  readonly counts: { readonly chronology: number; readonly notes: number; readonly documents: number };
}
export interface CaseQuery {
  readonly status?: string;
  readonly area?: string;
  readonly sort?: string;
  readonly limit?: number;
  readonly cursor?: string;
}

export interface AccessLogQuery {
  readonly user?: string;
  /** Who opened this document of the case. */
  readonly document?: string;
  readonly from?: string;
  readonly to?: string;
  readonly cursor?: string;
}
export interface AccessLog {
  readonly items: readonly {
    readonly index: string;
    readonly at: string;
    /** Null once the details of the act were erased, as is who did it. */
    readonly action: Action | null;
    readonly outcome: ActOutcome;
    readonly actor: string | null;
    readonly actorRole: string | null;
    readonly actorOrg: string | null;
    readonly purpose: string | null;
    readonly reasons: readonly string[];
  }[];
  readonly next: string | null;
  readonly previous: string | null;
}

/** The `records` context: cases, the people in them and who takes part. */
@Injectable()
export class Records {
  constructor(private readonly apis: Apis) {}

  cases(asking: Asking, query: CaseQuery): Promise<List<CaseItem> & { restricted: readonly { id: string }[] }> {
    return this.apis.get(asking, 'records', '/cases', { ...query });
  }

  case(asking: Asking, id: string): Promise<CaseView> {
    return this.apis.get(asking, 'records', `/cases/${id}`);
  }

  /** `on` is a civil day. */
  asItStood(asking: Asking, id: string, on: string): Promise<CaseThen> {
    return this.apis.get(asking, 'records', `/cases/${id}/as-it-stood`, { on });
  }

  timeline(asking: Asking, id: string, cursor?: string): Promise<Pick<List<TimelineEntry>, 'items' | 'next'>> {
    return this.apis.get(asking, 'records', `/cases/${id}/timeline`, { cursor });
  }

  /** Who has looked at a case, newest first. Days are civil days. */
  accessLog(asking: Asking, id: string, query: AccessLogQuery): Promise<AccessLog> {
    return this.apis.get(asking, 'records', `/cases/${id}/access-log`, { ...query });
  }

  changeParticipation(
    asking: Asking,
    id: string,
    body: { readonly orgId: string; readonly level: string },
    sent: { key: string; version: number },
  ): Promise<Done> {
    return this.apis.change(asking, 'POST', 'records', `/cases/${id}/participations`, { body, ...sent });
  }

  endParticipation(asking: Asking, id: string, orgId: string, sent: { key: string; version: number }): Promise<Done> {
    return this.apis.change(asking, 'POST', 'records', `/cases/${id}/participations/${orgId}/ending`, sent);
  }
}
