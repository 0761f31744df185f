import { Calling, ContextController, Describe, Id, type Call } from '@concordat/platform';
import { Get, HttpCode, Post } from '@nestjs/common';
import { ApplyDto, RegisterApplicationDto, SetAsideDto } from './applications.dto';
import { ApplicationsService } from './applications.service';
import { KeepingService } from './keeping.service';
import { ListReviewsDto, SheetDto } from '../reviews/reviews.dto';

@ContextController('reviews', 'asb-applications')
export class ApplicationsController {
  constructor(
    private readonly applications: ApplicationsService,
    private readonly keeping: KeepingService,
  ) {}

  @Get('bodies')
  @Describe({ summary: 'Bodies that can be applied to, for the public form', action: 'asb-application.offer' })
  bodies(@Calling() call: Call) {
    return this.applications.bodies(call);
  }

  @Get()
  @Describe({
    summary: 'Applications that wait for their coordinators',
    query: SheetDto,
    action: 'asb-application.list',
  })
  list(@Calling() call: Call) {
    return this.applications.list(call);
  }

  @Get('kept')
  @Describe({
    summary: 'Settled applications, and until when what was sent in each is kept',
    query: ListReviewsDto,
    action: 'asb-application.list-kept',
  })
  kept(@Calling() call: Call) {
    return this.keeping.list(call);
  }

  @Get('kept/:id')
  @Describe({ summary: 'One of them', action: 'asb-application.list-kept' })
  keptOne(@Calling() call: Call, @Id() id: string) {
    return this.keeping.one(call, id);
  }

  @Get(':id')
  @Describe({ summary: 'One that waits', action: 'asb-application.list' })
  one(@Calling() call: Call, @Id() id: string) {
    return this.applications.one(call, id);
  }

  @Post(':id/erasure')
  @HttpCode(200)
  @Describe({ summary: 'Erase what was sent in it, once it need not be kept', action: 'asb-application.erase' })
  erase(@Calling() call: Call, @Id() id: string) {
    return this.keeping.erase(call, id);
  }

  @Post()
  @Describe({
    summary: 'An application, from the public form or told to a coordinator',
    body: ApplyDto,
    action: 'asb-application.receive',
    status: 201,
  })
  receive(@Calling() call: Call) {
    return this.applications.receive(call);
  }

  @Post(':id/register')
  @HttpCode(200)
  @Describe({ summary: 'Make a review of it', body: RegisterApplicationDto, action: 'asb-application.register' })
  register(@Calling() call: Call, @Id() id: string) {
    return this.applications.register(call, id);
  }

  @Post(':id/set-aside')
  @HttpCode(200)
  @Describe({ summary: 'Set it aside, with the reason', body: SetAsideDto, action: 'asb-application.set-aside' })
  setAside(@Calling() call: Call, @Id() id: string) {
    return this.applications.setAside(call, id);
  }
}
