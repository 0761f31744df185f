import { Calling, ContextController, Describe, type Call } from '@concordat/platform';
import { Get } from '@nestjs/common';
import { WorkService } from './work.service';

@ContextController('risk', 'work')
export class WorkController {
  constructor(private readonly work: WorkService) {}

  @Get()
  @Describe({ summary: 'Minutes as PDFs: how far each has come', action: 'work.oversee' })
  list(@Calling() call: Call) {
    return this.work.list(call);
  }
}
