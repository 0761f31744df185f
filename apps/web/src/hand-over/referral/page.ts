import { Id } from '@concordat/platform';
import { Get, Query } from '@nestjs/common';
import { Directory } from '../../apis/directory';
import { HandOver } from '../../apis/hand-over';
import { Page, show, type View } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';
import { rowsOf, staffOf } from '../words';

const FLASHES: Readonly<Record<string, string>> = {
  offered: 'The referral is on record',
  accept: 'You have accepted the referral',
  decline: 'You have declined the referral',
  withdraw: 'The referral has ended',
  complete: 'The referral is completed',
};

/** One referral between agencies: what was offered, its answer, and what can be done next. */
@Page({
  at: 'hand-over/referrals/:id',
  folder: 'hand-over/referral',
  may: 'referral.view',
  states: ['received', 'sent', 'accepted', 'ended'],
})
export class OnwardReferralPage {
  constructor(
    private readonly handOver: HandOver,
    private readonly directory: Directory,
  ) {}

  @Get()
  async show(@Visiting() visit: Visit, @Id() id: string, @Query('done') done?: string): Promise<View> {
    const [referral, practice] = await Promise.all([this.handOver.referral(visit, id), this.handOver.practice(visit)]);
    const names = await this.directory.names(visit, staffOf(referral));
    const flash = done === undefined ? undefined : FLASHES[done];
    return show({
      referral,
      rows: rowsOf(referral, names, practice),
      opens: referral.side === 'recipient' && referral.state === 'accepted',
      flash: flash ? { text: flash } : null,
    });
  }
}
