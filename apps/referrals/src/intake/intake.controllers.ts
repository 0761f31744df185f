import { Calling, ContextController, Describe, Id, type Call } from '@concordat/platform';
import { Delete, Get, HttpCode, Post, Put, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { ReferralsPageDto } from '../page.dto';
import { DraftsService } from './drafts.service';
import { SaveDraftDto, StartDraftDto, SubmitReferralDto } from './intake.dto';
import { SubmissionsService } from './submissions.service';

@ContextController('referrals')
export class SubmissionsController {
  constructor(private readonly submissions: SubmissionsService) {}

  @Post()
  @HttpCode(201)
  @Describe({ summary: 'Make a referral', body: SubmitReferralDto, action: 'referral.submit', status: 201 })
  submit(@Calling() call: Call) {
    return this.submissions.submit(call);
  }
}

@ContextController('referrals', 'drafts')
export class DraftsController {
  constructor(private readonly drafts: DraftsService) {}

  @Post()
  @HttpCode(201)
  @Describe({ summary: 'Start a draft', body: StartDraftDto, action: 'referral.draft', status: 201 })
  start(@Calling() call: Call) {
    return this.drafts.start(call);
  }

  @Get()
  @Describe({
    summary: 'The caller’s own drafts, the last saved first',
    query: ReferralsPageDto,
    action: 'referral.list',
  })
  list(@Calling() call: Call) {
    return this.drafts.list(call);
  }

  @Get(':id')
  @Describe({ summary: 'One draft', action: 'referral.view' })
  view(@Calling() call: Call, @Id() id: string) {
    return this.drafts.view(call, id);
  }

  @Put(':id')
  @Describe({ summary: 'Save a draft', body: SaveDraftDto, action: 'referral.draft' })
  save(@Calling() call: Call, @Id() id: string) {
    return this.drafts.save(call, id);
  }

  /** 204 when it is thrown away; 200 when it had been already. */
  @Delete(':id')
  @Describe({ summary: 'Throw a draft away', action: 'referral.discard', status: 204 })
  async discard(@Calling() call: Call, @Id() id: string, @Res({ passthrough: true }) reply: FastifyReply) {
    if (!(await this.drafts.discard(call, id))) return { id, status: 'discarded' };
    void reply.status(204);
    return undefined;
  }

  @Post(':id/submission')
  @HttpCode(201)
  @Describe({ summary: 'Send a draft', action: 'referral.submit', status: 201 })
  submit(@Calling() call: Call, @Id() id: string) {
    return this.drafts.submit(call, id);
  }
}
