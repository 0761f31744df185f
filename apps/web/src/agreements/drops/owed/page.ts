import { Get, Query } from '@nestjs/common';
import { Directory } from '../../../apis/directory';
import { Drops, type OwedSetOf } from '../../../apis/drops';
import { formOf } from '../../../design/form';
import { Page, show, type View } from '../../../design/page';
import { Visiting, type Visit } from '../../../session/visit';
import { quarterInWords } from '../words';

const STATES: Readonly<Record<OwedSetOf['state'], { text: string; colour: string }>> = {
  sent: { text: 'Sent in time', colour: 'green' },
  late: { text: 'Sent late', colour: 'yellow' },
  refused: { text: 'Refused, and not sent since', colour: 'red' },
  due: { text: 'Not sent yet', colour: 'blue' },
  missing: { text: 'Missing', colour: 'red' },
};

/** What was due for a quarter under section 17A: by whom, and whether it came. */
@Page({ at: 'agreements/drops/owed', folder: 'agreements/drops/owed', may: 'drop.list', states: ['filled'] })
export class OwedDropsPage {
  constructor(
    private readonly drops: Drops,
    private readonly directory: Directory,
  ) {}

  @Get()
  async show(@Visiting() visit: Visit, @Query('quarter') asked?: string): Promise<View> {
    const quarter = typeof asked === 'string' && /^20\d\d-(01|04|07|10)-01$/.test(asked) ? asked : undefined;
    const [owed, names] = await Promise.all([this.drops.owed(visit, quarter), this.directory.names(visit)]);
    const count = (...states: OwedSetOf['state'][]) => owed.items.filter(({ state }) => states.includes(state)).length;
    return show({
      ...{ period: quarterInWords(owed.quarter), dueOn: owed.dueOn, due: owed.items.length },
      ...{ sent: count('sent', 'late'), late: count('late'), missing: count('missing', 'refused') },
      items: owed.items.map((item) => ({
        ...{ title: item.title, sender: names.organisation(item.orgId), on: item.on, tag: STATES[item.state] },
      })),
      form: formOf({ values: { quarter: owed.quarter } }),
      quarters: owed.quarters.map((value) => ({ value, text: quarterInWords(value) })),
      back: { text: 'Back to depersonalised sets', href: '/agreements/drops' },
    });
  }
}
