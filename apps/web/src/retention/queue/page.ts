import { retentionViews } from '@concordat/contracts';
import { Get, Query } from '@nestjs/common';
import { Directory } from '../../apis/directory';
import { Retention } from '../../apis/retention';
import { formOf } from '../../design/form';
import { Page, show, type View } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';
import { told } from '../told';

const VIEWS: Readonly<Record<(typeof retentionViews)[number], string>> = {
  due: 'Time is up',
  soon: 'Time is up soon',
  proposed: 'Erasure proposed',
  confirmed: 'Being erased',
  held: 'On hold or under a moratorium',
  all: 'All cases',
};

/** The review queue: cases by when their time is up, for those who govern how long they are kept. */
@Page({ at: 'retention', folder: 'retention/queue', may: 'retention.list', states: ['filled', 'empty', 'auditor'] })
export class RetentionQueuePage {
  constructor(
    private readonly retention: Retention,
    private readonly directory: Directory,
  ) {}

  @Get()
  async show(@Visiting() visit: Visit, @Query() query: Record<string, unknown>): Promise<View> {
    const given = (name: string): string | undefined => {
      const value = query[name];
      return typeof value === 'string' && value.trim() !== '' ? value.trim().slice(0, 300) : undefined;
    };
    const reference = given('reference')?.slice(0, 60);
    const view = retentionViews.find((v) => v === given('view')) ?? (reference ? 'all' : 'due');
    const cursor = given('cursor');
    const [list, rules] = await Promise.all([
      this.retention.list(visit, { view, ...(reference ? { reference } : {}), ...(cursor ? { cursor } : {}) }),
      this.retention.rules(visit),
    ]);
    const names = await this.directory.names(visit);
    const href = (to: string): string =>
      `/retention?${new URLSearchParams({ view, ...(reference ? { reference } : {}), cursor: to }).toString()}`;
    return show({
      form: formOf({ values: { view, reference: reference ?? '' } }),
      views: Object.entries(VIEWS).map(([value, text]) => ({ value, text })),
      viewTitle: VIEWS[view],
      count: list.count,
      items: list.items.map((k) => told(k, names, rules)),
      previous: list.previous && href(list.previous),
      next: list.next && href(list.next),
      flash: query['done'] === 'confirmed' ? { text: 'The case is being erased. This cannot be undone' } : null,
    });
  }
}
