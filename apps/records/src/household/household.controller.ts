import { Calling, ContextController, Describe, Id, type Call } from '@concordat/platform';
import { Get } from '@nestjs/common';
import { HouseholdService } from './household.service';

@ContextController('records', 'cases/:id/relationships')
export class HouseholdController {
  constructor(private readonly household: HouseholdService) {}

  @Get()
  @Describe({ summary: 'How the people of a case are and were related', action: 'case.view' })
  relationships(@Calling() call: Call, @Id() id: string) {
    return this.household.relationships(call, id);
  }
}
