import { UnitOfWork } from '@concordat/messaging';
import { valid, type Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { ownUnreached } from '../contact-details.repository';
import { inboxPaging, messagesOf, readAllMessages, readMessage, unreadOf } from '../inbox.repository';
import { MessagesDto } from './messages.dto';

/** What somebody is told: one message about each thing, however often it is told. */
@Injectable()
export class MessagesService {
  constructor(private readonly unit: UnitOfWork) {}

  list(call: Call) {
    return this.unit.read({ action: 'message.list', call }, async (tx) => {
      const { cursor } = valid(MessagesDto, call.query);
      const page = await messagesOf(tx, inboxPaging(cursor));
      tx.about({ objects: page.items.map(({ id }) => ({ t: 'message' as const, id: id as string })) });
      return { ...page, unread: await unreadOf(tx), unreached: await ownUnreached(tx) };
    });
  }

  /** For the head of every page, again and again: a number of one's own, which no act is made of (decision 44). */
  async unread(call: Call) {
    return { unread: await this.unit.tally(call, unreadOf) };
  }

  read(call: Call, id: string) {
    return this.unit.run({ action: 'message.read', call, objects: [{ t: 'message', id }] }, async (tx) => {
      await readMessage(tx, id);
      return { id };
    });
  }

  readAll(call: Call) {
    return this.unit.run({ action: 'message.read', call }, async (tx) => {
      await readAllMessages(tx);
      return {};
    });
  }
}
