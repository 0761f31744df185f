import { Calling, ContextController, Describe, type Call } from '@concordat/platform';
import { Get } from '@nestjs/common';
import { ResearchService } from './research.service';

@ContextController('risk', 'research-owed')
export class ResearchOwedController {
  constructor(private readonly research: ResearchService) {}

  @Get()
  @Describe({ summary: 'Cases of meetings about which one’s own agency has not answered', action: 'agenda-item.view' })
  list(@Calling() call: Call) {
    return this.research.owed(call);
  }
}
