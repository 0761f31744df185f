import { Id } from '@concordat/platform';
import { Get, Post } from '@nestjs/common';
import { Transfers } from '../../apis/transfers';
import { Page, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';
import { demandTransferable } from '../transferable';
import { Whom, type Asked } from '../whom';

/** Which agency a case passes to, or that it is none of the partnership. */
@Page({ at: 'cases/:id/transfer', folder: 'hand-over/transfer-to', may: 'transfer.offer', states: ['empty', 'error'] })
export class TransferToPage {
  constructor(
    private readonly whom: Whom,
    private readonly transfers: Transfers,
  ) {}

  @Get()
  show(@Visiting() visit: Visit, @Id() id: string): Promise<View> {
    return this.whom.ask(visit, id, this.asked(visit, id));
  }

  @Post()
  send(@Visiting() visit: Visit, @Id() id: string, @Sent() sent: Submitted): Promise<View | Redirect> {
    return this.whom.answered(visit, id, this.asked(visit, id), sent);
  }

  private asked(visit: Visit, id: string): Asked {
    return {
      demand: async () => {
        demandTransferable(await this.transfers.ownership(visit, id));
        return { outside: true };
      },
      title: 'Transfer case',
      question: 'Whom does this case pass to?',
      problem: 'Select whom it passes to',
      outside: 'It is put on record. Nothing is sent, and the case stays with you.',
      next: 'transfer',
    };
  }
}
