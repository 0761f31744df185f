import { Calling, ContextController, Describe, type Call } from '@concordat/platform';
import { Get } from '@nestjs/common';
import { ListRecipientsDto } from './recipients.dto';
import { RecipientsService } from './recipients.service';

@ContextController('records', 'recipients')
export class RecipientsController {
  constructor(private readonly recipients: RecipientsService) {}

  @Get()
  @Describe({ summary: 'Who may be given cases', query: ListRecipientsDto, action: 'recipient.list' })
  list(@Calling() call: Call) {
    return this.recipients.list(call);
  }
}
