import { Calling, ContextController, Describe, Id, type Call } from '@concordat/platform';
import { Get, HttpCode, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { AskByRequestDto, AskKnownDto, ListKnownDto, PersonInfoOfDto, PersonInfoQueryDto } from './asking.dto';
import { AskingService } from './asking.service';
import { PersonInfoService } from './person-info.service';
import { KnownQuestionsReading } from './reading.service';

/** Nothing of anybody: that a person has to look says only that somebody may be like them. */
const WAITING = {
  resourceType: 'OperationOutcome',
  issue: [
    {
      severity: 'information',
      code: 'informational',
      details: { text: 'A person there has to look. Ask again later' },
    },
  ],
};

@ContextController('records', 'known-questions')
export class AskingController {
  constructor(
    private readonly asking: AskingService,
    private readonly questions: KnownQuestionsReading,
    private readonly personInfo: PersonInfoService,
  ) {}

  @Post()
  @Describe({
    summary: 'Is this person known to you? Asked of another agency, decided by the agreements first',
    body: AskKnownDto,
    action: 'person.ask-known',
    status: 201,
  })
  ask(@Calling() call: Call) {
    return this.asking.ask(call);
  }

  @Post('requests')
  @Describe({
    summary:
      'The same, as a Request of Social Care Data (MAIS draft 0.1) gives it; decided by the agreements that it names',
    body: AskByRequestDto,
    action: 'person.ask-known',
    status: 201,
  })
  askByRequest(@Calling() call: Call) {
    return this.asking.askByRequest(call);
  }

  @Post('fhir/Patient/$person-info-query')
  @HttpCode(200)
  @Describe({
    summary:
      'The same, as FHIR: $person-info-query of MAIS exchange 0.3, put to one agency. A match with a contact, or none; 202 while a person has to look',
    body: PersonInfoQueryDto,
    query: PersonInfoOfDto,
    action: 'person.ask-known',
    produces: 'application/fhir+json',
  })
  async personInfoQuery(@Calling() call: Call, @Res({ passthrough: true }) reply: FastifyReply) {
    const { id, answer } = await this.personInfo.query(call);
    void reply.type('application/fhir+json').header('concordat-known-question', id);
    if (answer === null) void reply.status(202);
    return JSON.stringify(answer ?? WAITING);
  }

  @Get(':id/request')
  @Describe({
    summary:
      'A question that the caller asked, as a Request of Social Care Data, for the system of the agency that is asked',
    action: 'known-question.export',
    produces: 'application/ld+json',
  })
  async request(@Calling() call: Call, @Id() id: string, @Res({ passthrough: true }) reply: FastifyReply) {
    const { name, request } = await this.questions.request(call, id);
    void reply.type('application/ld+json').header('content-disposition', `attachment; filename="${name}"`);
    return JSON.stringify(request);
  }

  @Post(':id/again')
  @HttpCode(200)
  @Describe({
    summary: 'The same again, where a person had to look: their answer decides',
    action: 'person.ask-known',
  })
  again(@Calling() call: Call, @Id() id: string) {
    return this.asking.again(call, id);
  }

  @Get()
  @Describe({
    summary: 'What the caller asked of other agencies, or what theirs was asked; the newest first',
    query: ListKnownDto,
    action: 'known-question.list',
  })
  list(@Calling() call: Call) {
    return this.questions.list(call);
  }

  @Get(':id')
  @Describe({
    summary: 'One question: a match with a contact, or none and nothing else',
    action: 'known-question.view',
  })
  view(@Calling() call: Call, @Id() id: string) {
    return this.questions.view(call, id);
  }
}
