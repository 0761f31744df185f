import { Calling, ContextController, Describe, Id, type Call } from '@concordat/platform';
import { Get, HttpCode, Post } from '@nestjs/common';
import { EndFactDto, RecordOrderDto, RecordStepDto } from './key-facts.dto';
import { KeyFactsService } from './key-facts.service';

@ContextController('records', 'cases/:id/key-facts')
export class KeyFactsController {
  constructor(private readonly facts: KeyFactsService) {}

  @Get()
  @Describe({ summary: 'Orders in force and next steps of a case', action: 'case.view' })
  view(@Calling() call: Call, @Id() id: string) {
    return this.facts.view(call, id);
  }

  @Post('orders')
  @Describe({ summary: 'Record an order in force', body: RecordOrderDto, action: 'case.keep-facts' })
  order(@Calling() call: Call, @Id() id: string) {
    return this.facts.order(call, id);
  }

  @Post('steps')
  @Describe({ summary: 'Record what is to be done next', body: RecordStepDto, action: 'case.keep-facts' })
  step(@Calling() call: Call, @Id() id: string) {
    return this.facts.step(call, id);
  }

  @Post(':factId/ending')
  @HttpCode(200)
  @Describe({ summary: 'An order is in force no more, or a step is done', body: EndFactDto, action: 'case.keep-facts' })
  end(@Calling() call: Call, @Id() id: string, @Id('factId') factId: string) {
    return this.facts.end(call, id, factId);
  }
}
