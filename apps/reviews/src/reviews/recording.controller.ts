import { Calling, ContextController, Describe, Id, type Call } from '@concordat/platform';
import { HttpCode, Post } from '@nestjs/common';
import { PausingService } from './pausing.service';
import { RecordingService } from './recording.service';
import {
  AllowDatesDto,
  ConfirmDto,
  DecideDto,
  ExtendDto,
  KeepDateDto,
  KeepNoticeDto,
  PauseDto,
  ResumeDto,
} from './reviews.dto';

@ContextController('reviews', 'reviews/:id')
export class RecordingController {
  constructor(
    private readonly recording: RecordingService,
    private readonly pausing: PausingService,
  ) {}

  @Post('dates')
  @HttpCode(200)
  @Describe({ summary: 'Record a date, or correct one', body: KeepDateDto, action: 'review.keep-date' })
  keepDate(@Calling() call: Call, @Id() id: string) {
    return this.recording.keepDate(call, id);
  }

  @Post('allowed-dates')
  @HttpCode(200)
  @Describe({ summary: 'Say why two dates out of order are right', body: AllowDatesDto, action: 'review.allow-dates' })
  allowDates(@Calling() call: Call, @Id() id: string) {
    return this.recording.allowDates(call, id);
  }

  @Post('notices')
  @HttpCode(200)
  @Describe({ summary: 'Record a notice of the decision', body: KeepNoticeDto, action: 'review.keep-notice' })
  keepNotice(@Calling() call: Call, @Id() id: string) {
    return this.recording.keepNotice(call, id);
  }

  @Post('confirmations')
  @HttpCode(200)
  @Describe({ summary: 'Confirm, with the evidence, that a guard is met', body: ConfirmDto, action: 'review.confirm' })
  confirm(@Calling() call: Call, @Id() id: string) {
    return this.recording.confirm(call, id);
  }

  @Post('decisions')
  @HttpCode(200)
  @Describe({
    summary: 'Keep a decision record; it supersedes the one before',
    body: DecideDto,
    action: 'review.decide',
  })
  decide(@Calling() call: Call, @Id() id: string) {
    return this.recording.decide(call, id);
  }

  @Post('pauses')
  @HttpCode(200)
  @Describe({ summary: 'Pause the review', body: PauseDto, action: 'review.pause' })
  pause(@Calling() call: Call, @Id() id: string) {
    return this.pausing.pause(call, id);
  }

  @Post('pauses/:pauseId/end')
  @HttpCode(200)
  @Describe({ summary: 'Resume the review', body: ResumeDto, action: 'review.resume' })
  resume(@Calling() call: Call, @Id() id: string, @Id('pauseId') pauseId: string) {
    return this.pausing.resume(call, id, pauseId);
  }

  @Post('extensions')
  @HttpCode(200)
  @Describe({ summary: 'Agree a later date', body: ExtendDto, action: 'review.extend' })
  extend(@Calling() call: Call, @Id() id: string) {
    return this.pausing.extend(call, id);
  }
}
