import { Calling, ContextController, Describe, Id, type Call } from '@concordat/platform';
import { Get, HttpCode, Post } from '@nestjs/common';
import { ListDecisionsDto } from './decisions.dto';
import { DecisionsService } from './decisions.service';

@ContextController('sharing', 'decisions')
export class DecisionsController {
  constructor(private readonly decisions: DecisionsService) {}

  @Post()
  @HttpCode(200)
  @Describe({
    summary: 'May these items about these people be shared? A decision by rules R0 to R20',
    action: 'disclosure.decide',
  })
  decide(@Calling() call: Call) {
    return this.decisions.decide(call);
  }

  @Get()
  @Describe({
    summary: 'Decisions that the caller made or governs, newest first',
    query: ListDecisionsDto,
    action: 'decision.list',
  })
  list(@Calling() call: Call) {
    return this.decisions.list(call);
  }

  @Get(':id')
  @Describe({ summary: 'One decision, made again as of its own moment', action: 'decision.view' })
  view(@Calling() call: Call, @Id() id: string) {
    return this.decisions.view(call, id);
  }
}
