import { Get, Post, Query } from '@nestjs/common';
import { Notifications } from '../../apis/notifications';
import { formOf } from '../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { Unread } from '../../session/unread';
import { Visiting, type Visit } from '../../session/visit';
import { CHANNELS, wordsOf } from '../words';

/** One's inbox: one message about each thing, the one told last first. */
@Page({ at: 'messages', folder: 'messages/list', may: 'member', states: ['filled', 'empty', 'unreached'] })
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
      unreached: list.unreached.map(({ channel, since }) => ({ by: CHANNELS[channel].toLowerCase(), since })),
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
