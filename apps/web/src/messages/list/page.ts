import { Get, Post, Query } from '@nestjs/common';
import { Notifications, type Message } from '../../apis/notifications';
import { KINDS, NOTICES, placeOf, WHY } from '../../deadlines/words';
import { formOf } from '../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { Unread } from '../../session/unread';
import { Visiting, type Visit } from '../../session/visit';

/** One's inbox: one message about each thing, the one told last first. */
@Page({ at: 'messages', folder: 'messages/list', may: 'member', states: ['filled', 'empty'] })
export class MessagesPage {
  constructor(
    private readonly notifications: Notifications,
    private readonly unread: Unread,
  ) {}

  @Get()
  async show(@Visiting() visit: Visit, @Query('cursor') cursor?: string): Promise<View> {
    const list = await this.notifications.messages(visit, cursor);
    this.unread.forget(visit);
    const at = (to: string | null) => to && `/messages?cursor=${encodeURIComponent(to)}`;
    return show({
      items: list.items.map((m) => ({ ...m, ...wordsOf(m) })),
      ...{ unread: list.unread, previous: at(list.previous), next: at(list.next), form: formOf() },
    });
  }

  @Post()
  async send(@Visiting() visit: Visit, @Sent() sent: Submitted): Promise<Redirect> {
    await this.notifications.readAll(visit, sent.key);
    this.unread.forget(visit);
    return redirect('/messages');
  }
}

/** What a message is about, where that is looked at, and why somebody is told. */
function wordsOf({ kind, recordId, to }: Message) {
  if (isNotice(kind))
    return { what: NOTICES[kind], href: `/meetings/${recordId}`, why: 'You are named for this meeting' };
  return { what: KINDS[kind], href: placeOf({ kind, recordId }), why: to ? WHY[to] : '' };
}
const isNotice = (kind: Message['kind']): kind is keyof typeof NOTICES => kind in NOTICES;
