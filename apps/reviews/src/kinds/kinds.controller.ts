import { Calling, ContextController, Describe, type Call } from '@concordat/platform';
import { Get, Param } from '@nestjs/common';
import { TryKindsDto } from './kinds.dto';
import { KindsService } from './kinds.service';

@ContextController('reviews', 'kinds')
export class KindsController {
  constructor(private readonly kinds: KindsService) {}

  @Get()
  @Describe({
    summary: 'Kinds of reviews, each in the version with which one begins today',
    action: 'review-kind.view',
  })
  list(@Calling() call: Call) {
    return this.kinds.list(call);
  }

  @Get('checklist')
  @Describe({ summary: 'What is asked to find out which kind of review there is to be', action: 'review-kind.view' })
  checklist(@Calling() call: Call) {
    return this.kinds.checklist(call);
  }

  @Get('checklist/findings')
  @Describe({
    summary: 'What the checklist says of every kind, by its answers. Nothing is kept',
    query: TryKindsDto,
    action: 'review-kind.test',
  })
  findings(@Calling() call: Call) {
    return this.kinds.findings(call);
  }

  @Get(':code')
  @Describe({ summary: 'One kind: its law, states, guards, clocks and pauses', action: 'review-kind.view' })
  view(@Calling() call: Call, @Param('code') code: string) {
    return this.kinds.view(call, code);
  }
}
