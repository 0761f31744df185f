import { Calling, ContextController, Describe, Id, Open, type Call } from '@concordat/platform';
import { Get, Header, HttpCode, Post } from '@nestjs/common';
import { ComplaintDto, PeriodDto, PublishFiguresDto } from './asb.dto';
import { FiguresService } from './figures.service';
import { LedgerService } from './ledger.service';

@ContextController('reviews', 'reviews/:id/complaints')
export class LedgerController {
  constructor(private readonly ledger: LedgerService) {}

  @Post()
  @HttpCode(200)
  @Describe({ summary: 'Add a complaint to the ledger', body: ComplaintDto, action: 'review.keep-complaint' })
  keep(@Calling() call: Call, @Id() id: string) {
    return this.ledger.keep(call, id);
  }
}

@ContextController('reviews', 'asb-figures')
export class FiguresController {
  constructor(private readonly figures: FiguresService) {}

  @Get()
  @Describe({
    summary: 'Figures of a period, as they would be published',
    query: PeriodDto,
    action: 'asb-figures.count',
  })
  count(@Calling() call: Call) {
    return this.figures.count(call);
  }

  @Post()
  @Describe({ summary: 'Publish them', body: PublishFiguresDto, action: 'asb-figures.publish', status: 201 })
  publish(@Calling() call: Call) {
    return this.figures.publish(call);
  }
}

@ContextController('reviews', 'published-figures')
@Open()
export class PublishedFiguresController {
  constructor(private readonly figures: FiguresService) {}

  @Get()
  @Header('cache-control', 'public, max-age=30')
  @Describe({ summary: 'Figures of ASB case reviews that are published, for anybody', action: 'asb-figures.show' })
  list() {
    return this.figures.published();
  }
}
