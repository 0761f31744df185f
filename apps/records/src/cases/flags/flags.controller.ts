import { Calling, ContextController, Describe, Id, type Call } from '@concordat/platform';
import { Get, HttpCode, Param, Post } from '@nestjs/common';
import { FlagCaseDto } from './flags.dto';
import { FlagsService } from './flags.service';

@ContextController('records', 'cases/:id/flags')
export class FlagsController {
  constructor(private readonly flags: FlagsService) {}

  @Get()
  @Describe({ summary: 'The flags of a case, and those that it had', action: 'case.view' })
  view(@Calling() call: Call, @Id() id: string) {
    return this.flags.view(call, id);
  }

  @Post()
  @Describe({ summary: 'Flag a case', body: FlagCaseDto, action: 'case.flag', status: 201 })
  flag(@Calling() call: Call, @Id() id: string) {
    return this.flags.flag(call, id);
  }

  @Post(':flag/ending')
  @HttpCode(200)
  @Describe({ summary: 'Take a flag off a case', action: 'case.flag' })
  end(@Calling() call: Call, @Id() id: string, @Param('flag') flag: string) {
    return this.flags.end(call, id, flag);
  }
}
