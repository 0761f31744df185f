import { Calling, ContextController, Describe, Id, type Call } from '@concordat/platform';
import { Get, HttpCode, Post } from '@nestjs/common';
import {
  CorrectEvidenceDto,
  GiveEvidenceDto,
  ReadChronologyDto,
  SameReviewEventDto,
  TakeEntriesDto,
} from './chronology.dto';
import { ChronologyService } from './chronology.service';
import { TakingService } from './taking.service';

@ContextController('reviews', 'reviews/:id/chronology')
export class ChronologyController {
  constructor(
    private readonly chronology: ChronologyService,
    private readonly taking: TakingService,
  ) {}

  @Get()
  @Describe({ summary: 'The combined chronology', query: ReadChronologyDto, action: 'review.view-chronology' })
  view(@Calling() call: Call, @Id() id: string) {
    return this.chronology.view(call, id);
  }

  @Get('export')
  @Describe({ summary: 'The same, to be taken out', query: ReadChronologyDto, action: 'review.export-chronology' })
  export(@Calling() call: Call, @Id() id: string) {
    return this.chronology.export(call, id);
  }

  @Post('items')
  @HttpCode(200)
  @Describe({ summary: 'Tell something of one’s records', body: GiveEvidenceDto, action: 'review.give-evidence' })
  give(@Calling() call: Call, @Id() id: string) {
    return this.chronology.give(call, id);
  }

  @Post('takings')
  @HttpCode(200)
  @Describe({
    summary: 'Tell what one’s agency has recorded in the chronology of a case',
    body: TakeEntriesDto,
    action: 'review.give-evidence',
  })
  take(@Calling() call: Call, @Id() id: string) {
    return this.taking.take(call, id);
  }

  @Post('corrections')
  @HttpCode(200)
  @Describe({
    summary: 'Put right what one’s agency has told',
    body: CorrectEvidenceDto,
    action: 'review.give-evidence',
  })
  correct(@Calling() call: Call, @Id() id: string) {
    return this.chronology.correct(call, id);
  }

  @Post('same-events')
  @HttpCode(200)
  @Describe({ summary: 'Two items are about one event', body: SameReviewEventDto, action: 'review.link-entries' })
  join(@Calling() call: Call, @Id() id: string) {
    return this.chronology.join(call, id);
  }

  @Post('versions')
  @HttpCode(200)
  @Describe({ summary: 'Freeze it as it stands', action: 'review.freeze-chronology' })
  freeze(@Calling() call: Call, @Id() id: string) {
    return this.chronology.freeze(call, id);
  }
}
