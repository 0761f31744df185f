import { Calling, ContextController, Describe, Id, type Call } from '@concordat/platform';
import { Get, HttpCode, Param, Post } from '@nestjs/common';
import { AnswerApprovalDto, RequestApprovalDto } from './approvals.dto';
import { ApprovalsService } from './approvals.service';

@ContextController('records')
export class ApprovalsController {
  constructor(private readonly approvals: ApprovalsService) {}

  @Get('cases/:id/approvals')
  @Describe({ summary: 'What of a case was approved, or is to be', action: 'approval.list' })
  ofCase(@Calling() call: Call, @Id() id: string) {
    return this.approvals.ofCase(call, id);
  }

  @Post('cases/:id/approvals/:stage')
  @Describe({
    summary: 'Ask for approval of a stage',
    body: RequestApprovalDto,
    action: 'approval.request',
    status: 201,
  })
  request(@Calling() call: Call, @Id() id: string, @Param('stage') stage: string) {
    return this.approvals.request(call, id, stage);
  }

  @Get('approvals')
  @Describe({
    summary: 'What waits for the caller’s approval, and answers to what they asked',
    action: 'approval.list',
  })
  list(@Calling() call: Call) {
    return this.approvals.list(call);
  }

  @Post('approvals/:id/answer')
  @HttpCode(200)
  @Describe({ summary: 'Approve or reject', body: AnswerApprovalDto, action: 'approval.answer' })
  answer(@Calling() call: Call, @Id() id: string) {
    return this.approvals.answer(call, id);
  }
}
