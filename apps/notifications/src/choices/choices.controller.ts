import { Calling, ContextController, Describe, type Call } from '@concordat/platform';
import { Get, Put } from '@nestjs/common';
import { ChooseMessagesDto } from './choices.dto';
import { ChoicesService } from './choices.service';

@ContextController('notifications', 'message-choices')
export class ChoicesController {
  constructor(private readonly choices: ChoicesService) {}

  @Get()
  @Describe({
    summary: 'Of what one is told outside of the pages, how soon, and what one may choose',
    action: 'message.view-choices',
  })
  list(@Calling() call: Call) {
    return this.choices.list(call);
  }

  @Put()
  @Describe({
    summary: 'Choose how soon one is told of each kind',
    ...{ action: 'message.choose', body: ChooseMessagesDto },
    example: { choices: [{ kind: 'conference-action', rhythm: 'daily', byText: false }] },
  })
  choose(@Calling() call: Call) {
    return this.choices.choose(call);
  }
}
