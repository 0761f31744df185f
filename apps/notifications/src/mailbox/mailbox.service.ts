import { NotFound } from '@concordat/contracts';
import { UnitOfWork } from '@concordat/messaging';
import type { Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { Carriers } from '../carriers/carriers';

/** What would have been sent, where nothing is: for whoever tries Concordat out. There is none in production. */
@Injectable()
export class MailboxService {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly carriers: Carriers,
  ) {}

  list(call: Call) {
    return this.unit.read({ action: 'mailbox.view', call }, () => {
      const { mailbox } = this.carriers;
      if (!mailbox) throw new NotFound('mailbox');
      return Promise.resolve({ items: mailbox.shown() });
    });
  }
}
