import { Id } from '@concordat/platform';
import { Get } from '@nestjs/common';
import { Directory } from '../../apis/directory';
import { HandOver } from '../../apis/hand-over';
import { Cases, headingOf, subNavigationOf } from '../../cases/opened';
import { Page, show, type View } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';
import { recipientOf, staffOf } from '../words';

/** To whom a case, or part of it, was handed. */
@Page({ at: 'cases/:id/hand-over', folder: 'hand-over/of-case', may: 'case.view', states: ['empty', 'filled'] })
export class HandOverOfCasePage {
  constructor(
    private readonly cases: Cases,
    private readonly handOver: HandOver,
    private readonly directory: Directory,
  ) {}

  @Get()
  async show(@Visiting() visit: Visit, @Id() id: string): Promise<View> {
    const [opened, list] = await Promise.all([this.cases.open(visit, id), this.handOver.ofCase(visit, id)]);
    const names = await this.directory.names(visit, list.items.flatMap(staffOf));
    return show({
      record: opened.record,
      heading: headingOf(opened),
      navigationOfCase: subNavigationOf(id, 'hand-over'),
      may: list.may,
      referrals: list.items.map((r) => ({ ...r, to: recipientOf(r, names) })),
    });
  }
}
