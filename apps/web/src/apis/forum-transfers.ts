import type { ActionState } from '@concordat/contracts';
import { Injectable } from '@nestjs/common';
import { Apis, type Asking } from './apis';
import type { ForumDocument } from './forums';
import type { Done } from './lists';
import type { Diverted } from './meetings';

/** A case that went from one forum to another. */
export interface ForumTransfer {
  readonly id: string;
  readonly version: number;
  readonly caseId: string;
  readonly subjectId: string;
  readonly sentAt: string;
  readonly acknowledgedAt: string | null;
}
export type ListedTransfer = ForumTransfer & { readonly incoming: boolean; readonly other: string };
export interface ForumTransferView extends ForumTransfer {
  readonly from: string;
  readonly to: string;
  readonly informs: readonly string[];
  readonly titles: readonly { readonly code: string; readonly title: string }[];
  readonly reason: string | null;
  readonly diverts: readonly Diverted[];
  readonly asked: NonNullable<ForumDocument['diverts']>;
  readonly sentBy: string;
  readonly acknowledgedBy: string | null;
  readonly acknowledgedWords: string | null;
  /** Null when no agreement lets the visitor's agency have it now. */
  readonly with:
    | readonly {
        readonly heldOn: string | null;
        readonly criteria: readonly { readonly code: string; readonly evidence: string }[];
        readonly harm: string | null;
        readonly contributory: string | null;
        readonly protective: string | null;
        readonly rationale: string | null;
        readonly actions: readonly { what: string; ownerOrg: string; dueOn: string; state: ActionState }[] | null;
      }[]
    | null;
  readonly may: { readonly acknowledge: boolean };
}
interface Sending {
  readonly key: string;
  readonly version: number;
}

/** Transfers between forums, as pages ask the risk context for them. */
@Injectable()
export class ForumTransfers {
  constructor(private readonly apis: Apis) {}

  async ofForum(asking: Asking, forumId: string): Promise<readonly ListedTransfer[]> {
    return (await this.apis.get<{ items: ListedTransfer[] }>(asking, 'risk', `/forums/${forumId}/transfers`)).items;
  }

  view(asking: Asking, id: string): Promise<ForumTransferView> {
    return this.apis.get(asking, 'risk', `/forum-transfers/${id}`);
  }

  send(asking: Asking, referralId: string, body: object, sending: Sending): Promise<Done> {
    return this.apis.change(asking, 'POST', 'risk', `/forum-referrals/${referralId}/transfers`, { body, ...sending });
  }

  acknowledge(asking: Asking, id: string, body: object, sending: Sending): Promise<Done> {
    return this.apis.change(asking, 'POST', 'risk', `/forum-transfers/${id}/acknowledgements`, { body, ...sending });
  }
}
