import { Get, Query } from '@nestjs/common';
import { Directory } from '../../apis/directory';
import { HandOver } from '../../apis/hand-over';
import { Transfers } from '../../apis/transfers';
import { Page, show, type View } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';
import { boxes } from '../boxes';
import { madeAt, staffIn, takerOf } from '../transfer-words';

/** Cases that may come to the visitor, and those that they pass on: what waits for an answer, and what became of it. */
@Page({
  at: 'hand-over/transfers',
  folder: 'hand-over/transfers',
  may: 'transfer.list',
  states: ['received', 'sent', 'empty'],
})
export class TransfersPage {
  constructor(
    private readonly transfers: Transfers,
    private readonly handOver: HandOver,
    private readonly directory: Directory,
  ) {}

  @Get()
  async show(@Visiting() visit: Visit, @Query('box') asked?: string, @Query('cursor') cursor?: string): Promise<View> {
    const box = asked === 'sent' ? 'sent' : 'received';
    const [list, referrals] = await Promise.all([
      this.transfers.list(visit, { box, ...(cursor ? { cursor } : {}) }),
      this.handOver.referrals(visit, { box: 'received', limit: 1 }),
    ]);
    const names = await this.directory.names(visit, list.items.flatMap(staffIn));
    return show({
      box,
      boxes: boxes(`transfers-${box}`, referrals.counts, list.counts),
      items: list.items.map((t) => ({
        ...t,
        from: `${names.person(t.fromId)}, ${names.organisation(t.fromOrg)}`,
        to: takerOf(t, names),
        madeAt: madeAt(t),
      })),
      previous: list.previous && `/hand-over/transfers?box=${box}&cursor=${encodeURIComponent(list.previous)}`,
      next: list.next && `/hand-over/transfers?box=${box}&cursor=${encodeURIComponent(list.next)}`,
    });
  }
}
