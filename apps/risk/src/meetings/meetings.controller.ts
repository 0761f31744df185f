import { Calling, ContextController, Describe, Id, type Call } from '@concordat/platform';
import { Get, HttpCode, Post, Put } from '@nestjs/common';
import {
  CancelMeetingDto,
  KeepObserverDto,
  ListMeetingsDto,
  OrderAgendaDto,
  PlanMeetingDto,
  RearrangeMeetingDto,
  SignMeetingDto,
  StepMeetingDto,
} from './meetings.dto';
import { MeetingsService } from './meetings.service';
import { MinutesService } from './minutes.service';
import { ObservingService } from './observing.service';
import { PlanningService } from './planning.service';
import { RearrangingService } from './rearranging.service';

@ContextController('risk')
export class MeetingsController {
  constructor(
    private readonly planning: PlanningService,
    private readonly meetings: MeetingsService,
    private readonly minutes: MinutesService,
    private readonly rearranging: RearrangingService,
    private readonly observing: ObservingService,
  ) {}

  @Get('forums/:id/meetings')
  @Describe({ summary: 'Meetings of a forum, the latest first', query: ListMeetingsDto, action: 'meeting.view' })
  list(@Calling() call: Call, @Id() id: string) {
    return this.planning.list(call, id);
  }

  @Post('forums/:id/meetings')
  @Describe({ summary: 'Plan a meeting', body: PlanMeetingDto, action: 'meeting.plan', status: 201 })
  plan(@Calling() call: Call, @Id() id: string) {
    return this.planning.plan(call, id);
  }

  @Get('meetings/:id')
  @Describe({ summary: 'One meeting with its agenda', action: 'meeting.view' })
  view(@Calling() call: Call, @Id() id: string) {
    return this.meetings.view(call, id);
  }

  @Get('meetings/:id/calendar')
  @Describe({
    summary: 'A meeting for one’s own calendar, which does not say what it is about',
    action: 'meeting.view',
  })
  calendar(@Calling() call: Call, @Id() id: string) {
    return this.meetings.calendar(call, id);
  }

  @Post('meetings/:id/cancellations')
  @HttpCode(200)
  @Describe({
    summary: 'Cancel a meeting: its cases go to the next',
    body: CancelMeetingDto,
    action: 'meeting.cancel',
  })
  cancel(@Calling() call: Call, @Id() id: string) {
    return this.rearranging.cancel(call, id);
  }

  @Post('meetings/:id/rearrangements')
  @HttpCode(200)
  @Describe({
    summary: 'Hold a meeting at another time or place, with its agenda',
    body: RearrangeMeetingDto,
    action: 'meeting.rearrange',
  })
  rearrange(@Calling() call: Call, @Id() id: string) {
    return this.rearranging.rearrange(call, id);
  }

  @Post('meetings/:id/observers')
  @HttpCode(200)
  @Describe({
    summary: 'Name somebody who observes a meeting, or withdraw them',
    body: KeepObserverDto,
    action: 'meeting.keep-observers',
  })
  keepObserver(@Calling() call: Call, @Id() id: string) {
    return this.observing.keep(call, id);
  }

  @Post('meetings/:id/steps')
  @HttpCode(200)
  @Describe({ summary: 'Take the next step of a meeting', body: StepMeetingDto, action: 'meeting.advance' })
  step(@Calling() call: Call, @Id() id: string) {
    return this.meetings.step(call, id);
  }

  @Put('meetings/:id/order')
  @Describe({ summary: 'Put the agenda in another order', body: OrderAgendaDto, action: 'meeting.order' })
  order(@Calling() call: Call, @Id() id: string) {
    return this.meetings.order(call, id);
  }

  @Post('meetings/:id/signatures')
  @HttpCode(200)
  @Describe({
    summary: 'Sign the confidentiality statement and declare conflicts of interest',
    body: SignMeetingDto,
    action: 'meeting.sign',
  })
  sign(@Calling() call: Call, @Id() id: string) {
    return this.meetings.sign(call, id);
  }

  @Get('meetings/:id/minutes')
  @Describe({ summary: 'Minutes, as far as the reader may see them', action: 'meeting.read-minutes' })
  read(@Calling() call: Call, @Id() id: string) {
    return this.minutes.read(call, id);
  }

  @Post('meetings/:id/approvals')
  @HttpCode(200)
  @Describe({ summary: 'Approve the minutes as they are', action: 'meeting.approve-minutes' })
  approve(@Calling() call: Call, @Id() id: string) {
    return this.meetings.approve(call, id);
  }
}
