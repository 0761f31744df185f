import { Id } from '@concordat/platform';
import { Get, Query } from '@nestjs/common';
import { Directory } from '../../apis/directory';
import { HandOver } from '../../apis/hand-over';
import { Transfers } from '../../apis/transfers';
import { Cases, headingOf, subNavigationOf } from '../../cases/opened';
import { Page, show, type View } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';
import { madeAt, ownersShown, staffIn, takerOf } from '../transfer-words';
import { recipientOf, staffOf } from '../words';

/** Who owns a case, whom it passes to, and to whom part of it was handed. */
@Page({
  at: 'cases/:id/hand-over',
  folder: 'hand-over/of-case',
  may: 'case.view',
  states: ['empty', 'filled', 'on-offer', 'not-leading'],
})
export class HandOverOfCasePage {
  constructor(
    private readonly cases: Cases,
    private readonly handOver: HandOver,
    private readonly transfers: Transfers,
    private readonly directory: Directory,
  ) {}

  @Get()
  async show(@Visiting() visit: Visit, @Id() id: string, @Query('done') done?: string): Promise<View> {
    const [opened, list, ownership] = await Promise.all([
      this.cases.open(visit, id),
      this.handOver.ofCase(visit, id),
      this.transfers.ownership(visit, id),
    ]);
    const names = await this.directory.names(visit, [
      ...list.items.flatMap(staffOf),
      ...ownership.transfers.flatMap(staffIn),
      ...ownership.owners.map((o) => o.ownerId),
    ]);
    return show({
      record: opened.record,
      heading: headingOf(opened),
      navigationOfCase: subNavigationOf(id, 'hand-over'),
      may: {
        ...{ ...ownership.may, ...list.may },
        give: visit.may('case.give-records') && opened.record.leadOrg === visit.person.organisation.id,
      },
      flash: done === 'assigned' ? { text: 'The case has been given to a colleague' } : null,
      onOffer: ownership.onOffer,
      owners: ownersShown(ownership.owners, names),
      transfers: ownership.transfers.map((t) => ({ ...t, to: takerOf(t, names), madeAt: madeAt(t) })),
      referrals: list.items.map((r) => ({ ...r, to: recipientOf(r, names) })),
    });
  }
}
