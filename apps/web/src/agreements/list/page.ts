import { Get, Query } from '@nestjs/common';
import { Agreements } from '../../apis/agreements';
import { Directory } from '../../apis/directory';
import { formOf } from '../../design/form';
import { Page, show, type View } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';
import { today } from '../../design/civil-date';
import { attentionWords, standing, statuses } from '../words';

/** The register: agreements that one's organisation owns or is party to. */
@Page({ at: 'agreements', folder: 'agreements/list', may: 'agreement.list', states: ['filled', 'empty', 'attention'] })
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
    const [list, attention] = await Promise.all([
      this.agreements.list(visit, { ...(status ? { status } : {}), ...(cursor ? { cursor } : {}) }),
      // What needs attention stands above the whole register, not above a part of it.
      status === undefined && cursor === undefined && visit.may('agreement.advance')
        ? this.agreements.attention(visit)
        : [],
    ]);
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
      attention: attention.map((one) => ({ ...one, ...attentionWords(one) })),
      form: formOf({ values: { status: status ?? '' } }),
      ...{ statuses, may: list.may, previous: at(list.previous), next: at(list.next) },
      decides: visit.may('disclosure.decide'),
      seesAsking: visit.may('known-question.list'),
      seesQuestions: visit.may('question.list'),
      seesEmergencies: visit.may('emergency.list'),
      seesBreaches: visit.may('breach.list'),
      seesGlass: visit.may('glass.list'),
      seesDrops: visit.may('drop.list'),
      ...(done === 'discarded' ? { flash: { text: 'The draft is deleted' } } : {}),
    });
  }
}
