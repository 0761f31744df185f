import { Calling, ContextController, Describe, type Call } from '@concordat/platform';
import { Get } from '@nestjs/common';
import { LookBackDto } from './look-back.dto';
import { LookBackService } from './look-back.service';

@ContextController('records', 'access-history')
export class LookBackController {
  constructor(private readonly lookBack: LookBackService) {}

  @Get()
  @Describe({
    summary: 'Who could have seen a case or a person on a day, by what, and when',
    query: LookBackDto,
    action: 'access.look-back',
  })
  ask(@Calling() call: Call) {
    return this.lookBack.ask(call);
  }
}
