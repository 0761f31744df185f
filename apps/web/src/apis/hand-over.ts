import type { OnwardState, ViewItem } from '@concordat/contracts';
import { Injectable } from '@nestjs/common';
import { Apis, type Asking, type File } from './apis';
import type { Done } from './lists';
import type { Titled } from './practice';
import type { KeyFacts, PersonInCase } from './records';
import type { RelationshipContent } from './referral-content';

export type Side = 'sender' | 'recipient';
export type AnswerStep = 'accept' | 'decline' | 'withdraw' | 'complete';

/** What forms of hand-over offer, from the pack. */
export interface HandOverPractice {
  readonly pack: string;
  readonly purposes: readonly Titled[];
  readonly legalBases: readonly Titled[];
  readonly urgencies: readonly (Titled & { readonly days: number })[];
  readonly views: readonly (Titled & { readonly items: readonly ViewItem[] })[];
  readonly consentGrounds: readonly Titled[];
  /** For which purpose a case of a pathway is usually shared whole. */
  readonly purposeOf: readonly { readonly pathway: string; readonly purpose: string }[];
  readonly bulkCap: number;
  readonly flags: readonly Titled[];
  readonly approvalStages: readonly Titled[];
}

/** A referral between agencies, as the visitor's side sees it: an ended one is a header to its recipient. */
export interface OnwardReferral {
  readonly id: string;
  readonly version: number;
  readonly state: OnwardState;
  readonly side: Side;
  readonly news: boolean;
  readonly may: Readonly<Record<AnswerStep, boolean>>;
  readonly fromOrg: string;
  readonly fromId: string;
  readonly toOrg: string | null;
  readonly toId: string | null;
  readonly outsideBody: string | null;
  readonly offeredAt: string;
  readonly respondBy: string | null;
  readonly answeredAt: string | null;
  readonly answeredBy: string | null;
  readonly endedAt: string | null;
  readonly endedBy: string | null;
  readonly reference?: string;
  readonly caseId?: string;
  readonly urgency?: string;
  readonly reason?: string;
  readonly purpose?: string;
  /** `id@version` of the agreement that allows it. */
  readonly isa?: string | null;
  readonly legalBasis?: string;
  readonly view?: string;
  readonly items?: readonly ViewItem[];
  readonly people?: number;
  readonly actionId?: string | null;
  readonly consent?: { readonly answer: string; readonly ground?: string; readonly reason?: string };
  readonly answerReason?: string | null;
  readonly endNote?: string | null;
}

export interface ReferredCase {
  readonly id: string;
  readonly reference: string;
  readonly kind: string;
  readonly leadOrg: string;
  readonly view: string;
  readonly people: readonly PersonInCase[];
  readonly relationships: readonly RelationshipContent[];
  readonly keyFacts: KeyFacts;
}

export interface Sent {
  readonly key: string;
  readonly version: number;
}

const PATHS: Readonly<Record<AnswerStep, string>> = {
  accept: 'acceptance',
  decline: 'decline',
  withdraw: 'withdrawal',
  complete: 'completion',
};

/** The part of the `records` context that hands cases to others. */
@Injectable()
export class HandOver {
  constructor(private readonly apis: Apis) {}

  practice(asking: Asking): Promise<HandOverPractice> {
    return this.apis.get(asking, 'records', '/hand-over/practice');
  }

  /** A case as records of Social Care Data, for another agency's system. */
  records(asking: Asking, caseId: string, body: object, key: string): Promise<File> {
    return this.apis.made(asking, 'records', `/cases/${caseId}/records`, { body, key });
  }

  refer(asking: Asking, caseId: string, body: object, sent: Sent): Promise<Done> {
    return this.apis.change(asking, 'POST', 'records', `/cases/${caseId}/onward-referrals`, { body, ...sent });
  }

  ofCase(
    asking: Asking,
    caseId: string,
  ): Promise<{ items: readonly OnwardReferral[]; may: { readonly refer: boolean; readonly onlyForAction: boolean } }> {
    return this.apis.get(asking, 'records', `/cases/${caseId}/onward-referrals`);
  }

  referrals(
    asking: Asking,
    query: { box: string; cursor?: string; limit?: number },
  ): Promise<{
    items: readonly OnwardReferral[];
    next: string | null;
    previous: string | null;
    counts: { readonly toAnswer: number; readonly news: number };
  }> {
    return this.apis.get(asking, 'records', '/onward-referrals', query);
  }

  referral(asking: Asking, id: string): Promise<OnwardReferral> {
    return this.apis.get(asking, 'records', `/onward-referrals/${id}`);
  }

  answer(asking: Asking, id: string, step: AnswerStep, body: object, sent: Sent): Promise<Done> {
    return this.apis.change(asking, 'POST', 'records', `/onward-referrals/${id}/${PATHS[step]}`, { body, ...sent });
  }

  referredCase(asking: Asking, id: string): Promise<ReferredCase> {
    return this.apis.get(asking, 'records', `/onward-referrals/${id}/case`);
  }
}
