import { Injectable } from '@nestjs/common';
import { Apis, type Asking } from './apis';

export type BulkWhat = 'assignments' | 'transfers' | 'referrals' | 'flags';
export type PickScope = 'any-agency' | 'own-agency' | 'own-team';

/** One act done to many cases, and how far it has come. */
export interface BulkWork {
  readonly id: string;
  readonly kind: 'assign' | 'transfer' | 'refer' | 'flag';
  readonly state: 'running' | 'done';
  readonly madeAt: string;
  readonly doneAt: string | null;
  readonly total: number;
  readonly done: number;
  readonly refused: number;
}
export interface BulkRow {
  readonly caseId: string;
  /** Null when the case is closed to the visitor since. */
  readonly reference: string | null;
  readonly state: 'waiting' | 'done' | 'refused';
  readonly code: string | null;
  readonly resultId: string | null;
}
export interface CaseFlags {
  readonly items: readonly {
    readonly flag: string;
    readonly from: string;
    readonly by: string;
    readonly orgId: string;
    readonly to: string | null;
    readonly endedBy: string | null;
  }[];
  readonly kinds: readonly { readonly code: string; readonly title: string }[];
  readonly may: { readonly flag: boolean };
}
interface Act {
  readonly key: string;
}

/** The part of the `records` context that does one act to many cases, gives them to colleagues and flags them. */
@Injectable()
export class Bulk {
  constructor(private readonly apis: Apis) {}

  start(asking: Asking, what: BulkWhat, body: object, sent: Act): Promise<{ readonly id: string }> {
    return this.apis.change(asking, 'POST', 'records', `/bulk/${what}`, { body, key: sent.key });
  }

  list(asking: Asking): Promise<{ readonly items: readonly BulkWork[] }> {
    return this.apis.get(asking, 'records', '/bulk');
  }

  one(asking: Asking, id: string): Promise<BulkWork & { readonly items: readonly BulkRow[] }> {
    return this.apis.get(asking, 'records', `/bulk/${id}`);
  }

  /** Whom one may give cases to, and within which scope at once. */
  recipients(
    asking: Asking,
    scope: PickScope,
  ): Promise<{ readonly items: readonly { userId: string; orgId: string }[]; readonly assigns: PickScope }> {
    return this.apis.get(asking, 'records', '/recipients', { scope });
  }

  assign(asking: Asking, caseId: string, ownerId: string, sent: Act & { version: number }): Promise<unknown> {
    return this.apis.change(asking, 'POST', 'records', `/cases/${caseId}/assignment`, { body: { ownerId }, ...sent });
  }

  flags(asking: Asking, caseId: string): Promise<CaseFlags> {
    return this.apis.get(asking, 'records', `/cases/${caseId}/flags`);
  }

  flag(asking: Asking, caseId: string, flag: string, sent: Act): Promise<unknown> {
    return this.apis.change(asking, 'POST', 'records', `/cases/${caseId}/flags`, { body: { flag }, key: sent.key });
  }

  unflag(asking: Asking, caseId: string, flag: string, sent: Act): Promise<unknown> {
    return this.apis.change(asking, 'POST', 'records', `/cases/${caseId}/flags/${flag}/ending`, { key: sent.key });
  }
}
