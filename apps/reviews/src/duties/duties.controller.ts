import { Calling, ContextController, Describe, type Call } from '@concordat/platform';
import { Get, HttpCode, Param, Post } from '@nestjs/common';
import { RecordDutyDto, SendCopyDto } from './duties.dto';
import { DutiesService } from './duties.service';

@ContextController('reviews', 'partnership-duties')
export class DutiesController {
  constructor(private readonly duties: DutiesService) {}

  @Get()
  @Describe({ summary: 'Duties of the partnership, and how each stands', action: 'partnership-duty.list' })
  list(@Calling() call: Call) {
    return this.duties.list(call);
  }

  @Post(':code/records')
  @HttpCode(200)
  @Describe({ summary: 'Record that it was done', body: RecordDutyDto, action: 'partnership-duty.record' })
  record(@Calling() call: Call, @Param('code') code: string) {
    return this.duties.record(call, code);
  }

  @Post(':code/copies')
  @HttpCode(200)
  @Describe({ summary: 'Record that a copy was sent', body: SendCopyDto, action: 'partnership-duty.send-copy' })
  copy(@Calling() call: Call, @Param('code') code: string) {
    return this.duties.copy(call, code);
  }
}
