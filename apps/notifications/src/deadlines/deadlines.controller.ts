import { Calling, ContextController, Describe, Id, type Call } from '@concordat/platform';
import { Get, HttpCode, Post } from '@nestjs/common';
import { DeadlinesService } from './deadlines.service';

@ContextController('notifications', 'deadlines')
export class DeadlinesController {
  constructor(private readonly deadlines: DeadlinesService) {}

  @Get()
  @Describe({
    summary: 'What is due: one’s own, one’s team’s, one’s agency’s or the partnership’s',
    action: 'deadline.list',
  })
  list(@Calling() call: Call) {
    return this.deadlines.list(call);
  }

  @Get('month')
  @Describe({ summary: 'What is due in a month', action: 'deadline.list' })
  month(@Calling() call: Call) {
    return this.deadlines.month(call);
  }

  @Get('overview')
  @Describe({ summary: 'How much is due and late, by agency and kind', action: 'deadline.oversee' })
  overview(@Calling() call: Call) {
    return this.deadlines.overview(call);
  }

  @Post(':id/acknowledgement')
  @HttpCode(200)
  @Describe({ summary: 'Say that one sees to it', action: 'deadline.acknowledge' })
  acknowledge(@Calling() call: Call, @Id() id: string) {
    return this.deadlines.acknowledge(call, id);
  }
}
