import { Calling, ContextController, Describe, Id, type Call } from '@concordat/platform';
import { Get, HttpCode, Post } from '@nestjs/common';
import { MergedChronologyDto, SameEventDto } from './chronology.dto';
import { MergedChronologyService } from './merged.service';

@ContextController('records', 'cases/:id/chronology')
export class MergedChronologyController {
  constructor(private readonly merged: MergedChronologyService) {}

  @Get('merged')
  @Describe({
    summary: 'Chronologies of agencies and cases as one, with what contradicts what',
    query: MergedChronologyDto,
    action: 'chronology.view',
  })
  view(@Calling() call: Call, @Id() id: string) {
    return this.merged.view(call, id);
  }

  @Post(':entryId/same-event')
  @HttpCode(200)
  @Describe({ summary: 'Two entries are about one event', body: SameEventDto, action: 'chronology.correct' })
  join(@Calling() call: Call, @Id() id: string, @Id('entryId') entryId: string) {
    return this.merged.join(call, id, entryId);
  }

  @Post(':entryId/same-event/ending')
  @HttpCode(200)
  @Describe({ summary: 'An entry is about an event of its own', action: 'chronology.correct' })
  part(@Calling() call: Call, @Id() id: string, @Id('entryId') entryId: string) {
    return this.merged.part(call, id, entryId);
  }
}
