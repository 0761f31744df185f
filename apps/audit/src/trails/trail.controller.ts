import { Calling, ContextController, Describe, type Call } from '@concordat/platform';
import { Get } from '@nestjs/common';
import { DisclosuresService } from './disclosures.service';
import { AdministrationQueryDto, DisclosuresQueryDto, TrailQueryDto } from './trail.dto';
import { TrailService } from './trail.service';

@ContextController('audit', 'trail')
export class TrailController {
  constructor(
    private readonly trail: TrailService,
    private readonly disclosures: DisclosuresService,
  ) {}

  @Get()
  @Describe({
    summary: 'Who did what: by case, person, user, agency or agreement, newest first',
    query: TrailQueryDto,
    action: 'trail.read',
  })
  list(@Calling() call: Call) {
    return this.trail.list(call);
  }

  @Get('disclosures')
  @Describe({
    summary: 'What went from one agency to another, with what either end has on record, newest first',
    query: DisclosuresQueryDto,
    action: 'trail.read',
  })
  listDisclosures(@Calling() call: Call) {
    return this.disclosures.list(call);
  }

  @Get('administration')
  @Describe({
    summary: 'What administrators did with the partnership, its members and its services, newest first',
    query: AdministrationQueryDto,
    action: 'trail.read-administration',
  })
  ofAdministration(@Calling() call: Call) {
    return this.trail.ofAdministration(call);
  }
}
