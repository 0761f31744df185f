import { Calling, ContextController, Describe, Id, type Call } from '@concordat/platform';
import { Get, HttpCode, Post } from '@nestjs/common';
import { CheckWordingDto, LoadWordingDto } from './wordings.dto';
import { WordingsService } from './wordings.service';

@ContextController('risk', 'wordings')
export class WordingsController {
  constructor(private readonly wordings: WordingsService) {}

  @Get()
  @Describe({ summary: 'Instruments, and your agency’s own wording of each', action: 'wording.view' })
  list(@Calling() call: Call) {
    return this.wordings.list(call);
  }

  @Post()
  @Describe({
    summary: 'Load your agency’s licensed wording of an instrument',
    body: LoadWordingDto,
    action: 'wording.load',
    status: 201,
  })
  load(@Calling() call: Call) {
    return this.wordings.load(call);
  }

  @Post('checks')
  @HttpCode(200)
  @Describe({
    summary: 'See a file of wording beside the neutral labels; nothing is kept',
    body: CheckWordingDto,
    action: 'wording.view',
  })
  check(@Calling() call: Call) {
    return this.wordings.check(call);
  }

  @Get(':id')
  @Describe({ summary: 'One version of your agency’s wording, beside the neutral labels', action: 'wording.view' })
  view(@Calling() call: Call, @Id() id: string) {
    return this.wordings.view(call, id);
  }

  @Post(':id/removal')
  @HttpCode(200)
  @Describe({ summary: 'Ask nobody in this wording any more', action: 'wording.remove' })
  remove(@Calling() call: Call, @Id() id: string) {
    return this.wordings.remove(call, id);
  }
}
