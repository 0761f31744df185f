import { Calling, ContextController, Describe, Id, type Call } from '@concordat/platform';
import { Get, HttpCode, Post, Put } from '@nestjs/common';
import { AreasService } from './areas.service';
import { AddAreaDto, AddOrganisationDto, ChangeAreaDto, ChangeOrganisationDto } from './register.dto';
import { RegisterService } from './register.service';

/** The registers of agencies and areas, for administrators: beside the directory, which everybody may read. */
@ContextController('identity')
export class RegisterController {
  constructor(
    private readonly register: RegisterService,
    private readonly areas: AreasService,
  ) {}

  @Get('register')
  @Describe({ summary: 'Organisations and areas with their versions, and how many sit where', action: 'register.view' })
  view(@Calling() call: Call) {
    return this.register.view(call);
  }

  @Post('organisations')
  @Describe({ summary: 'Add an organisation', action: 'organisation.add', body: AddOrganisationDto, status: 201 })
  add(@Calling() call: Call) {
    return this.register.add(call);
  }

  @Put('organisations/:id')
  @Describe({
    summary: 'Name or class an organisation anew',
    action: 'organisation.change',
    body: ChangeOrganisationDto,
  })
  change(@Calling() call: Call, @Id() id: string) {
    return this.register.change(call, id);
  }

  @Post('organisations/:id/closing')
  @HttpCode(200)
  @Describe({ summary: 'Close an organisation, and with it all access of its members', action: 'organisation.close' })
  close(@Calling() call: Call, @Id() id: string) {
    return this.register.close(call, id);
  }

  @Post('organisations/:id/reopening')
  @HttpCode(200)
  @Describe({ summary: 'Open an organisation again', action: 'organisation.reopen' })
  reopen(@Calling() call: Call, @Id() id: string) {
    return this.register.reopen(call, id);
  }

  @Post('areas')
  @Describe({ summary: 'Add an area', action: 'area.add', body: AddAreaDto, status: 201 })
  addArea(@Calling() call: Call) {
    return this.areas.add(call);
  }

  @Put('areas/:id')
  @Describe({
    summary: 'Name an area anew, or let another organisation triage for it',
    action: 'area.change',
    body: ChangeAreaDto,
  })
  changeArea(@Calling() call: Call, @Id() id: string) {
    return this.areas.change(call, id);
  }

  @Post('areas/:id/closing')
  @HttpCode(200)
  @Describe({ summary: 'Close an area: no referral is addressed to it any more', action: 'area.close' })
  closeArea(@Calling() call: Call, @Id() id: string) {
    return this.areas.close(call, id);
  }

  @Post('areas/:id/reopening')
  @HttpCode(200)
  @Describe({ summary: 'Open an area again', action: 'area.reopen' })
  reopenArea(@Calling() call: Call, @Id() id: string) {
    return this.areas.reopen(call, id);
  }
}
