import { Id } from '@concordat/platform';
import { Get } from '@nestjs/common';
import { Conferences } from '../../apis/conferences';
import { download, Page, type Download } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';

/** A meeting for the visitor's own calendar, which does not say what it is about. */
@Page({ at: 'meetings/:id/meeting.ics', folder: 'meetings/calendar', may: 'meeting.view', states: [] })
export class MeetingCalendarPage {
  constructor(private readonly conferences: Conferences) {}

  @Get()
  async give(@Visiting() visit: Visit, @Id() id: string): Promise<Download> {
    const { text, method } = await this.conferences.calendar(visit, id);
    return download(text, 'meeting.ics', `text/calendar; charset=utf-8; method=${method}`);
  }
}
