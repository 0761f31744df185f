import type { AccessItemDecision, AccessItemKind, AccessRequester, AccessRequestState } from '@concordat/contracts';
import { Injectable } from '@nestjs/common';
import type { Readable } from 'node:stream';
import { Apis, type Asking, type File } from './apis';
import type { Done, List } from './lists';

/** A request for what is held about somebody. */
export interface AccessRequest {
  readonly id: string;
  readonly version: number;
  readonly areaId: string;
  readonly requester: AccessRequester;
  readonly requesterName: string;
  readonly state: AccessRequestState;
  readonly receivedOn: string;
  readonly identityProven: boolean;
  readonly pauses: readonly { readonly why: string; readonly from: string; readonly to: string | null }[];
  readonly extended: boolean;
  readonly gatheredAt: string | null;
  readonly preparedBy: string | null;
  readonly releasedBy: string | null;
  readonly releasedAt: string | null;
  readonly undecided: number;
  /** Null while the clock stands still. */
  readonly dueOn: string | null;
}
export interface AccessItem {
  readonly id: string;
  readonly source: string;
  readonly kind: AccessItemKind;
  readonly at: string;
  readonly title: string;
  readonly text: string;
  readonly others: boolean;
  readonly thirdParty: boolean | null;
  readonly decision: AccessItemDecision | null;
  readonly exemption: string | null;
  readonly opinion: string | null;
  readonly redacted: string | null;
  readonly decidedBy: string | null;
  readonly decidedAt: string | null;
  /** Whether a file belongs to it. */
  readonly hasFile: boolean;
}
export interface OpenedRequest extends AccessRequest {
  readonly person: {
    readonly name: { readonly given?: string; readonly family?: string } | null;
    readonly births: readonly { readonly value: string }[];
    readonly cases: readonly string[];
  } | null;
  readonly steps: readonly {
    readonly at: string;
    readonly what: string;
    readonly reason: string | null;
    readonly by: string;
    readonly orgId: string;
  }[];
  readonly items: readonly AccessItem[];
  readonly mayRelease: boolean;
}
export interface Answerable {
  readonly id: string;
  readonly name: { readonly given?: string; readonly family?: string } | null;
  readonly births: readonly { readonly value: string }[];
  readonly cases: readonly string[];
}
export interface AccessPractice {
  readonly months: number;
  readonly extendableByMonths: number;
  readonly exemptions: readonly { readonly code: string; readonly title: string; readonly hint?: string }[];
}
interface Sending {
  readonly key: string;
  readonly version?: number;
}

/** Of the `records` context, what somebody asks of what is held about them. */
@Injectable()
export class AccessRequests {
  constructor(private readonly apis: Apis) {}

  practice(asking: Asking): Promise<AccessPractice> {
    return this.apis.get(asking, 'records', '/access-requests/practice');
  }

  async people(asking: Asking, body: object, key: string): Promise<readonly Answerable[]> {
    type Found = { readonly items: readonly Answerable[] };
    const found = await this.apis.change<Found>(asking, 'POST', 'records', '/access-requests/people', {
      body,
      key,
    });
    return found.items;
  }

  list(asking: Asking, query: { state?: string; cursor?: string }): Promise<List<AccessRequest>> {
    return this.apis.get(asking, 'records', '/access-requests', { ...query });
  }

  record(asking: Asking, body: object, sent: Sending): Promise<Done> {
    return this.apis.change(asking, 'POST', 'records', '/access-requests', { body, ...sent });
  }

  view(asking: Asking, id: string): Promise<OpenedRequest> {
    return this.apis.get(asking, 'records', `/access-requests/${id}`);
  }

  /** `what` is where it is posted: `gathering`, `steps`, `release`, `items/…`. */
  act(asking: Asking, id: string, what: string, body: object, sent: Sending): Promise<Done> {
    return this.apis.change(asking, 'POST', 'records', `/access-requests/${id}/${what}`, { body, ...sent });
  }

  file(asking: Asking, id: string, itemId: string): Promise<File> {
    return this.apis.file(asking, 'records', `/access-requests/${id}/items/${itemId}/file`, {});
  }

  answer(asking: Asking, id: string, key: string): Promise<Readable> {
    return this.apis.download(asking, 'records', `/access-requests/${id}/answer`, { body: {}, key });
  }
}
