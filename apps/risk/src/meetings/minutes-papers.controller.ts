import { Calling, ContextController, Describe, Id, type Call } from '@concordat/platform';
import { Get, HttpCode, Post, StreamableFile } from '@nestjs/common';
import { DecisionRecordsService } from './decision-records.service';
import { MinutesPapersService } from './minutes-papers.service';

@ContextController('risk')
export class MinutesPapersController {
  constructor(
    private readonly papers: MinutesPapersService,
    private readonly decisions: DecisionRecordsService,
  ) {}

  @Post('meetings/:id/minutes-papers')
  @HttpCode(202)
  @Describe({ summary: 'Write the minutes of a meeting as a PDF', action: 'minutes-paper.request', status: 202 })
  request(@Calling() call: Call, @Id() id: string) {
    return this.papers.request(call, id);
  }

  @Get('meetings/:id/minutes-papers')
  @Describe({ summary: 'Those that the caller asked for, newest first', action: 'minutes-paper.view' })
  list(@Calling() call: Call, @Id() id: string) {
    return this.papers.list(call, id);
  }

  @Get('minutes-papers/:id')
  @Describe({ summary: 'Minutes as a PDF: how far they have come', action: 'minutes-paper.view' })
  view(@Calling() call: Call, @Id() id: string) {
    return this.papers.view(call, id);
  }

  @Get('minutes-papers/:id/file')
  @Describe({ summary: 'Minutes as a tagged PDF', action: 'minutes-paper.download', produces: 'application/pdf' })
  async download(@Calling() call: Call, @Id() id: string) {
    const { name, bytes } = await this.papers.download(call, id);
    return new StreamableFile(bytes, { type: 'application/pdf', disposition: `attachment; filename="${name}"` });
  }

  @Get('agenda-items/:id/decision-record')
  @Describe({ summary: 'The record of what a panel that votes decided about a case', action: 'meeting.read-minutes' })
  record(@Calling() call: Call, @Id() id: string) {
    return this.decisions.view(call, id);
  }

  @Get('agenda-items/:id/decision-record/file')
  @Describe({ summary: 'The same as a tagged PDF', action: 'minutes-paper.download', produces: 'application/pdf' })
  async recordFile(@Calling() call: Call, @Id() id: string) {
    const { name, bytes } = await this.decisions.file(call, id);
    return new StreamableFile(bytes, { type: 'application/pdf', disposition: `attachment; filename="${name}"` });
  }
}
