import { Calling, ContextController, Describe, Id, type Call } from '@concordat/platform';
import { Get, Post, Put } from '@nestjs/common';
import { ForumSettingsDto, SetUpForumDto } from './forums.dto';
import { ForumsService } from './forums.service';

@ContextController('risk', 'forums')
export class ForumsController {
  constructor(private readonly forums: ForumsService) {}

  @Get()
  @Describe({ summary: 'Forums of the partnership', action: 'forum.list' })
  list(@Calling() call: Call) {
    return this.forums.list(call);
  }

  @Post()
  @Describe({ summary: 'Set up a forum', body: SetUpForumDto, action: 'forum.set-up', status: 201 })
  setUp(@Calling() call: Call) {
    return this.forums.setUp(call);
  }

  @Get(':id')
  @Describe({ summary: 'One forum, with how its kind works', action: 'forum.list' })
  view(@Calling() call: Call, @Id() id: string) {
    return this.forums.view(call, id);
  }

  @Put(':id')
  @Describe({ summary: 'Change what a forum is set to', body: ForumSettingsDto, action: 'forum.change' })
  change(@Calling() call: Call, @Id() id: string) {
    return this.forums.change(call, id);
  }
}
