import { Calling, ContextController, Describe, Id, type Call } from '@concordat/platform';
import { Get, HttpCode, Post } from '@nestjs/common';
import { StepFlagDto } from './flags.dto';
import { FlagsService } from './flags.service';

@ContextController('risk', 'forum-flags')
export class FlagsController {
  constructor(private readonly flags: FlagsService) {}

  @Get()
  @Describe({ summary: 'Flags of one’s own agency, those that end first before the others', action: 'forum-flag.list' })
  list(@Calling() call: Call) {
    return this.flags.list(call);
  }

  @Post(':id/steps')
  @HttpCode(200)
  @Describe({ summary: 'Say that a file is marked, or unmarked', body: StepFlagDto, action: 'forum-flag.keep' })
  step(@Calling() call: Call, @Id() id: string) {
    return this.flags.step(call, id);
  }
}
