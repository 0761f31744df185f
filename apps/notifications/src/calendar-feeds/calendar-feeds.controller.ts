import { Calling, ContextController, Describe, Open, type Call } from '@concordat/platform';
import { Get, Header, HttpCode, Param, Post } from '@nestjs/common';
import { CalendarFeedsService } from './calendar-feeds.service';

@ContextController('notifications', 'calendar-feed')
export class CalendarFeedsController {
  constructor(private readonly feeds: CalendarFeedsService) {}

  @Get()
  @Describe({ summary: 'Whether one has a calendar to subscribe to', action: 'calendar-feed.make' })
  show(@Calling() call: Call) {
    return this.feeds.show(call);
  }

  @Post()
  @Describe({ summary: 'Make its address, or another in the place of it', action: 'calendar-feed.make' })
  make(@Calling() call: Call) {
    return this.feeds.make(call);
  }

  @Post('revocation')
  @HttpCode(200)
  @Describe({ summary: 'End it', action: 'calendar-feed.revoke' })
  revoke(@Calling() call: Call) {
    return this.feeds.revoke(call);
  }
}

@ContextController('notifications', 'calendars')
@Open()
export class CalendarsController {
  constructor(private readonly feeds: CalendarFeedsService) {}

  @Get(':secret')
  @Header('content-type', 'text/calendar; charset=utf-8')
  @Header('cache-control', 'private, no-store')
  @Header('referrer-policy', 'no-referrer')
  @Describe({ summary: 'Somebody’s deadlines as a calendar, by its secret address', action: 'calendar-feed.read' })
  calendar(@Param('secret') secret: string) {
    return this.feeds.calendar(secret.replace(/\.ics$/, ''));
  }
}
