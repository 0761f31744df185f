import { Calling, ContextController, Describe, Id, type Call } from '@concordat/platform';
import { Get, HttpCode, Post } from '@nestjs/common';
import { CheckFileDto, ReportQueryDto } from './imports.dto';
import { ImportsService } from './imports.service';

@ContextController('records', 'imports')
export class ImportsController {
  constructor(private readonly imports: ImportsService) {}

  @Get()
  @Describe({ summary: 'Files that the caller has checked or brought in, newest first', action: 'import.view' })
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
    summary: 'Check a file of chronology entries; nothing is added',
    body: CheckFileDto,
    action: 'import.check',
  })
  check(@Calling() call: Call) {
    return this.imports.check(call);
  }

  @Post(':id/start')
  @HttpCode(202)
  @Describe({ summary: 'Bring in a file that was checked', action: 'import.start', status: 202 })
  start(@Calling() call: Call, @Id() id: string) {
    return this.imports.start(call, id);
  }
}
