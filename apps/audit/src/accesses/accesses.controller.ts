import { Calling, ContextController, Describe, Id, type Call } from '@concordat/platform';
import { Get } from '@nestjs/common';
import { AccessesQueryDto } from '../trails/trail.dto';
import { AccessesService } from './accesses.service';

@ContextController('audit', 'accesses/:id')
export class AccessesController {
  constructor(private readonly accesses: AccessesService) {}

  @Get()
  @Describe({
    summary: 'Who has looked at a case, for the records service, which decides who may ask',
    query: AccessesQueryDto,
    action: 'case.view-access-log',
  })
  give(@Calling() call: Call, @Id() id: string) {
    return this.accesses.give(call, id);
  }
}
