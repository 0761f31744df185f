import { Calling, ContextController, Describe, Id, type Call } from '@concordat/platform';
import { Get } from '@nestjs/common';
import { PeopleService } from './people.service';

@ContextController('records', 'people')
export class PeopleController {
  constructor(private readonly people: PeopleService) {}

  @Get(':id')
  @Describe({ summary: 'One person, from the cases that the caller’s organisation takes part in', action: 'case.view' })
  view(@Calling() call: Call, @Id() id: string) {
    return this.people.view(call, id);
  }
}
