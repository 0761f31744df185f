import type { KeptPart, TransferState } from '@concordat/contracts';
import { Injectable } from '@nestjs/common';
import { Apis, type Asking } from './apis';
import type { Sent } from './hand-over';
import type { Done, List } from './lists';

export type TransferStep = 'agree' | 'refuse' | 'accept' | 'decline' | 'withdraw';
export type TransferBox = 'received' | 'sent';

/** A transfer of a case to another owner, as the visitor's side sees it. Nothing of the case is in it but its reference. */
export interface Transfer {
  readonly id: string;
  readonly version: number;
  readonly state: TransferState;
  readonly side: 'owner' | 'recipient';
  /** How it came out has not been looked at yet by the visitor, who is told of it. */
  readonly news: boolean;
  readonly may: Readonly<Record<TransferStep, boolean>>;
  readonly caseId: string;
  readonly reference: string;
  readonly fromOrg: string;
  readonly fromId: string;
  readonly toOrg: string | null;
  readonly toId: string | null;
  readonly outsideBody: string | null;
  readonly reason: string;
  readonly keep: KeptPart;
  /** `id@version` of the agreement that allows it. */
  readonly isa?: string | null;
  readonly requestedAt: string | null;
  readonly requestReason: string | null;
  readonly offeredAt: string | null;
  readonly answeredAt: string | null;
  readonly answeredBy: string | null;
  readonly answerReason: string | null;
  readonly endedAt: string | null;
  readonly endedBy: string | null;
}

export interface Owner {
  readonly ownerId: string;
  readonly orgId: string;
  readonly areaId: string;
  readonly from: string;
  readonly to: string | null;
  readonly how: 'opened' | 'assigned' | 'transferred';
  readonly by: string;
}

/** Who owns a case and owned it, and its transfers. */
export interface Ownership {
  readonly id: string;
  readonly version: number;
  readonly owner: Owner | null;
  readonly owners: readonly Owner[];
  readonly onOffer: boolean;
  readonly transfers: readonly Transfer[];
  readonly may: { readonly transfer: boolean; readonly assign: boolean; readonly request: boolean };
}

export interface Assignment {
  readonly caseId: string;
  readonly reference: string;
  readonly what: 'given' | 'passed';
  readonly by: string;
  readonly at: string;
}

interface Waiting {
  readonly toAnswer: number;
  readonly news: number;
}
export type WaitingTransfers = Readonly<Record<TransferBox, Waiting>>;

const PATHS: Readonly<Record<TransferStep, string>> = {
  agree: 'agreement',
  refuse: 'refusal',
  accept: 'acceptance',
  decline: 'decline',
  withdraw: 'withdrawal',
};

/** The part of the `records` context that passes cases from one owner to another. */
@Injectable()
export class Transfers {
  constructor(private readonly apis: Apis) {}

  ownership(asking: Asking, caseId: string): Promise<Ownership> {
    return this.apis.get(asking, 'records', `/cases/${caseId}/ownership`);
  }

  offer(asking: Asking, caseId: string, body: object, sent: Sent): Promise<Done> {
    return this.apis.change(asking, 'POST', 'records', `/cases/${caseId}/transfers`, { body, ...sent });
  }

  request(asking: Asking, caseId: string, body: object, sent: Sent): Promise<Done> {
    return this.apis.change(asking, 'POST', 'records', `/cases/${caseId}/transfer-requests`, { body, ...sent });
  }

  list(
    asking: Asking,
    query: { box: TransferBox; cursor?: string; limit?: number },
  ): Promise<Pick<List<Transfer>, 'items' | 'next' | 'previous'> & { counts: WaitingTransfers }> {
    return this.apis.get(asking, 'records', '/transfers', query);
  }

  /** Cases that colleagues gave to the visitor, or from them to others, and that they have not looked at yet. */
  assignments(asking: Asking): Promise<{ readonly items: readonly Assignment[] }> {
    return this.apis.get(asking, 'records', '/assignments');
  }

  one(asking: Asking, id: string): Promise<Transfer> {
    return this.apis.get(asking, 'records', `/transfers/${id}`);
  }

  take(asking: Asking, id: string, step: TransferStep, body: object, sent: Sent): Promise<Done> {
    return this.apis.change(asking, 'POST', 'records', `/transfers/${id}/${PATHS[step]}`, { body, ...sent });
  }
}
