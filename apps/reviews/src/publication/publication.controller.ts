import { Calling, ContextController, Describe, Id, NotFound, Open, type Call } from '@concordat/platform';
import { Get, Header, HttpCode, Param, Post, StreamableFile } from '@nestjs/common';
import { DecidingService } from './deciding.service';
import {
  AcknowledgeCopyDto,
  CentralCopyDto,
  DecidePublicationDto,
  PublishDto,
  QualityAnswerDto,
  QualityLetterDto,
  PublicationSubmissionDto,
} from './publication.dto';
import { PublishingService } from './publishing.service';

@ContextController('reviews', 'reviews/:id')
export class PublicationController {
  constructor(
    private readonly deciding: DecidingService,
    private readonly publishing: PublishingService,
  ) {}

  @Post('submissions')
  @HttpCode(200)
  @Describe({
    summary: 'Record that the package was sent to the quality panel',
    body: PublicationSubmissionDto,
    action: 'review.keep-submission',
  })
  submit(@Calling() call: Call, @Id() id: string) {
    return this.deciding.submit(call, id);
  }

  @Post('quality-letters')
  @HttpCode(200)
  @Describe({
    summary: 'Keep a letter of the quality panel',
    body: QualityLetterDto,
    action: 'review.keep-quality-letter',
  })
  letter(@Calling() call: Call, @Id() id: string) {
    return this.deciding.letter(call, id);
  }

  @Post('quality-answers')
  @HttpCode(200)
  @Describe({
    summary: 'Say what was done about a point',
    body: QualityAnswerDto,
    action: 'review.answer-quality-point',
  })
  answer(@Calling() call: Call, @Id() id: string) {
    return this.deciding.answer(call, id);
  }

  @Post('publication-decisions')
  @HttpCode(200)
  @Describe({ summary: 'Decide on publication', body: DecidePublicationDto, action: 'review.decide-publication' })
  decide(@Calling() call: Call, @Id() id: string) {
    return this.deciding.decide(call, id);
  }

  @Post('copies')
  @HttpCode(200)
  @Describe({ summary: 'Record a copy for a central body', body: CentralCopyDto, action: 'review.keep-central-copy' })
  copy(@Calling() call: Call, @Id() id: string) {
    return this.deciding.copy(call, id);
  }

  @Post('copies/acknowledgements')
  @HttpCode(200)
  @Describe({
    summary: 'Record that a central body acknowledged a copy',
    body: AcknowledgeCopyDto,
    action: 'review.acknowledge-copy',
  })
  acknowledge(@Calling() call: Call, @Id() id: string) {
    return this.deciding.acknowledge(call, id);
  }

  @Post('publications')
  @HttpCode(200)
  @Describe({ summary: 'Publish what was released', body: PublishDto, action: 'review.publish' })
  publish(@Calling() call: Call, @Id() id: string) {
    return this.publishing.publish(call, id);
  }
}

@ContextController('reviews', 'published-reviews')
@Open()
export class PublishedReviewsController {
  constructor(private readonly publishing: PublishingService) {}

  @Get()
  @Header('cache-control', 'public, max-age=30')
  @Describe({ summary: 'Reviews that are published, for anybody', action: 'publication.show' })
  list() {
    return this.publishing.published();
  }

  @Get(':id/files/:number')
  @Describe({ summary: 'A published file', action: 'publication.open', produces: 'application/octet-stream' })
  async open(@Id() id: string, @Param('number') number: string) {
    if (!/^[1-9]\d?$/.test(number)) throw new NotFound('publication');
    const { name, type, bytes } = await this.publishing.open(id, Number(number));
    return new StreamableFile(bytes, { type, disposition: `attachment; filename="${name}"` });
  }
}
