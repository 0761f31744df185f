import { Id } from '@concordat/platform';
import { Get, Query } from '@nestjs/common';
import { Directory } from '../../apis/directory';
import { Transfers } from '../../apis/transfers';
import { Page, show, type View } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';
import { staffIn, transferRows } from '../transfer-words';

const FLASHES: Readonly<Record<string, string>> = {
  offered: 'The transfer is on record',
  requested: 'The owner of the case has been asked',
  agree: 'The case is on offer',
  refuse: 'You have refused',
  accept: 'The case is yours',
  decline: 'You have declined the case',
  withdraw: 'It has been taken back',
};

/** One transfer of a case: who offered or asked for it, its answer, and what can be done next. */
@Page({
  at: 'hand-over/transfers/:id',
  folder: 'hand-over/transfer',
  may: 'transfer.view',
  states: ['received', 'sent', 'requested', 'ended'],
})
export class TransferPage {
  constructor(
    private readonly transfers: Transfers,
    private readonly directory: Directory,
  ) {}

  @Get()
  async show(@Visiting() visit: Visit, @Id() id: string, @Query('done') done?: string): Promise<View> {
    const transfer = await this.transfers.one(visit, id);
    const names = await this.directory.names(visit, staffIn(transfer));
    const flash = done === undefined ? undefined : FLASHES[done];
    return show({
      transfer,
      rows: transferRows(transfer, names),
      opens: transfer.side === 'owner' || transfer.state === 'accepted',
      flash: flash ? { text: flash } : null,
    });
  }
}
