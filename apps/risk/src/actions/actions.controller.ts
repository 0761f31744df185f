import { Calling, ContextController, Describe, Id, type Call } from '@concordat/platform';
import { Get, HttpCode, Post } from '@nestjs/common';
import { ListActionsDto, StepActionDto, StepActionsDto } from './actions.dto';
import { ActionsService } from './actions.service';
import { TogetherService } from './together.service';

@ContextController('risk', 'conference-actions')
export class ActionsController {
  constructor(
    private readonly actions: ActionsService,
    private readonly together: TogetherService,
  ) {}

  @Get()
  @Describe({
    summary: 'Actions of one’s own agency, a page of them',
    query: ListActionsDto,
    action: 'conference-action.list',
  })
  list(@Calling() call: Call) {
    return this.actions.list(call);
  }

  @Get(':id')
  @Describe({ summary: 'One action', action: 'conference-action.list' })
  view(@Calling() call: Call, @Id() id: string) {
    return this.actions.view(call, id);
  }

  @Post('steps')
  @HttpCode(200)
  @Describe({
    summary: 'Take one step of several actions, each for itself; what became of each',
    body: StepActionsDto,
    action: 'conference-action.advance-together',
  })
  stepTogether(@Calling() call: Call) {
    return this.together.step(call);
  }

  @Post(':id/steps')
  @HttpCode(200)
  @Describe({ summary: 'Take a step of an action', body: StepActionDto, action: 'conference-action.advance' })
  step(@Calling() call: Call, @Id() id: string) {
    return this.actions.step(call, id);
  }
}
