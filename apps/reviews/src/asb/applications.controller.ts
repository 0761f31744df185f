import { Calling, ContextController, Describe, Id, type Call } from '@concordat/platform';
import { Get, HttpCode, Post } from '@nestjs/common';
import { ApplyDto, RegisterApplicationDto, SetAsideDto } from './applications.dto';
import { ApplicationsService } from './applications.service';

@ContextController('reviews', 'asb-applications')
export class ApplicationsController {
  constructor(private readonly applications: ApplicationsService) {}

  @Get('bodies')
  @Describe({ summary: 'Bodies that can be applied to, for the public form', action: 'asb-application.offer' })
  bodies(@Calling() call: Call) {
    return this.applications.bodies(call);
  }

  @Get()
  @Describe({ summary: 'Applications that wait for their coordinators', action: 'asb-application.list' })
  list(@Calling() call: Call) {
    return this.applications.list(call);
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
