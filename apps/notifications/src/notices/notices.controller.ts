import { Calling, ContextController, Describe, Id, Open, type Call, type Request } from '@concordat/platform';
import { Body, Get, HttpCode, Post, Req } from '@nestjs/common';
import { ReceiptDto } from './notices.dto';
import { NoticesService } from './notices.service';

@ContextController('notifications', 'notices')
export class NoticesController {
  constructor(private readonly notices: NoticesService) {}

  @Get('failures')
  @Describe({
    summary: 'What did not arrive, the last first, without where it was to go',
    action: 'notice.list-failures',
  })
  failures(@Calling() call: Call) {
    return this.notices.failures(call);
  }

  @Post(':id/retry')
  @HttpCode(200)
  @Describe({ summary: 'Try again', action: 'notice.retry' })
  retry(@Calling() call: Call, @Id() id: string) {
    return this.notices.retry(call, id);
  }
}

@ContextController('notifications', 'receipts')
@Open()
export class ReceiptsController {
  constructor(private readonly notices: NoticesService) {}

  @Post()
  @HttpCode(200)
  @Describe({
    summary: 'GOV.UK Notify tells what became of a notice, with the token that it was given for that',
    ...{ action: 'notice.record-outcome', body: ReceiptDto },
    example: { reference: '8fbb2f5c-6a9a-4f5c-9d43-4a0c7c6a9d10', status: 'delivered' },
  })
  receive(@Req() { headers }: Request, @Body() body: unknown) {
    return this.notices.receive(headers.authorization ?? '', body);
  }
}
