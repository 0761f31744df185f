import { Calling, ContextController, Describe, Id, type Call } from '@concordat/platform';
import { Get, HttpCode, Post } from '@nestjs/common';
import { AssignCasesDto, FlagCasesDto, ReferCasesDto, TransferCasesDto } from './bulk.dto';
import { BulkService } from './bulk.service';

@ContextController('records', 'bulk')
export class BulkController {
  constructor(private readonly bulk: BulkService) {}

  @Get()
  @Describe({ summary: 'What the caller has had done to many cases, newest first', action: 'bulk.view' })
  list(@Calling() call: Call) {
    return this.bulk.list(call);
  }

  @Get(':id')
  @Describe({ summary: 'How far it has come, row by row', action: 'bulk.view' })
  view(@Calling() call: Call, @Id() id: string) {
    return this.bulk.view(call, id);
  }

  @Post('assignments')
  @HttpCode(202)
  @Describe({ summary: 'Give many cases to a colleague', body: AssignCasesDto, action: 'bulk.start', status: 202 })
  assign(@Calling() call: Call) {
    return this.bulk.start(call, 'assign', AssignCasesDto);
  }

  @Post('transfers')
  @HttpCode(202)
  @Describe({ summary: 'Offer many cases', body: TransferCasesDto, action: 'bulk.start', status: 202 })
  transfer(@Calling() call: Call) {
    return this.bulk.start(call, 'transfer', TransferCasesDto);
  }

  @Post('referrals')
  @HttpCode(202)
  @Describe({ summary: 'Refer many cases to one person', body: ReferCasesDto, action: 'bulk.start', status: 202 })
  refer(@Calling() call: Call) {
    return this.bulk.start(call, 'refer', ReferCasesDto);
  }

  @Post('flags')
  @HttpCode(202)
  @Describe({ summary: 'Flag many cases', body: FlagCasesDto, action: 'case.flag-in-bulk', status: 202 })
  flag(@Calling() call: Call) {
    return this.bulk.start(call, 'flag', FlagCasesDto);
  }
}
