import { PROCESS, type ProcessInfo } from '@concordat/platform';
import { Get, Inject, Post } from '@nestjs/common';
import { Notifications } from '../../apis/notifications';
import { formOf } from '../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';

/** One's deadlines in one's own calendar: its secret address is shown once, when it is made. */
@Page({
  at: 'deadlines/subscribe',
  folder: 'deadlines/subscribe',
  may: 'deadline.list',
  states: ['none', 'made', 'live'],
})
export class SubscribePage {
  constructor(
    private readonly notifications: Notifications,
    @Inject(PROCESS) private readonly info: ProcessInfo,
  ) {}

  @Get()
  show(@Visiting() visit: Visit): Promise<View> {
    return this.page(visit);
  }

  @Post()
  async send(@Visiting() visit: Visit, @Sent() sent: Submitted): Promise<View | Redirect> {
    if (sent.text('do') === 'revoke') {
      await this.notifications.revokeFeed(visit, sent.key);
      return redirect('/deadlines/subscribe');
    }
    const { secret } = await this.notifications.makeFeed(visit, sent.key);
    return this.page(visit, secret ? `${this.info.publicUrl}/api/notifications/calendars/${secret}.ics` : undefined);
  }

  private async page(visit: Visit, address?: string): Promise<View> {
    const feed = await this.notifications.feed(visit);
    return show({ feed, address, form: formOf(), back: { text: 'Back to deadlines', href: '/deadlines' } });
  }
}
