import { NotFound } from '@concordat/platform';
import { Get, Post, Query } from '@nestjs/common';
import { OutgoingMessages } from '../../apis/outgoing-messages';
import { formOf } from '../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';
import { asWritten, CHANNELS, rhythmsOf, titleOf } from '../words';

const DONE: Readonly<Record<string, string>> = {
  confirmed: 'You are reached there from now on',
  removed: 'It is taken away. Nothing is sent there any more',
  chosen: 'Your choice is kept',
};

/** Where one is reached outside of the pages, and of what one is told there. */
@Page({ at: 'messages/settings', folder: 'messages/settings', may: 'member', states: ['none', 'reached', 'failing'] })
export class MessageSettingsPage {
  constructor(private readonly outgoing: OutgoingMessages) {}

  @Get()
  async show(@Visiting() visit: Visit, @Query('done') done?: string): Promise<View> {
    const [reach, choices] = await Promise.all([this.outgoing.reach(visit), this.outgoing.choices(visit)]);
    const rhythms = rhythmsOf(choices);
    return show({
      form: formOf(),
      mailbox: reach.mailbox,
      channels: reach.channels.map((channel) => {
        const own = reach.items
          .filter((item) => item.channel === channel)
          .map((item) => ({ ...item, address: item.address && asWritten(item.address) }));
        const confirmed = own.find(({ confirmedAt }) => confirmedAt);
        return { channel, name: CHANNELS[channel], confirmed, given: own.find(({ confirmedAt }) => !confirmedAt) };
      }),
      choices: choices.items.map(({ kind, rhythm, byText }) => ({
        kind: titleOf(kind),
        rhythm: rhythms[rhythm] + (byText ? ', and by text message' : ''),
      })),
      flash: done && Object.hasOwn(DONE, done) ? { text: DONE[done] } : null,
      back: { text: 'Back to messages', href: '/messages' },
    });
  }

  @Post()
  async send(@Visiting() visit: Visit, @Sent() sent: Submitted): Promise<Redirect> {
    const [what, id = ''] = (sent.text('do') ?? '').split('.');
    if (!/^[0-9a-f-]{36}$/.test(id)) throw new NotFound('page');
    if (what === 'remove') {
      await this.outgoing.act(visit, id, 'removal', sent.key);
      return redirect('/messages/settings?done=removed');
    }
    await this.outgoing.act(visit, id, 'codes', sent.key);
    return redirect(`/messages/code/${id}`);
  }
}
