import type { NoticeFailure } from '@concordat/contracts';
import { NotFound } from '@concordat/platform';
import { Get, Post, Query } from '@nestjs/common';
import { Directory } from '../../apis/directory';
import { OutgoingMessages } from '../../apis/outgoing-messages';
import { formOf } from '../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';

const CHANNELS = { email: 'E-mail', text: 'Text message' } as const;
const WHY: Readonly<Record<NoticeFailure, string>> = {
  'recipient-refused': 'There is no such address. Its owner must change or confirm it',
  'message-refused': 'The message was refused. Whoever looks after the installation must see why',
  'not-taken': 'It was not taken for a day',
  temporary: 'It could not be delivered, and might be now',
  technical: 'GOV.UK Notify could not send it',
};
const DONE: Readonly<Record<string, string>> = {
  again: 'It is being tried again',
  gone: 'That has been tried again already',
};

/** Messages to people of the visitor's agency that did not arrive: whose, why, and to try again; never the address. */
@Page({
  at: 'administration/message-failures',
  folder: 'administration/message-failures',
  may: 'notice.list-failures',
  states: ['filled', 'empty'],
})
export class MessageFailuresPage {
  constructor(
    private readonly outgoing: OutgoingMessages,
    private readonly directory: Directory,
  ) {}

  @Get()
  async show(@Visiting() visit: Visit, @Query('cursor') cursor?: string, @Query('done') done?: string): Promise<View> {
    const { items, previous, next, heldUp, unreached } = await this.outgoing.failures(visit, cursor);
    const people = [...items, ...unreached].map(({ userId }) => userId);
    const names = await this.directory.names(visit, people);
    const at = (to: string | null) => to && `/administration/message-failures?cursor=${encodeURIComponent(to)}`;
    return show({
      ...{ form: formOf(), heldUp, previous: at(previous), next: at(next) },
      items: items.map((one) => ({
        ...{ ...one, who: names.person(one.userId), by: CHANNELS[one.channel], why: WHY[one.failure] },
      })),
      unreached: unreached.map((one) => ({ ...one, who: names.person(one.userId), by: CHANNELS[one.channel] })),
      organisation: visit.person.organisation,
      flash: done && Object.hasOwn(DONE, done) ? { text: DONE[done] } : null,
      back: { text: 'Back to administration', href: '/administration' },
    });
  }

  @Post()
  async send(@Visiting() visit: Visit, @Sent() sent: Submitted): Promise<Redirect> {
    const id = sent.text('id') ?? '';
    if (!/^[0-9a-f-]{36}$/.test(id)) throw new NotFound('page');
    try {
      await this.outgoing.retry(visit, id, sent.key);
      return redirect('/administration/message-failures?done=again');
    } catch (error) {
      if (error instanceof NotFound) return redirect('/administration/message-failures?done=gone');
      throw error;
    }
  }
}
