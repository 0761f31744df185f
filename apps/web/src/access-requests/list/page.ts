import { accessRequestStates } from '@concordat/contracts';
import { Get, Query } from '@nestjs/common';
import { AccessRequests } from '../../apis/access-requests';
import { Directory } from '../../apis/directory';
import { formOf } from '../../design/form';
import { Page, show, type View } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';
import { told } from '../told';

/** Requests for what is held about somebody, the newest first, with by when each is answered. */
@Page({
  at: 'access-requests',
  folder: 'access-requests/list',
  may: 'access-request.list',
  states: ['filled', 'empty'],
})
export class AccessRequestsPage {
  constructor(
    private readonly requests: AccessRequests,
    private readonly directory: Directory,
  ) {}

  @Get()
  async show(@Visiting() visit: Visit, @Query() query: Record<string, unknown>): Promise<View> {
    const state = accessRequestStates.find((s) => s === query['state']);
    const cursor = typeof query['cursor'] === 'string' ? query['cursor'].slice(0, 300) : undefined;
    const [list, names] = await Promise.all([
      this.requests.list(visit, { ...(state ? { state } : {}), ...(cursor ? { cursor } : {}) }),
      this.directory.names(visit),
    ]);
    const href = (to: string): string =>
      `/access-requests?${new URLSearchParams({ ...(state ? { state } : {}), cursor: to }).toString()}`;
    return show({
      form: formOf({ values: { state: state ?? '' } }),
      states: [
        { value: 'open', text: 'Open' },
        { value: 'prepared', text: 'To be released' },
        { value: 'released', text: 'Released' },
        { value: 'closed', text: 'Closed' },
      ],
      count: list.count,
      items: list.items.map((r) => told(r, names)),
      previous: list.previous && href(list.previous),
      next: list.next && href(list.next),
    });
  }
}
