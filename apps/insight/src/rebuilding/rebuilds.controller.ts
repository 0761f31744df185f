import { Calling, ContextController, Describe, type Call } from '@concordat/platform';
import { Get, HttpCode, Post } from '@nestjs/common';
import { RebuildsService } from './rebuilds.service';

@ContextController('insight', 'rebuilds')
export class RebuildsController {
  constructor(private readonly rebuilds: RebuildsService) {}

  @Post()
  @HttpCode(202)
  @Describe({ summary: 'Count everything anew from the beginning', action: 'insight.rebuild', status: 202 })
  request(@Calling() call: Call) {
    return this.rebuilds.request(call);
  }

  @Get('latest')
  @Describe({ summary: 'How far that has come, and whether the numbers were the same', action: 'insight.rebuild' })
  latest(@Calling() call: Call) {
    return this.rebuilds.latest(call);
  }
}
