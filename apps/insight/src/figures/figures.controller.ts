import { Calling, ContextController, Describe, type Call } from '@concordat/platform';
import { Get, Param } from '@nestjs/common';
import { FiguresQueryDto } from './figures.dto';
import { FiguresService } from './figures.service';

@ContextController('insight', 'figures')
export class FiguresController {
  constructor(private readonly figures: FiguresService) {}

  @Get()
  @Describe({ summary: 'The totals of every subject in a period', query: FiguresQueryDto, action: 'insight.read' })
  overview(@Calling() call: Call) {
    return this.figures.overview(call);
  }

  @Get(':subject')
  @Describe({
    summary: 'The figures of a subject; `missed` is the deadlines that were missed of all',
    query: FiguresQueryDto,
    action: 'insight.read',
  })
  view(@Calling() call: Call, @Param('subject') subject: string) {
    return this.figures.view(call, subject);
  }

  @Get(':subject/export')
  @Describe({ summary: 'The same figures, for a file', query: FiguresQueryDto, action: 'insight.export' })
  export(@Calling() call: Call, @Param('subject') subject: string) {
    return this.figures.export(call, subject);
  }
}
