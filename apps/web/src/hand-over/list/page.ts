import { Get, Query } from '@nestjs/common';
import { Directory } from '../../apis/directory';
import { HandOver } from '../../apis/hand-over';
import { Transfers } from '../../apis/transfers';
import { Page, show, type View } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';
import { boxes } from '../boxes';
import { recipientOf, staffOf } from '../words';

/** Referrals between agencies that wait for the visitor's answer, and what became of those that they sent. */
@Page({ at: 'hand-over', folder: 'hand-over/list', may: 'referral.list', states: ['received', 'sent', 'empty'] })
export class HandOverPage {
  constructor(
    private readonly handOver: HandOver,
    private readonly transfers: Transfers,
    private readonly directory: Directory,
  ) {}

  @Get()
  async show(@Visiting() visit: Visit, @Query('box') asked?: string, @Query('cursor') cursor?: string): Promise<View> {
    const box = asked === 'sent' ? 'sent' : 'received';
    const [list, { counts }] = await Promise.all([
      this.handOver.referrals(visit, { box, ...(cursor ? { cursor } : {}) }),
      this.transfers.list(visit, { box: 'received', limit: 1 }),
    ]);
    const names = await this.directory.names(visit, list.items.flatMap(staffOf));
    return show({
      box,
      boxes: boxes(`referrals-${box}`, list.counts, counts),
      items: list.items.map((r) => ({
        ...r,
        from: `${names.person(r.fromId)}, ${names.organisation(r.fromOrg)}`,
        to: recipientOf(r, names),
      })),
      previous: list.previous && `/hand-over?box=${box}&cursor=${encodeURIComponent(list.previous)}`,
      next: list.next && `/hand-over?box=${box}&cursor=${encodeURIComponent(list.next)}`,
    });
  }
}
