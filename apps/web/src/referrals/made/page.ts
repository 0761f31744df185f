import { Get, Query } from '@nestjs/common';
import { referralStatuses } from '@concordat/contracts';
import { Directory } from '../../apis/directory';
import { Referrals } from '../../apis/referrals';
import { formOf } from '../../design/form';
import { Page, show, type View } from '../../design/page';
import { choicesOf } from '../../design/words';
import { Visiting, type Visit } from '../../session/visit';

interface Asked {
  readonly status?: string;
  readonly cursor?: string;
}

/** Referrals that the reader's organisation made. */
@Page({ at: 'referrals/made', folder: 'referrals/made', may: 'referral.list', states: ['empty', 'some', 'filtered'] })
export class MadePage {
  constructor(
    private readonly referrals: Referrals,
    private readonly directory: Directory,
  ) {}

  @Get()
  async show(@Visiting() visit: Visit, @Query() { status, cursor }: Asked): Promise<View> {
    const listing = {
      side: 'made' as const,
      sort: '-received',
      ...(status ? { status } : {}),
      ...(cursor ? { cursor } : {}),
    };
    const [list, titles, names] = await Promise.all([
      this.referrals.list(visit, listing),
      this.referrals.pathwayTitles(visit),
      this.directory.names(visit),
    ]);
    const at = (to: string | null): string | null =>
      to ? `/referrals/made?${new URLSearchParams({ ...(status ? { status } : {}), cursor: to }).toString()}` : null;
    return show({
      form: formOf({ values: status ? { status } : {} }),
      statuses: choicesOf(referralStatuses.filter((s) => s !== 'draft' && s !== 'discarded')),
      count: list.count,
      referrals: list.items.map((r) => ({
        ...r,
        pathwayTitle: titles(r.pathway),
        receivedBy: names.organisation(r.receivingOrg),
      })),
      previous: at(list.previous),
      next: at(list.next),
    });
  }
}
