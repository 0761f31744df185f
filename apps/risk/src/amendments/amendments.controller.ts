import { Calling, ContextController, Describe, Id, type Call } from '@concordat/platform';
import { HttpCode, Post } from '@nestjs/common';
import { AnswerAmendmentDto, ProposeAmendmentDto } from './amendments.dto';
import { AmendmentsService } from './amendments.service';

@ContextController('risk')
export class AmendmentsController {
  constructor(private readonly amendments: AmendmentsService) {}

  @Post('agenda-items/:id/amendments')
  @Describe({
    summary: 'Propose what is put right in issued minutes',
    body: ProposeAmendmentDto,
    action: 'minutes.propose-amendment',
    status: 201,
  })
  propose(@Calling() call: Call, @Id() id: string) {
    return this.amendments.propose(call, id);
  }

  @Post('minute-amendments/:id/answers')
  @HttpCode(200)
  @Describe({
    summary: 'Agree to an amendment, or refuse it',
    body: AnswerAmendmentDto,
    action: 'minutes.answer-amendment',
  })
  answer(@Calling() call: Call, @Id() id: string) {
    return this.amendments.answer(call, id);
  }
}
