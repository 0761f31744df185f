import { Calling, ContextController, Describe, type Call } from '@concordat/platform';
import { Get } from '@nestjs/common';
import { MailboxService } from './mailbox.service';

@ContextController('notifications', 'mailbox')
export class MailboxController {
  constructor(private readonly mailbox: MailboxService) {}

  @Get()
  @Describe({ summary: 'In development: what would have been sent, the last first', action: 'mailbox.view' })
  list(@Calling() call: Call) {
    return this.mailbox.list(call);
  }
}
