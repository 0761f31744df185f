import { Calling, ContextController, Describe, Id, type Call } from '@concordat/platform';
import { Delete, Get, HttpCode, Post, Put, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import {
  BringInDto,
  CompareDto,
  DraftAgreementDto,
  LeaveDto,
  ListAgreementsDto,
  SignDto,
  StartAgreementDto,
  StepDto,
  SucceedDto,
} from './agreements.dto';
import { AgreementsService } from './agreements.service';
import { AttentionService } from './attention.service';
import { AgreementsExchange } from './exchange.service';
import { AgreementsReading } from './reading.service';

@ContextController('sharing', 'agreements')
export class AgreementsController {
  constructor(
    private readonly agreements: AgreementsService,
    private readonly reading: AgreementsReading,
    private readonly due: AttentionService,
    private readonly exchange: AgreementsExchange,
  ) {}

  @Get()
  @Describe({
    summary: 'Agreements that the caller’s organisation owns or is party to',
    query: ListAgreementsDto,
    action: 'agreement.list',
  })
  list(@Calling() call: Call) {
    return this.reading.list(call);
  }

  @Get('attention')
  @Describe({
    summary: 'What the caller’s organisation has to do about agreements: sign, review, renew',
    action: 'agreement.list',
  })
  attention(@Calling() call: Call) {
    return this.due.attention(call);
  }

  @Get(':id')
  @Describe({
    summary: 'One version: its terms, what is found in them, and what was done to it',
    action: 'agreement.view',
  })
  view(@Calling() call: Call, @Id() id: string) {
    return this.reading.view(call, id);
  }

  @Get(':id/changes')
  @Describe({
    summary: 'What differs in the terms of this version from those of another of the same agreement',
    query: CompareDto,
    action: 'agreement.view',
  })
  changes(@Calling() call: Call, @Id() id: string) {
    return this.reading.changes(call, id);
  }

  @Get(':id/copy')
  @Describe({
    summary: 'Its terms as RFC 8785 writes them: the SHA-256 of these bytes is the content hash that parties sign',
    action: 'agreement.take-copy',
    produces: 'application/json',
  })
  async copy(@Calling() call: Call, @Id() id: string, @Res({ passthrough: true }) reply: FastifyReply) {
    const { name, text, digest } = await this.reading.copy(call, id);
    void reply.type('application/json').header('repr-digest', digest);
    void reply.header('content-disposition', `attachment; filename="${name}"`);
    return text;
  }

  @Get(':id/odrl')
  @Describe({
    summary: 'Its terms as a policy of ODRL 2.2 in JSON-LD: permissions, prohibitions and duties; it names no people',
    action: 'agreement.take-copy',
    produces: 'application/ld+json',
  })
  async odrl(@Calling() call: Call, @Id() id: string, @Res({ passthrough: true }) reply: FastifyReply) {
    const { name, policy } = await this.reading.odrl(call, id);
    void reply.type('application/ld+json').header('content-disposition', `attachment; filename="${name}"`);
    return JSON.stringify(policy);
  }

  @Get(':id/mais')
  @Describe({
    summary: 'Its terms as a SharingPolicy of Social Care Data (MAIS draft 0.1), and what of them that cannot say',
    action: 'agreement.take-copy',
    produces: 'application/ld+json',
  })
  async mais(@Calling() call: Call, @Id() id: string, @Res({ passthrough: true }) reply: FastifyReply) {
    const { name, policy } = await this.exchange.policy(call, id);
    void reply.type('application/ld+json').header('content-disposition', `attachment; filename="${name}"`);
    return JSON.stringify(policy);
  }

  @Get(':id/copies')
  @Describe({ summary: 'What its machine-readable copies cannot say, by place', action: 'agreement.view' })
  copies(@Calling() call: Call, @Id() id: string) {
    return this.exchange.copies(call, id);
  }

  @Post('imports')
  @Describe({
    summary: 'Draft an agreement from a SharingPolicy of Social Care Data: always a draft, for its author to complete',
    body: BringInDto,
    action: 'agreement.draft',
    status: 201,
  })
  bringIn(@Calling() call: Call) {
    return this.exchange.bringIn(call);
  }

  @Post()
  @Describe({ summary: 'Draft an agreement', body: DraftAgreementDto, action: 'agreement.draft', status: 201 })
  draft(@Calling() call: Call) {
    return this.agreements.draft(call);
  }

  @Get('templates')
  @Describe({ summary: 'Terms from which an agreement may begin' })
  templates(@Calling() _: Call) {
    return this.agreements.templates();
  }

  @Get('law')
  @Describe({ summary: 'Codes of law that an agreement may name' })
  law(@Calling() _: Call) {
    return this.agreements.codes();
  }

  @Post('from-template')
  @Describe({
    summary: 'Draft an agreement from a template',
    body: StartAgreementDto,
    action: 'agreement.draft',
    status: 201,
  })
  start(@Calling() call: Call) {
    return this.agreements.start(call);
  }

  @Put(':id')
  @Describe({ summary: 'Save the terms of a draft', body: DraftAgreementDto, action: 'agreement.save' })
  save(@Calling() call: Call, @Id() id: string) {
    return this.agreements.save(call, id);
  }

  @Delete(':id')
  @HttpCode(204)
  @Describe({
    summary: 'Throw away a draft that was never given to be checked',
    action: 'agreement.discard',
    status: 204,
  })
  discard(@Calling() call: Call, @Id() id: string) {
    return this.agreements.discard(call, id);
  }

  @Post(':id/steps')
  @HttpCode(200)
  @Describe({ summary: 'Lead a version a step through its life', body: StepDto, action: 'agreement.advance' })
  step(@Calling() call: Call, @Id() id: string) {
    return this.agreements.step(call, id);
  }

  @Post(':id/signatures')
  @HttpCode(200)
  @Describe({ summary: 'Sign the terms for the caller’s organisation', body: SignDto, action: 'agreement.sign' })
  sign(@Calling() call: Call, @Id() id: string) {
    return this.agreements.sign(call, id);
  }

  @Post(':id/departures')
  @HttpCode(200)
  @Describe({ summary: 'The caller’s organisation leaves the agreement', body: LeaveDto, action: 'agreement.leave' })
  leave(@Calling() call: Call, @Id() id: string) {
    return this.agreements.leave(call, id);
  }

  @Post(':id/successors')
  @Describe({
    summary: 'Draft the next version, with the same terms',
    body: SucceedDto,
    action: 'agreement.draft',
    status: 201,
  })
  succeed(@Calling() call: Call, @Id() id: string) {
    return this.agreements.succeed(call, id);
  }
}
