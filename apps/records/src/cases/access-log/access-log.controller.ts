import { Calling, ContextController, Describe, Id, type Call } from '@concordat/platform';
import { Get } from '@nestjs/common';
import { AccessLogDto } from './access-log.dto';
import { AccessLogService } from './access-log.service';

@ContextController('records', 'cases/:id/access-log')
export class AccessLogController {
  constructor(private readonly accessLog: AccessLogService) {}

  @Get()
  @Describe({
    summary: 'Who has looked at a case, and who was refused, newest first',
    query: AccessLogDto,
    action: 'case.view-access-log',
  })
  show(@Calling() call: Call, @Id() id: string) {
    return this.accessLog.show(call, id);
  }
}
