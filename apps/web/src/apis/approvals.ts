import type { ApprovalState } from '@concordat/contracts';
import { Injectable } from '@nestjs/common';
import { Apis, type Asking } from './apis';
import type { Sent } from './hand-over';
import type { Titled } from './practice';

/** Approval of a stage of a case: what was asked, and the answer. */
export interface Approval {
  readonly id: string;
  readonly version: number;
  readonly caseId: string;
  readonly reference: string;
  readonly stage: string;
  readonly state: ApprovalState;
  readonly requestedBy: string;
  readonly requestedOrg: string;
  readonly requestedAt: string;
  readonly comment: string;
  readonly answeredBy: string | null;
  readonly answeredAt: string | null;
  readonly answerComment: string | null;
  readonly news: boolean;
  readonly may: { readonly answer: boolean };
}

/** The part of the `records` context in which somebody else approves. */
@Injectable()
export class Approvals {
  constructor(private readonly apis: Apis) {}

  ofCase(
    asking: Asking,
    caseId: string,
  ): Promise<{
    readonly items: readonly Approval[];
    readonly stages: readonly Titled[];
    readonly may: { readonly request: boolean };
  }> {
    return this.apis.get(asking, 'records', `/cases/${caseId}/approvals`);
  }

  waiting(asking: Asking): Promise<{ readonly toAnswer: readonly Approval[]; readonly news: readonly Approval[] }> {
    return this.apis.get(asking, 'records', '/approvals');
  }

  request(asking: Asking, caseId: string, stage: string, body: object, sent: Sent): Promise<unknown> {
    return this.apis.change(asking, 'POST', 'records', `/cases/${caseId}/approvals/${stage}`, { body, ...sent });
  }

  answer(asking: Asking, id: string, body: object, sent: Sent): Promise<unknown> {
    return this.apis.change(asking, 'POST', 'records', `/approvals/${id}/answer`, { body, ...sent });
  }
}
