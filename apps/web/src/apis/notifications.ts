import type {
  DeadlineKind,
  DeadlineScope,
  DeadlineState,
  DeadlineStatus,
  MessageChannel,
  MessageKind,
  RungRecipient,
} from '@concordat/contracts';
import { Injectable } from '@nestjs/common';
import { Apis, type Asking } from './apis';
import type { Done, List } from './lists';

export interface Deadline {
  readonly id: string;
  readonly kind: DeadlineKind;
  readonly recordId: string;
  readonly caseId: string | null;
  readonly orgId: string;
  readonly ownerId: string | null;
  readonly dueAt: string;
  readonly status: DeadlineStatus;
  readonly version: number;
  readonly overdue: boolean;
  readonly acknowledgedAt: string | null;
  readonly acknowledgedBy: string | null;
  readonly may: { readonly acknowledge: boolean };
}
export interface Message {
  readonly id: string;
  readonly recordId: string;
  readonly caseId: string | null;
  readonly kind: MessageKind;
  /** Null of what happened, as `status` is: no deadline is made of it. */
  readonly to: RungRecipient | null;
  readonly times: number;
  readonly toldAt: string;
  readonly readAt: string | null;
  readonly dueAt: string | null;
  readonly status: DeadlineStatus | null;
  /** Of what happened: since when it wants nobody any more. */
  readonly endedAt: string | null;
}
/** By what somebody is not reached outside of the pages, and since when. */
export interface Unreached {
  readonly channel: MessageChannel;
  readonly since: string;
}
export interface StandIn {
  readonly id: string;
  readonly version: number;
  readonly userId: string;
  readonly toId: string;
  readonly fromAt: string;
  readonly until: string;
  /** Whether the visitor named somebody, or was named. */
  readonly mine: boolean;
}
export interface Asked {
  readonly whose?: DeadlineScope;
  readonly state?: DeadlineState;
  readonly kind?: DeadlineKind;
  readonly from?: string;
  readonly to?: string;
  readonly sort?: 'due' | '-due';
  readonly cursor?: string;
}
export interface Due {
  readonly orgId: string;
  readonly kind: DeadlineKind;
  readonly open: number;
  readonly overdue: number;
}

/** The `notifications` context: what is due, and who is told of it. */
@Injectable()
export class Notifications {
  constructor(private readonly apis: Apis) {}

  deadlines(asking: Asking, asked: Asked): Promise<List<Deadline>> {
    return this.apis.get(asking, 'notifications', '/deadlines', { ...asked });
  }

  month(asking: Asking, asked: { whose: DeadlineScope; month: string }): Promise<{ items: Deadline[]; more: boolean }> {
    return this.apis.get(asking, 'notifications', '/deadlines/month', asked);
  }

  async overview(asking: Asking): Promise<readonly Due[]> {
    return (await this.apis.get<{ items: Due[] }>(asking, 'notifications', '/deadlines/overview')).items;
  }

  acknowledge(asking: Asking, id: string, sent: { key: string; version: number }): Promise<Done> {
    return this.apis.change(asking, 'POST', 'notifications', `/deadlines/${id}/acknowledgement`, { body: {}, ...sent });
  }

  async standIns(asking: Asking): Promise<readonly StandIn[]> {
    return (await this.apis.get<{ items: StandIn[] }>(asking, 'notifications', '/stand-ins')).items;
  }

  nameStandIn(asking: Asking, body: object, key: string): Promise<Done> {
    return this.apis.change(asking, 'POST', 'notifications', '/stand-ins', { body, key });
  }

  endStandIn(asking: Asking, id: string, sent: { key: string; version: number }): Promise<Done> {
    return this.apis.change(asking, 'POST', 'notifications', `/stand-ins/${id}/end`, { body: {}, ...sent });
  }

  async feed(asking: Asking): Promise<{ madeAt: string } | null> {
    return (await this.apis.get<{ feed: { madeAt: string } | null }>(asking, 'notifications', '/calendar-feed')).feed;
  }

  makeFeed(asking: Asking, key: string): Promise<{ secret: string | null }> {
    return this.apis.change(asking, 'POST', 'notifications', '/calendar-feed', { body: {}, key });
  }

  revokeFeed(asking: Asking, key: string): Promise<unknown> {
    return this.apis.change(asking, 'POST', 'notifications', '/calendar-feed/revocation', { body: {}, key });
  }

  messages(
    asking: Asking,
    cursor?: string,
  ): Promise<List<Message> & { unread: number; unreached: readonly Unreached[] }> {
    return this.apis.get(asking, 'notifications', '/messages', { cursor });
  }

  async unread(asking: Asking): Promise<number> {
    return (await this.apis.get<{ unread: number }>(asking, 'notifications', '/messages/unread')).unread;
  }

  readAll(asking: Asking, key: string): Promise<unknown> {
    return this.apis.change(asking, 'POST', 'notifications', '/messages/reading', { body: {}, key });
  }
}
