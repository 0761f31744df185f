import { Calling, ContextController, Describe, type Call } from '@concordat/platform';
import { Get, Param } from '@nestjs/common';
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

  @Get(':code')
  @Describe({ summary: 'One kind: its law, states, guards, clocks and pauses', action: 'review-kind.view' })
  view(@Calling() call: Call, @Param('code') code: string) {
    return this.kinds.view(call, code);
  }
}
