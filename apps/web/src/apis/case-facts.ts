import { Injectable } from '@nestjs/common';
import { Apis, type Asking } from './apis';
import type { Withheld } from './chronology';
import type { Titled } from './practice';

interface Kept {
  readonly id: string;
  readonly orgId: string;
  readonly by: string;
  readonly recordedAt: string;
  readonly endedAt: string | null;
  readonly endedBy: string | null;
  readonly endedWhy: string | null;
}
export interface OrderInForce extends Kept {
  readonly order: string;
  readonly detail?: string;
  readonly against?: string;
  readonly from?: string;
  readonly until?: string;
}
export interface NextStep extends Kept {
  readonly text: string;
  readonly agency: string;
  readonly due?: string;
  readonly referred: { readonly id: string; readonly state: string } | null;
}
export interface CaseFactsView {
  readonly orders: readonly OrderInForce[];
  readonly steps: readonly NextStep[];
  readonly kinds: readonly Titled[];
  readonly may: { readonly keep: boolean };
  /** Why the rest is not shown; null when all of it is. */
  readonly withheld: Withheld | null;
}
interface Act {
  readonly key: string;
}

/** Orders in force, next steps and who is in a case; of the `records` context. */
@Injectable()
export class CaseFacts {
  constructor(private readonly apis: Apis) {}

  view(asking: Asking, caseId: string): Promise<CaseFactsView> {
    return this.apis.get(asking, 'records', `/cases/${caseId}/key-facts`);
  }

  keep(asking: Asking, caseId: string, what: 'orders' | 'steps', body: object, act: Act): Promise<unknown> {
    return this.apis.change(asking, 'POST', 'records', `/cases/${caseId}/key-facts/${what}`, { body, ...act });
  }

  end(asking: Asking, caseId: string, id: string, body: object, act: Act): Promise<unknown> {
    return this.apis.change(asking, 'POST', 'records', `/cases/${caseId}/key-facts/${id}/ending`, { body, ...act });
  }

  addPerson(asking: Asking, caseId: string, body: object, act: Act): Promise<{ id: string }> {
    return this.apis.change(asking, 'POST', 'records', `/cases/${caseId}/people`, { body, ...act });
  }
}
