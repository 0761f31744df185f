import { Calling, ContextController, Describe, Id, Open, type Call } from '@concordat/platform';
import { Get, Header, HttpCode, Post } from '@nestjs/common';
import { DecideAppealDto, KeepAppealDto, SendLetterDto, WriteLetterDto } from './appeals.dto';
import { AppealsService } from './appeals.service';
import { ComplaintDto, PeriodDto, PublishFiguresDto } from './asb.dto';
import { FiguresService } from './figures.service';
import { LedgerService } from './ledger.service';
import { LettersService } from './letters.service';

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

@ContextController('reviews', 'reviews/:id')
export class AnswersController {
  constructor(
    private readonly appeals: AppealsService,
    private readonly letters: LettersService,
  ) {}

  @Post('appeals')
  @HttpCode(200)
  @Describe({ summary: 'Keep an appeal that has come', body: KeepAppealDto, action: 'review.keep-appeal' })
  keepAppeal(@Calling() call: Call, @Id() id: string) {
    return this.appeals.keep(call, id);
  }

  @Post('appeal-decisions')
  @HttpCode(200)
  @Describe({ summary: 'Decide the open appeal', body: DecideAppealDto, action: 'review.decide-appeal' })
  decideAppeal(@Calling() call: Call, @Id() id: string) {
    return this.appeals.decide(call, id);
  }

  @Post('letters')
  @HttpCode(200)
  @Describe({ summary: 'Write a letter to whoever applied', body: WriteLetterDto, action: 'review.write-letter' })
  write(@Calling() call: Call, @Id() id: string) {
    return this.letters.write(call, id);
  }

  @Get('letters/:letterId')
  @Describe({ summary: 'A letter as it is printed', action: 'review.view-letter' })
  letter(@Calling() call: Call, @Id() id: string, @Id('letterId') letterId: string) {
    return this.letters.view(call, id, letterId);
  }

  @Post('letters/:letterId/sending')
  @HttpCode(200)
  @Describe({ summary: 'Record that a released letter was sent', body: SendLetterDto, action: 'review.send-letter' })
  send(@Calling() call: Call, @Id() id: string, @Id('letterId') letterId: string) {
    return this.letters.send(call, id, letterId);
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
