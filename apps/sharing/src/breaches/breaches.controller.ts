import { Calling, ContextController, Describe, Id, type Call } from '@concordat/platform';
import { Get, HttpCode, Post } from '@nestjs/common';
import { AssessBreachDto, ListBreachesDto, NotifyBreachDto, OpenBreachDto } from './breaches.dto';
import { BreachesService } from './breaches.service';

@ContextController('sharing', 'breaches')
export class BreachesController {
  constructor(private readonly breaches: BreachesService) {}

  @Get()
  @Describe({
    summary: 'What may be breaches of personal data by the caller’s agency, newest first',
    query: ListBreachesDto,
    action: 'breach.list',
  })
  list(@Calling() call: Call) {
    return this.breaches.list(call);
  }

  @Post()
  @Describe({
    summary: 'Begin to assess one that came to light',
    body: OpenBreachDto,
    action: 'breach.open',
    status: 201,
  })
  open(@Calling() call: Call) {
    return this.breaches.open(call);
  }

  @Get(':id')
  @Describe({ summary: 'One of them: what happened, how it was assessed, who was told', action: 'breach.view' })
  view(@Calling() call: Call, @Id() id: string) {
    return this.breaches.view(call, id);
  }

  @Post(':id/assessment')
  @HttpCode(200)
  @Describe({
    summary: 'Decide whether the Commissioner is told, and those affected, with the reasons',
    body: AssessBreachDto,
    action: 'breach.assess',
  })
  assess(@Calling() call: Call, @Id() id: string) {
    return this.breaches.assess(call, id);
  }

  @Post(':id/notification')
  @HttpCode(200)
  @Describe({
    summary: 'Put on record that the Commissioner was told, and why late where it was',
    body: NotifyBreachDto,
    action: 'breach.notify',
  })
  notify(@Calling() call: Call, @Id() id: string) {
    return this.breaches.notify(call, id);
  }
}
