import { Get, Query } from '@nestjs/common';
import { Directory } from '../../../apis/directory';
import { Drops } from '../../../apis/drops';
import { formOf } from '../../../design/form';
import { Page, show, type View } from '../../../design/page';
import { Visiting, type Visit } from '../../../session/visit';
import { findingInWords, quarterInWords } from '../words';

/** Files of depersonalised sets that were checked, of every organisation. */
@Page({ at: 'agreements/drops', folder: 'agreements/drops/list', may: 'drop.list', states: ['filled', 'empty'] })
export class DropsPage {
  constructor(
    private readonly drops: Drops,
    private readonly directory: Directory,
  ) {}

  @Get()
  async show(
    @Visiting() visit: Visit,
    @Query('set') asked?: string,
    @Query('cursor') cursor?: string,
    @Query('done') done?: string,
  ): Promise<View> {
    const sets = await this.drops.sets(visit);
    const set = sets.find(({ code }) => code === asked)?.code;
    const list = await this.drops.list(visit, { ...(set ? { set } : {}), ...(cursor ? { cursor } : {}) });
    const names = await this.directory.names(
      visit,
      list.items.map((d) => d.receivedBy),
    );
    const at = (to: string | null) =>
      to && `/agreements/drops?${set ? `set=${set}&` : ''}cursor=${encodeURIComponent(to)}`;
    return show({
      items: list.items.map((drop) => ({
        ...drop,
        title: sets.find(({ code }) => code === drop.set)?.title ?? drop.set,
        period: quarterInWords(drop.quarter),
        sender: names.organisation(drop.senderOrg),
        who: names.person(drop.receivedBy),
        findings: Object.entries(drop.counts).map(([code, count]) => ({ text: findingInWords(code), count })),
      })),
      form: formOf({ values: { set: set ?? '' } }),
      sets: sets.map(({ code, title }) => ({ value: code, text: title })),
      ...{ may: list.may, previous: at(list.previous), next: at(list.next) },
      back: { text: 'Back to agreements', href: '/agreements' },
      ...(done === 'accepted' ? { flash: { text: 'Nothing was found in the file. It may be shared' } } : {}),
    });
  }
}
