import { Calling, ContextController, Describe, Id, type Call } from '@concordat/platform';
import { Get, HttpCode, Param, Post } from '@nestjs/common';
import { CheckFileDto, DecideMatchDto, ListImportsDto, ReportQueryDto, StartImportDto } from './imports.dto';
import { MatchesService } from './matches.service';
import { ImportsService } from './imports.service';

/** A file of one case, as the template of cases has it. */
const EXAMPLE = {
  kind: 'cases',
  source: 'old casework',
  areaId: '7a9a3c36-8ee1-4b0a-9a0e-6f1b7d1d5a11',
  format: 'csv',
  content: 'record,kind,opened,closed,author\r\nCW-1024,domestic-abuse,2019-03,2020-11-30,R. Vale\r\n',
};

@ContextController('records', 'imports')
export class ImportsController {
  constructor(
    private readonly imports: ImportsService,
    private readonly matches: MatchesService,
  ) {}

  @Get()
  @Describe({
    summary: 'Files that the caller has checked or brought in, newest first, 25 at a time',
    query: ListImportsDto,
    action: 'import.view',
  })
  list(@Calling() call: Call) {
    return this.imports.list(call);
  }

  @Get(':id')
  @Describe({
    summary: 'What is wrong in a file, or how far it has come, row by row, a hundred at a time',
    query: ReportQueryDto,
    action: 'import.view',
  })
  view(@Calling() call: Call, @Id() id: string) {
    return this.imports.view(call, id);
  }

  @Post()
  @Describe({
    summary: 'Check a file of cases, people, relationships or chronology entries from another system; nothing is added',
    body: CheckFileDto,
    example: EXAMPLE,
    action: 'import.check',
  })
  check(@Calling() call: Call) {
    return this.imports.check(call);
  }

  @Post(':id/start')
  @HttpCode(202)
  @Describe({
    summary: 'Bring in a file that was checked; with corrections, what it says otherwise than before is corrected too',
    body: StartImportDto,
    action: 'import.start',
    status: 202,
  })
  start(@Calling() call: Call, @Id() id: string) {
    return this.imports.start(call, id);
  }

  @Get(':id/matches')
  @Describe({
    summary: 'Who on record may be the people of a file, with reasons, ten at a time',
    query: ReportQueryDto,
    action: 'import.view',
  })
  listMatches(@Calling() call: Call, @Id() id: string) {
    return this.matches.list(call, id);
  }

  @Post(':id/matches/:number/decision')
  @HttpCode(200)
  @Describe({
    summary: 'Say whether somebody in a file is somebody who is on record: their id, or null for nobody of them',
    body: DecideMatchDto,
    action: 'import.decide',
  })
  decide(@Calling() call: Call, @Id() id: string, @Param('number') number: string) {
    return this.matches.decide(call, id, Number(number));
  }
}
