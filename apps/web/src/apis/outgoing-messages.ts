import type { MessageChannel, MessageKind, MessageRhythm, NoticeFailure } from '@concordat/contracts';
import { Injectable } from '@nestjs/common';
import { Apis, type Asking } from './apis';
import type { List } from './lists';

export interface ContactDetails {
  readonly id: string;
  readonly channel: MessageChannel;
  /** Null when the key that it was sealed under is another now. */
  readonly address: string | null;
  readonly givenAt: string;
  readonly confirmedAt: string | null;
  readonly failedAt: string | null;
}
export interface Reach {
  readonly items: readonly ContactDetails[];
  /** Those that this installation uses. */
  readonly channels: readonly MessageChannel[];
  readonly mailbox: boolean;
}
export interface MessageChoice {
  readonly kind: MessageKind;
  readonly rhythm: MessageRhythm;
  readonly byText: boolean;
}
export interface Choices {
  readonly items: readonly (MessageChoice & { readonly choices: readonly MessageRhythm[]; readonly text: boolean })[];
  readonly daily: { readonly at: string };
  readonly weekly: { readonly on: string; readonly at: string };
}
/** Somebody of the agency who is not reached by a channel: never where they would be. */
export interface UnreachedPerson {
  readonly userId: string;
  readonly channel: MessageChannel;
  readonly since: string;
}
export interface FailedNotice {
  readonly id: string;
  readonly userId: string;
  readonly channel: MessageChannel;
  readonly failure: NoticeFailure;
  readonly attempts: number;
  readonly madeAt: string;
  readonly endedAt: string;
}
export interface Letter {
  readonly id: string;
  readonly channel: MessageChannel;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly at: string;
}

/** The `notifications` context: how somebody is told outside of the pages. */
@Injectable()
export class OutgoingMessages {
  constructor(private readonly apis: Apis) {}

  reach(asking: Asking): Promise<Reach> {
    return this.apis.get(asking, 'notifications', '/contact-details');
  }

  give(asking: Asking, body: { channel: MessageChannel; address: string }, key: string): Promise<{ id: string }> {
    return this.apis.change(asking, 'POST', 'notifications', '/contact-details', { body, key });
  }

  /** One of the things that are done to where somebody is reached: `codes`, `confirmation`, `removal`. */
  act(
    asking: Asking,
    id: string,
    what: 'codes' | 'confirmation' | 'removal',
    key: string,
    body: object = {},
  ): Promise<unknown> {
    return this.apis.change(asking, 'POST', 'notifications', `/contact-details/${id}/${what}`, { body, key });
  }

  choices(asking: Asking): Promise<Choices> {
    return this.apis.get(asking, 'notifications', '/message-choices');
  }

  choose(asking: Asking, choices: readonly MessageChoice[]): Promise<unknown> {
    return this.apis.change(asking, 'PUT', 'notifications', '/message-choices', { body: { choices } });
  }

  failures(
    asking: Asking,
    cursor?: string,
  ): Promise<
    List<FailedNotice> & { heldUp: { count: number; since: string | null }; unreached: readonly UnreachedPerson[] }
  > {
    return this.apis.get(asking, 'notifications', '/notices/failures', { cursor });
  }

  retry(asking: Asking, id: string, key: string): Promise<unknown> {
    return this.apis.change(asking, 'POST', 'notifications', `/notices/${id}/retry`, { body: {}, key });
  }

  async mailbox(asking: Asking): Promise<readonly Letter[]> {
    return (await this.apis.get<{ items: Letter[] }>(asking, 'notifications', '/mailbox')).items;
  }
}
