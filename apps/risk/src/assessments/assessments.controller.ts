import { Calling, ContextController, Describe, Id, type Call } from '@concordat/platform';
import { Delete, Get, HttpCode, Post, Put } from '@nestjs/common';
import { CompareAssessmentsDto, CorrectAssessmentDto, SaveAssessmentDto, StartAssessmentDto } from './assessments.dto';
import { CompletingService } from './completing.service';
import { DraftingService } from './drafting.service';
import { ReadingService } from './reading.service';

@ContextController('risk')
export class AssessmentsController {
  constructor(
    private readonly drafting: DraftingService,
    private readonly completing: CompletingService,
    private readonly reading: ReadingService,
  ) {}

  @Get('instruments')
  @Describe({ summary: 'Instruments that may be answered anew' })
  instruments(@Calling() _: Call) {
    return this.reading.offered();
  }

  @Get('cases/:id/assessments')
  @Describe({ summary: 'Assessments of risk in a case, newest first', action: 'assessment.list' })
  list(@Calling() call: Call, @Id() id: string) {
    return this.reading.list(call, id);
  }

  @Post('cases/:id/assessments')
  @Describe({
    summary: 'Begin to assess somebody of a case',
    body: StartAssessmentDto,
    action: 'assessment.start',
    status: 201,
  })
  start(@Calling() call: Call, @Id() id: string) {
    return this.drafting.start(call, id);
  }

  @Get('cases/:id/comparison')
  @Describe({
    summary: 'What stands of one subject by one instrument, topic by topic over time',
    query: CompareAssessmentsDto,
    action: 'assessment.compare',
  })
  compare(@Calling() call: Call, @Id() id: string) {
    return this.reading.compare(call, id);
  }

  @Get('assessments/:id')
  @Describe({ summary: 'One assessment, with the text of its instrument', action: 'assessment.view' })
  view(@Calling() call: Call, @Id() id: string) {
    return this.reading.view(call, id);
  }

  @Put('assessments/:id')
  @Describe({ summary: 'Save a draft', body: SaveAssessmentDto, action: 'assessment.save' })
  save(@Calling() call: Call, @Id() id: string) {
    return this.drafting.save(call, id);
  }

  @Delete('assessments/:id')
  @HttpCode(204)
  @Describe({ summary: 'Throw a draft away', action: 'assessment.discard', status: 204 })
  discard(@Calling() call: Call, @Id() id: string) {
    return this.drafting.discard(call, id);
  }

  @Post('assessments/:id/completion')
  @HttpCode(200)
  @Describe({ summary: 'Complete a draft; it is never changed afterwards', action: 'assessment.complete' })
  complete(@Calling() call: Call, @Id() id: string) {
    return this.completing.complete(call, id);
  }

  @Post('assessments/:id/corrections')
  @Describe({
    summary: 'Begin an assessment that takes the place of one that is not right',
    body: CorrectAssessmentDto,
    action: 'assessment.correct',
    status: 201,
  })
  correct(@Calling() call: Call, @Id() id: string) {
    return this.drafting.correct(call, id);
  }
}
