import { Get, Query } from '@nestjs/common';
import { Agreements } from '../../apis/agreements';
import { Directory } from '../../apis/directory';
import { formOf } from '../../design/form';
import { Page, show, type View } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';
import { today } from '../../design/civil-date';
import { standing, statuses } from '../words';

/** The register: agreements that one's organisation owns or is party to. */
@Page({ at: 'agreements', folder: 'agreements/list', may: 'agreement.list', states: ['filled', 'empty'] })
export class AgreementsPage {
  constructor(
    private readonly agreements: Agreements,
    private readonly directory: Directory,
  ) {}

  @Get()
  async show(
    @Visiting() visit: Visit,
    @Query('status') asked?: string,
    @Query('cursor') cursor?: string,
    @Query('done') done?: string,
  ): Promise<View> {
    const status = statuses.find((s) => s.value === asked)?.value;
    const list = await this.agreements.list(visit, { ...(status ? { status } : {}), ...(cursor ? { cursor } : {}) });
    const names = await this.directory.names(visit);
    const at = (to: string | null) =>
      to && `/agreements?${status ? `status=${status}&` : ''}cursor=${encodeURIComponent(to)}`;
    return show({
      items: list.items.map((a) => ({
        ...a,
        state: standing(a, today()),
        owner: names.organisation(a.ownerOrg),
        partyNames: a.parties.map((p) => names.organisation(p)),
      })),
      form: formOf({ values: { status: status ?? '' } }),
      ...{ statuses, may: list.may, previous: at(list.previous), next: at(list.next) },
      decides: visit.may('disclosure.decide'),
      ...(done === 'discarded' ? { flash: { text: 'The draft is deleted' } } : {}),
    });
  }
}
