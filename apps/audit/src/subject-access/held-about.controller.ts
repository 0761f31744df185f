import { Calling, ContextController, Describe, Id, type Call } from '@concordat/platform';
import { Get } from '@nestjs/common';
import { HeldAboutService } from './held-about.service';

@ContextController('audit', 'held-about/:id')
export class HeldAboutController {
  constructor(private readonly held: HeldAboutService) {}

  @Get()
  @Describe({ summary: 'Which agencies have seen what is held about somebody', action: 'access-request.gather' })
  give(@Calling() call: Call, @Id() id: string) {
    return this.held.give(call, id);
  }
}
