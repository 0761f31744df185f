import { Calling, ContextController, Describe, Id, type Call } from '@concordat/platform';
import { Get } from '@nestjs/common';
import { CaseFileService } from './case-file.service';

@ContextController('referrals', ':id/case-file')
export class CaseFileController {
  constructor(private readonly files: CaseFileService) {}

  @Get()
  @Describe({ summary: 'What a case is opened with, for the records service', action: 'referral.view' })
  give(@Calling() call: Call, @Id() id: string) {
    return this.files.give(call, id);
  }
}
