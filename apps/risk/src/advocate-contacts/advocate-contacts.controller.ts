import { Calling, ContextController, Describe, Id, type Call } from '@concordat/platform';
import { Get, Post } from '@nestjs/common';
import { RecordAttemptDto } from './advocate-contacts.dto';
import { AdvocateContactsService } from './advocate-contacts.service';

@ContextController('risk', 'advocate-contacts')
export class AdvocateContactsController {
  constructor(private readonly contacts: AdvocateContactsService) {}

  @Get()
  @Describe({ summary: 'Whom one’s own agency is to speak with before a meeting', action: 'advocate-contact.list' })
  list(@Calling() call: Call) {
    return this.contacts.list(call);
  }

  @Get(':id')
  @Describe({ summary: 'One of them, with each attempt', action: 'advocate-contact.list' })
  view(@Calling() call: Call, @Id() id: string) {
    return this.contacts.view(call, id);
  }

  @Post(':id/attempts')
  @Describe({
    summary: 'Say how they were tried to be reached, or why not',
    body: RecordAttemptDto,
    action: 'advocate-contact.record',
    status: 201,
  })
  record(@Calling() call: Call, @Id() id: string) {
    return this.contacts.record(call, id);
  }
}
