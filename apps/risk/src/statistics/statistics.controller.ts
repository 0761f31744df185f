import { Calling, ContextController, Describe, Id, type Call } from '@concordat/platform';
import { Get, Post } from '@nestjs/common';
import { PublishYearDto, QuarterQueryDto } from './statistics.dto';
import { StatisticsService } from './statistics.service';

@ContextController('risk', 'forums/:id')
export class StatisticsController {
  constructor(private readonly statistics: StatisticsService) {}

  @Get('statistics')
  @Describe({
    summary: 'Figures of twelve months beside the twelve before, for whoever leads the forum',
    query: QuarterQueryDto,
    action: 'forum-statistics.view',
  })
  view(@Calling() call: Call, @Id() id: string) {
    return this.statistics.view(call, id);
  }

  @Get('statistics/cases')
  @Describe({ summary: 'The cases behind them', query: QuarterQueryDto, action: 'forum-statistics.view' })
  cases(@Calling() call: Call, @Id() id: string) {
    return this.statistics.cases(call, id);
  }

  @Get('statistics/export')
  @Describe({ summary: 'The same figures, for a file', query: QuarterQueryDto, action: 'forum-statistics.export' })
  export(@Calling() call: Call, @Id() id: string) {
    return this.statistics.export(call, id);
  }

  @Get('published-figures')
  @Describe({ summary: 'Financial years that a forum has published', action: 'forum-statistics.show' })
  published(@Calling() call: Call, @Id() id: string) {
    return this.statistics.published(call, id);
  }

  @Post('published-figures')
  @Describe({
    summary: 'Publish a financial year',
    body: PublishYearDto,
    action: 'forum-statistics.publish',
    status: 201,
  })
  publish(@Calling() call: Call, @Id() id: string) {
    return this.statistics.publish(call, id);
  }
}
