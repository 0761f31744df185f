import { Calling, ContextController, Describe, Id, type Call } from '@concordat/platform';
import { Get, HttpCode, Post, StreamableFile } from '@nestjs/common';
import { DecideItemDto, FindPersonDto, ListRequestsDto, RecordRequestDto, TakeStepDto } from './access-requests.dto';
import { AccessRequestsService } from './access-requests.service';
import { AnswerService } from './bundle.service';
import { GatheringService } from './gathering.service';

@ContextController('records', 'access-requests')
export class AccessRequestsController {
  constructor(
    private readonly requests: AccessRequestsService,
    private readonly gathering: GatheringService,
    private readonly answers: AnswerService,
  ) {}

  @Get('practice')
  @Describe({ summary: 'By when a request is answered, and on which grounds a part may be withheld' })
  practice(@Calling() _: Call) {
    return this.requests.rules();
  }

  @Post('people')
  @HttpCode(200)
  @Describe({ summary: 'People of a name', body: FindPersonDto, action: 'access-request.find-person' })
  find(@Calling() call: Call) {
    return this.requests.find(call);
  }

  @Post()
  @Describe({
    summary: 'Record that somebody asks what is held about a person',
    body: RecordRequestDto,
    action: 'access-request.record',
    status: 201,
  })
  record(@Calling() call: Call) {
    return this.requests.record(call);
  }

  @Get()
  @Describe({ summary: 'Requests, newest first', query: ListRequestsDto, action: 'access-request.list' })
  list(@Calling() call: Call) {
    return this.requests.list(call);
  }

  @Get(':id')
  @Describe({ summary: 'One request, and everything that was gathered for it', action: 'access-request.view' })
  view(@Calling() call: Call, @Id() id: string) {
    return this.requests.view(call, id);
  }

  @Post(':id/gathering')
  @HttpCode(200)
  @Describe({ summary: 'Gather what is held from every context', action: 'access-request.gather' })
  gather(@Calling() call: Call, @Id() id: string) {
    return this.gathering.gather(call, id);
  }

  @Post(':id/steps')
  @HttpCode(200)
  @Describe({
    summary: 'Prove, ask, extend, prepare, return, close',
    body: TakeStepDto,
    action: 'access-request.take-step',
  })
  step(@Calling() call: Call, @Id() id: string) {
    return this.requests.takeStep(call, id);
  }

  @Get(':id/items/:itemId/file')
  @Describe({
    summary: 'The file of one part, for whoever decides about it',
    action: 'access-request.open-file',
    produces: 'application/octet-stream',
  })
  async file(@Calling() call: Call, @Id() id: string, @Id('itemId') itemId: string) {
    const { name, type, bytes } = await this.answers.open(call, id, itemId);
    return new StreamableFile(bytes, { type, disposition: `attachment; filename="${name}"` });
  }

  @Post(':id/items/:itemId')
  @HttpCode(200)
  @Describe({ summary: 'Decide about one item', body: DecideItemDto, action: 'access-request.decide-item' })
  decide(@Calling() call: Call, @Id() id: string, @Id('itemId') itemId: string) {
    return this.requests.decide(call, id, itemId);
  }

  @Post(':id/release')
  @HttpCode(200)
  @Describe({ summary: 'Release, as a second person, what was prepared', action: 'access-request.release' })
  release(@Calling() call: Call, @Id() id: string) {
    return this.requests.release(call, id);
  }

  @Post(':id/answer')
  @HttpCode(200)
  @Describe({
    summary: 'The answer that was released, as a ZIP',
    action: 'access-request.download',
    produces: 'application/zip',
  })
  async answer(@Calling() call: Call, @Id() id: string) {
    const disposition = 'attachment; filename="what-is-held.zip"';
    return new StreamableFile(await this.answers.download(call, id), { type: 'application/zip', disposition });
  }
}
