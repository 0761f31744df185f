import { Calling, ContextController, Describe, Id, type Call } from '@concordat/platform';
import { Get, HttpCode, Post } from '@nestjs/common';
import { DecidingService } from './deciding.service';
import { HoldsService } from './holds.service';
import { KeepCaseDto, ListErasuresDto, ListRetentionDto, RetentionReasonDto } from './retention.dto';
import { RetentionReading } from './retention.reading';

@ContextController('records', 'retention')
export class RetentionController {
  constructor(
    private readonly reading: RetentionReading,
    private readonly deciding: DecidingService,
    private readonly holds: HoldsService,
  ) {}

  @Get('practice')
  @Describe({ summary: 'The rules by which cases are kept' })
  practice(@Calling() _: Call) {
    return this.reading.practice();
  }

  @Get()
  @Describe({ summary: 'Cases by when their time is up', query: ListRetentionDto, action: 'retention.list' })
  list(@Calling() call: Call) {
    return this.reading.list(call);
  }

  @Get(':id')
  @Describe({ summary: 'How long one case is kept, and why', action: 'retention.list' })
  view(@Calling() call: Call, @Id() id: string) {
    return this.reading.view(call, id);
  }

  @Post(':id/keeping')
  @HttpCode(200)
  @Describe({ summary: 'Keep a case until another day', body: KeepCaseDto, action: 'retention.keep' })
  keep(@Calling() call: Call, @Id() id: string) {
    return this.deciding.keep(call, id);
  }

  @Post(':id/erasure')
  @HttpCode(200)
  @Describe({ summary: 'Propose that a case is erased', body: RetentionReasonDto, action: 'retention.propose-erasure' })
  propose(@Calling() call: Call, @Id() id: string) {
    return this.deciding.propose(call, id);
  }

  @Post(':id/erasure/confirmation')
  @HttpCode(200)
  @Describe({ summary: 'Confirm, as a second person, that a case is erased', action: 'retention.confirm-erasure' })
  confirm(@Calling() call: Call, @Id() id: string) {
    return this.deciding.confirm(call, id);
  }

  @Post(':id/erasure/refusal')
  @HttpCode(200)
  @Describe({ summary: 'Refuse that a case is erased', body: RetentionReasonDto, action: 'retention.refuse-erasure' })
  refuse(@Calling() call: Call, @Id() id: string) {
    return this.deciding.refuse(call, id);
  }

  @Post(':id/holds')
  @Describe({ summary: 'Hold a case', body: RetentionReasonDto, action: 'hold.place', status: 201 })
  hold(@Calling() call: Call, @Id() id: string) {
    return this.holds.place(call, id);
  }

  @Post(':id/holds/:holdId/release')
  @HttpCode(200)
  @Describe({ summary: 'Release a hold', body: RetentionReasonDto, action: 'hold.release' })
  release(@Calling() call: Call, @Id() id: string, @Id('holdId') holdId: string) {
    return this.holds.release(call, id, holdId);
  }
}

@ContextController('records', 'erasures')
export class ErasuresController {
  constructor(private readonly reading: RetentionReading) {}

  @Get()
  @Describe({ summary: 'Cases that were erased', query: ListErasuresDto, action: 'retention.list' })
  list(@Calling() call: Call) {
    return this.reading.erasures(call);
  }

  @Get(':id')
  @Describe({ summary: 'What is left of a case that was erased', action: 'retention.list' })
  view(@Calling() call: Call, @Id() id: string) {
    return this.reading.erasure(call, id);
  }
}
