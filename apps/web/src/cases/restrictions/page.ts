import { Id } from '@concordat/platform';
import { Get, Query } from '@nestjs/common';
import { Access } from '../../apis/access';
import { Page, show, type View } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';
import { headingOf, subNavigationOf } from '../opened';
import { RestrictingCases } from '../restricting';

const FLASHES: Readonly<Record<string, string>> = {
  restricted: 'The case is open to the people that you named, and to nobody else',
  changed: 'The restriction has been changed',
  lifted: 'The restriction has been lifted',
};
const DONE = { set: 'Restricted', changed: 'Changed', lifted: 'Lifted' } as const;

/** To whom a case is restricted, why, until when, and everything that was done to that. */
@Page({
  at: 'cases/:id/restrictions',
  folder: 'cases/restrictions',
  may: 'case.view',
  states: ['none', 'restricted', 'lifted'],
})
export class RestrictionsPage {
  constructor(
    private readonly restricting: RestrictingCases,
    private readonly access: Access,
  ) {}

  @Get()
  async show(@Visiting() visit: Visit, @Id() id: string, @Query('done') done?: string): Promise<View> {
    const [opened, { kinds }] = await Promise.all([this.restricting.open(visit, id), this.access.kinds(visit)]);
    const { named, restrictions } = opened;
    const flash = done === undefined ? undefined : FLASHES[done];
    const orgOf = new Map(restrictions.staff.map((s) => [s.userId, s.orgId]));
    return show({
      record: opened.record,
      heading: headingOf(opened),
      navigationOfCase: subNavigationOf(id, 'restrictions'),
      may: restrictions.may,
      items: restrictions.items.map((r) => ({
        ...r,
        title: kinds.find((k) => k.code === r.kind)?.title ?? r.kind,
        on: r.caseId ? 'This case' : 'A person in this case',
        people: r.named.map((n) => `${named.person(n)}, ${named.organisation(orgOf.get(n))}`),
        steps: r.history.map((s) => ({
          title: DONE[s.what],
          by: `${named.person(s.by)}, ${named.organisation(s.orgId)}`,
          at: s.at,
          lines: [s.reason],
        })),
      })),
      flash: flash ? { text: flash } : null,
    });
  }
}
