import { Calling, ContextController, Describe, Id, type Call } from '@concordat/platform';
import { Get, HttpCode, Post } from '@nestjs/common';
import { CandidatesService } from './candidates.service';
import { DistinctionsService } from './distinctions.service';
import { DistinguishDto, LookForDto, MergeDto, UndoMergeDto } from './duplicates.dto';
import { MergesService } from './merges.service';

@ContextController('records', 'people')
export class DuplicatesController {
  constructor(
    private readonly candidates: CandidatesService,
    private readonly distinctions: DistinctionsService,
    private readonly merges: MergesService,
  ) {}

  @Post('candidates')
  @HttpCode(200)
  @Describe({ summary: 'Who may be somebody that is told of', body: LookForDto, action: 'person.match' })
  lookFor(@Calling() call: Call) {
    return this.candidates.lookFor(call);
  }

  @Get(':id/candidates')
  @Describe({ summary: 'Who may be the same person, with reasons for and against', action: 'person.match' })
  of(@Calling() call: Call, @Id() id: string) {
    return this.candidates.of(call, id);
  }

  @Post(':id/distinctions')
  @Describe({ summary: 'Two people are two', body: DistinguishDto, action: 'person.distinguish' })
  distinguish(@Calling() call: Call, @Id() id: string) {
    return this.distinctions.distinguish(call, id);
  }

  @Get(':id/merges')
  @Describe({ summary: 'What was merged into a person, and what was undone', action: 'person.view' })
  list(@Calling() call: Call, @Id() id: string) {
    return this.merges.list(call, id);
  }

  @Post(':id/merges')
  @Describe({ summary: 'Two records of one person become one', body: MergeDto, action: 'person.merge' })
  merge(@Calling() call: Call, @Id() id: string) {
    return this.merges.merge(call, id);
  }

  @Post(':id/merges/:mergeId/undoing')
  @HttpCode(200)
  @Describe({
    summary: 'Two records that had become one stand apart again',
    body: UndoMergeDto,
    action: 'person.separate',
  })
  undo(@Calling() call: Call, @Id() id: string, @Id('mergeId') mergeId: string) {
    return this.merges.undo(call, id, mergeId);
  }
}
