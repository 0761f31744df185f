import { Calling, ContextController, Describe, type Call } from '@concordat/platform';
import { Get, HttpCode, Post } from '@nestjs/common';
import { SessionsService } from './sessions.service';

@ContextController('identity')
export class SessionsController {
  constructor(private readonly sessions: SessionsService) {}

  @Get('me')
  @Describe({ summary: 'Who the caller is, and for whom they act', action: 'session.view' })
  me(@Calling() call: Call) {
    return this.sessions.me(call);
  }

  @Post('sessions')
  @Describe({ summary: 'Put a sign-in on record', action: 'session.start', status: 201 })
  start(@Calling() call: Call) {
    return this.sessions.start(call);
  }

  @Post('sessions/end')
  @HttpCode(200)
  @Describe({ summary: 'Put a sign-out on record', action: 'session.end' })
  end(@Calling() call: Call) {
    return this.sessions.end(call);
  }
}
