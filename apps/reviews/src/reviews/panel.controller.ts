import { Calling, ContextController, Describe, Id, type Call } from '@concordat/platform';
import { Get, HttpCode, Post } from '@nestjs/common';
import {
  ApologyDto,
  AppointDto,
  AskAgenciesDto,
  CallOffMeetingDto,
  ChaseDto,
  DeclareDto,
  DraftTermsDto,
  EndAppointmentDto,
  KeepMeetingDto,
  LinkReviewDto,
  MoveKindDto,
  PlanPanelMeetingDto,
  ReturnDto,
} from './panel.dto';
import { TestKindsDto } from './reviews.dto';
import { AskManagementReviewDto, JudgeDto, SubmitDto } from './management.dto';
import { ManagementService } from './management.service';
import { LinkingService } from './linking.service';
import { MeetingsService } from './meetings.service';
import { PanelService } from './panel.service';
import { ScopingService } from './scoping.service';

@ContextController('reviews', 'reviews/:id')
export class PanelController {
  constructor(
    private readonly panel: PanelService,
    private readonly meetings: MeetingsService,
    private readonly scoping: ScopingService,
    private readonly linking: LinkingService,
    private readonly management: ManagementService,
  ) {}

  @Post('links')
  @HttpCode(200)
  @Describe({ summary: 'Say how it stands to another review', body: LinkReviewDto, action: 'review.link' })
  link(@Calling() call: Call, @Id() id: string) {
    return this.linking.link(call, id);
  }

  @Post('kind')
  @HttpCode(200)
  @Describe({
    summary: 'Follow the version of its kind that is in force from now on, once that is approved',
    body: MoveKindDto,
    action: 'review.move-kind',
  })
  moveKind(@Calling() call: Call, @Id() id: string) {
    return this.linking.moveKind(call, id);
  }

  @Post('kind-tests')
  @HttpCode(200)
  @Describe({
    summary: 'Test every kind of review, and keep what came out',
    body: TestKindsDto,
    action: 'review.test-kinds',
  })
  testKinds(@Calling() call: Call, @Id() id: string) {
    return this.linking.testKinds(call, id);
  }

  @Post('panel')
  @HttpCode(200)
  @Describe({ summary: 'Appoint somebody to the panel', body: AppointDto, action: 'review.appoint' })
  appoint(@Calling() call: Call, @Id() id: string) {
    return this.panel.appoint(call, id);
  }

  @Post('panel/:memberId/declarations')
  @HttpCode(200)
  @Describe({
    summary: 'Declare independence, or a conflict',
    body: DeclareDto,
    action: 'review.declare-independence',
  })
  declare(@Calling() call: Call, @Id() id: string, @Id('memberId') memberId: string) {
    return this.panel.declare(call, id, memberId);
  }

  @Post('panel/:memberId/end')
  @HttpCode(200)
  @Describe({ summary: 'End an appointment', body: EndAppointmentDto, action: 'review.end-appointment' })
  endAppointment(@Calling() call: Call, @Id() id: string, @Id('memberId') memberId: string) {
    return this.panel.endAppointment(call, id, memberId);
  }

  @Post('meetings')
  @HttpCode(200)
  @Describe({ summary: 'Record a meeting of the panel', body: KeepMeetingDto, action: 'review.keep-meeting' })
  keepMeeting(@Calling() call: Call, @Id() id: string) {
    return this.meetings.keep(call, id);
  }

  @Post('planned-meetings')
  @HttpCode(200)
  @Describe({
    summary: 'Plan a meeting of the panel, with its agenda',
    body: PlanPanelMeetingDto,
    action: 'review.plan-meeting',
  })
  planMeeting(@Calling() call: Call, @Id() id: string) {
    return this.meetings.plan(call, id);
  }

  @Post('planned-meetings/:meetingId/call-off')
  @HttpCode(200)
  @Describe({ summary: 'Call a planned meeting off', body: CallOffMeetingDto, action: 'review.plan-meeting' })
  callOffMeeting(@Calling() call: Call, @Id() id: string, @Id('meetingId') meetingId: string) {
    return this.meetings.callOff(call, id, meetingId);
  }

  @Post('planned-meetings/:meetingId/apologies')
  @HttpCode(200)
  @Describe({ summary: 'Say that a member cannot come', body: ApologyDto, action: 'review.send-apology' })
  apologise(@Calling() call: Call, @Id() id: string, @Id('meetingId') meetingId: string) {
    return this.meetings.apologise(call, id, meetingId);
  }

  @Get('planned-meetings/:meetingId/calendar')
  @Describe({
    summary: 'A meeting for one’s own calendar, which does not say what it is about',
    action: 'review.view',
  })
  meetingCalendar(@Calling() call: Call, @Id() id: string, @Id('meetingId') meetingId: string) {
    return this.meetings.calendar(call, id, meetingId);
  }

  @Post('terms')
  @HttpCode(200)
  @Describe({ summary: 'Another version of the terms of reference', body: DraftTermsDto, action: 'review.draft-terms' })
  draftTerms(@Calling() call: Call, @Id() id: string) {
    return this.panel.draftTerms(call, id);
  }

  @Post('management-reviews')
  @HttpCode(200)
  @Describe({
    summary: 'Ask agencies for individual management reviews',
    body: AskManagementReviewDto,
    action: 'review.ask-management-review',
  })
  askManagementReview(@Calling() call: Call, @Id() id: string) {
    return this.management.ask(call, id);
  }

  @Post('management-reviews/:imrId/submissions')
  @HttpCode(200)
  @Describe({
    summary: 'What the agency does: start, submit or refuse its individual management review',
    body: SubmitDto,
    action: 'review.submit-management-review',
  })
  submitManagementReview(@Calling() call: Call, @Id() id: string, @Id('imrId') imrId: string) {
    return this.management.submit(call, id, imrId);
  }

  @Post('management-reviews/:imrId/judgements')
  @HttpCode(200)
  @Describe({
    summary: 'Accept or return an individual management review, waive it, or escalate its refusal',
    body: JudgeDto,
    action: 'review.judge-management-review',
  })
  judgeManagementReview(@Calling() call: Call, @Id() id: string, @Id('imrId') imrId: string) {
    return this.management.judge(call, id, imrId);
  }

  @Post('scoping')
  @HttpCode(200)
  @Describe({ summary: 'Ask agencies what they know', body: AskAgenciesDto, action: 'review.ask-agencies' })
  ask(@Calling() call: Call, @Id() id: string) {
    return this.scoping.ask(call, id);
  }

  @Post('scoping/:requestId/moves')
  @HttpCode(200)
  @Describe({
    summary: 'Remind an agency, ask those who lead it, or go on without its answer',
    body: ChaseDto,
    action: 'review.chase-agency',
  })
  chase(@Calling() call: Call, @Id() id: string, @Id('requestId') requestId: string) {
    return this.scoping.chase(call, id, requestId);
  }

  @Post('scoping/:requestId/returns')
  @HttpCode(200)
  @Describe({ summary: 'What an agency answers', body: ReturnDto, action: 'review.return-scoping' })
  keepReturn(@Calling() call: Call, @Id() id: string, @Id('requestId') requestId: string) {
    return this.scoping.keepReturn(call, id, requestId);
  }
}
