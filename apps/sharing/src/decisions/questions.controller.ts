import { Calling, ContextController, Describe, Id, type Call } from '@concordat/platform';
import { Get, HttpCode, Post } from '@nestjs/common';
import { AnswerQuestionDto, ConfirmAuthorityDto, ListQuestionsDto } from './questions.dto';
import { QuestionsService } from './questions.service';

@ContextController('sharing', 'questions')
export class QuestionsController {
  constructor(private readonly questions: QuestionsService) {}

  @Get()
  @Describe({
    summary: 'What the rules left to a person: to be answered by the caller’s organisation, or asked by the caller',
    query: ListQuestionsDto,
    action: 'question.list',
  })
  list(@Calling() call: Call) {
    return this.questions.list(call);
  }

  @Get(':id')
  @Describe({ summary: 'One question, with the decision that left it to a person', action: 'question.view' })
  view(@Calling() call: Call, @Id() id: string) {
    return this.questions.view(call, id);
  }

  @Post(':id/answer')
  @HttpCode(200)
  @Describe({
    summary: 'Allow it or refuse it, with the reason: a decision of its own',
    body: AnswerQuestionDto,
    action: 'question.answer',
  })
  answer(@Calling() call: Call, @Id() id: string) {
    return this.questions.answer(call, id);
  }

  @Post(':id/authorisation')
  @HttpCode(200)
  @Describe({
    summary: 'Say whether one authorised that something was shared in an emergency, as was said',
    body: ConfirmAuthorityDto,
    action: 'emergency.confirm',
  })
  confirm(@Calling() call: Call, @Id() id: string) {
    return this.questions.confirm(call, id);
  }
}
