import { Calling, ContextController, Describe, type Call } from '@concordat/platform';
import { Get } from '@nestjs/common';
import { OrganisationsService } from './organisations.service';
import { StaffQueryDto } from './staff-query.dto';

@ContextController('identity')
export class OrganisationsController {
  constructor(private readonly directory: OrganisationsService) {}

  @Get('organisations')
  @Describe({ summary: 'The organisations of the partnership', action: 'organisation.list' })
  organisations(@Calling() call: Call) {
    return this.directory.list(call);
  }

  @Get('areas')
  @Describe({ summary: 'The areas (hubs), and who triages for each', action: 'organisation.list' })
  areas(@Calling() call: Call) {
    return this.directory.areas(call);
  }

  @Get('staff')
  @Describe({ summary: 'Staff of an organisation, or by id', action: 'staff.list', query: StaffQueryDto })
  staff(@Calling() call: Call) {
    return this.directory.staff(call);
  }
}
