import { Calling, ContextController, Describe, Id, type Call } from '@concordat/platform';
import { Get, HttpCode, Post } from '@nestjs/common';
import { CaseNamesDto, ChangeParticipationDto, ListCasesDto, PageDto } from './cases.dto';
import { CaseNamesService } from './case-names.service';
import { CasesService } from './cases.service';
import { ParticipationService } from './participation.service';

@ContextController('records', 'cases')
export class CasesController {
  constructor(
    private readonly cases: CasesService,
    private readonly names: CaseNamesService,
    private readonly participation: ParticipationService,
  ) {}

  @Get()
  @Describe({ summary: 'Cases that the caller’s organisation takes part in', query: ListCasesDto, action: 'case.list' })
  list(@Calling() call: Call) {
    return this.cases.list(call);
  }

  @Get(':id')
  @Describe({ summary: 'One case', action: 'case.view' })
  view(@Calling() call: Call, @Id() id: string) {
    return this.cases.view(call, id);
  }

  @Get(':id/names')
  @Describe({
    summary: 'What people of a case are called, for the risk service in the name of somebody whom it works for',
    query: CaseNamesDto,
    action: 'case.view',
  })
  give(@Calling() call: Call, @Id() id: string) {
    return this.names.give(call, id);
  }

  @Get(':id/ages')
  @Describe({
    summary: 'Who of a case is under 18, for the risk service in the name of somebody whom it works for',
    query: CaseNamesDto,
    action: 'case.view',
  })
  ages(@Calling() call: Call, @Id() id: string) {
    return this.names.ages(call, id);
  }

  @Get(':id/timeline')
  @Describe({ summary: 'What happened in a case, newest first', query: PageDto, action: 'case.view' })
  timeline(@Calling() call: Call, @Id() id: string) {
    return this.cases.timeline(call, id);
  }

  @Post(':id/participations')
  @HttpCode(200)
  @Describe({
    summary: 'An agency joins a case, or takes part at another level',
    body: ChangeParticipationDto,
    action: 'case.change-participation',
  })
  change(@Calling() call: Call, @Id() id: string) {
    return this.participation.change(call, id);
  }

  @Post(':id/participations/:orgId/ending')
  @HttpCode(200)
  @Describe({ summary: 'An agency’s part in a case ends', action: 'case.change-participation' })
  end(@Calling() call: Call, @Id() id: string, @Id('orgId') orgId: string) {
    return this.participation.end(call, id, orgId);
  }
}
