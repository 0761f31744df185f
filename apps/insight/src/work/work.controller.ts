import { Calling, ContextController, Describe, type Call } from '@concordat/platform';
import { Get } from '@nestjs/common';
import { WorkService } from './work.service';

@ContextController('insight', 'work')
export class WorkController {
  constructor(private readonly work: WorkService) {}

  @Get()
  @Describe({ summary: 'Packs and counts anew: how far each has come', action: 'work.oversee' })
  list(@Calling() call: Call) {
    return this.work.list(call);
  }
}
