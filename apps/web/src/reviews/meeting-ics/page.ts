import { Id } from '@concordat/platform';
import { Get } from '@nestjs/common';
import { Reviews } from '../../apis/reviews';
import { download, Page, type Download } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';

/** A meeting of a panel for the visitor's own calendar, which does not say what it is about. */
@Page({
  at: 'reviews/:id/meetings/:meetingId/meeting.ics',
  folder: 'reviews/meeting-ics',
  may: 'review.view',
  states: [],
})
export class PanelMeetingCalendarPage {
  constructor(private readonly reviews: Reviews) {}

  @Get()
  async give(@Visiting() visit: Visit, @Id() id: string, @Id('meetingId') meetingId: string): Promise<Download> {
    const { text, method } = await this.reviews.meetingCalendar(visit, id, meetingId);
    return download(text, 'meeting.ics', `text/calendar; charset=utf-8; method=${method}`);
  }
}
