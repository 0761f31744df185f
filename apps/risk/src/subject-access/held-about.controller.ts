import { Calling, ContextController, Describe, Id, type Call } from '@concordat/platform';
import { Get } from '@nestjs/common';
import { HeldAboutService } from './held-about.service';

@ContextController('risk', 'held-about/:id')
export class HeldAboutController {
  constructor(private readonly held: HeldAboutService) {}

  @Get()
  @Describe({ summary: 'Assessments of somebody, for the records service', action: 'access-request.gather' })
  give(@Calling() call: Call, @Id() id: string) {
    return this.held.give(call, id);
  }
}
