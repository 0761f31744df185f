import { Calling, ContextController, Describe, Id, type Call } from '@concordat/platform';
import { Get, Post } from '@nestjs/common';
import { AcknowledgeTransferDto, TransferToForumDto } from './forum-transfers.dto';
import { ReceivingService } from './receiving.service';
import { TransferringService } from './transferring.service';

@ContextController('risk')
export class ForumTransfersController {
  constructor(
    private readonly transferring: TransferringService,
    private readonly receiving: ReceivingService,
  ) {}

  @Post('forum-referrals/:id/transfers')
  @Describe({
    summary: 'Transfer a case to the forum of another area',
    body: TransferToForumDto,
    action: 'forum-transfer.send',
    status: 201,
  })
  send(@Calling() call: Call, @Id() id: string) {
    return this.transferring.send(call, id);
  }

  @Get('forums/:id/transfers')
  @Describe({ summary: 'Cases that went to or came from another forum', action: 'forum-transfer.view' })
  list(@Calling() call: Call, @Id() id: string) {
    return this.receiving.list(call, id);
  }

  @Get('forum-transfers/:id')
  @Describe({ summary: 'A transfer with what goes with it', action: 'forum-transfer.view' })
  view(@Calling() call: Call, @Id() id: string) {
    return this.receiving.view(call, id);
  }

  @Post('forum-transfers/:id/acknowledgements')
  @Describe({
    summary: 'Acknowledge a transfer: the case is referred anew here',
    body: AcknowledgeTransferDto,
    action: 'forum-transfer.acknowledge',
    status: 201,
  })
  acknowledge(@Calling() call: Call, @Id() id: string) {
    return this.receiving.acknowledge(call, id);
  }
}
