import { Calling, ContextController, Describe, Id, type Call } from '@concordat/platform';
import { Get, HttpCode, Post } from '@nestjs/common';
import { AskKnownDto, ListKnownDto } from './asking.dto';
import { AskingService } from './asking.service';
import { KnownQuestionsReading } from './reading.service';

@ContextController('records', 'known-questions')
export class AskingController {
  constructor(
    private readonly asking: AskingService,
    private readonly questions: KnownQuestionsReading,
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
