import { Get } from '@nestjs/common';
import { OutgoingMessages } from '../../apis/outgoing-messages';
import { Page, show, type View } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';
import { CHANNELS } from '../words';

/** Where nothing leaves an installation: what would have been sent, to anybody. There is none in production. */
@Page({ at: 'messages/mailbox', folder: 'messages/mailbox', may: 'member', states: ['filled'] })
export class MailboxPage {
  constructor(private readonly outgoing: OutgoingMessages) {}

  @Get()
  async show(@Visiting() visit: Visit): Promise<View> {
    const letters = await this.outgoing.mailbox(visit);
    return show({
      items: letters.map((letter) => ({ ...letter, by: CHANNELS[letter.channel] })),
      back: { text: 'Back to how you are told', href: '/messages/settings' },
    });
  }
}
