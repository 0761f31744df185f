import { Calling, ContextController, Describe, Id, type Call } from '@concordat/platform';
import { Get, HttpCode, Post } from '@nestjs/common';
import { MessagesService } from './messages.service';

@ContextController('notifications', 'messages')
export class MessagesController {
  constructor(private readonly messages: MessagesService) {}

  @Get()
  @Describe({
    summary: 'One’s own messages, the newest first, and how many are unread: exact to 99, and 100 stands for more',
    action: 'message.list',
  })
  list(@Calling() call: Call) {
    return this.messages.list(call);
  }

  @Get('unread')
  @Describe({ summary: 'How many of one’s messages are unread: exact to 99, and 100 stands for more' })
  unread(@Calling() call: Call) {
    return this.messages.unread(call);
  }

  @Post('reading')
  @HttpCode(200)
  @Describe({ summary: 'Mark all as read', action: 'message.read' })
  async readAll(@Calling() call: Call) {
    return (await this.messages.readAll(call)).value;
  }

  @Post(':id/reading')
  @HttpCode(200)
  @Describe({ summary: 'Mark one as read', action: 'message.read' })
  async read(@Calling() call: Call, @Id() id: string) {
    return (await this.messages.read(call, id)).value;
  }
}
