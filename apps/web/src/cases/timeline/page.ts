import { Id } from '@concordat/platform';
import { Get, Query } from '@nestjs/common';
import { Directory } from '../../apis/directory';
import { Records } from '../../apis/records';
import { Page, show, type View } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';
import { Cases, headingOf, subNavigationOf, timelineOf } from '../opened';

/** Everything that happened in a case, newest first, a page at a time. */
@Page({ at: 'cases/:id/timeline', folder: 'cases/timeline', may: 'case.view', states: ['filled'] })
export class TimelinePage {
  constructor(
    private readonly cases: Cases,
    private readonly records: Records,
    private readonly directory: Directory,
  ) {}

  @Get()
  async show(@Visiting() visit: Visit, @Id() id: string, @Query('cursor') cursor?: string): Promise<View> {
    const [opened, page] = await Promise.all([this.cases.open(visit, id), this.records.timeline(visit, id, cursor)]);
    const names = await this.directory.names(
      visit,
      page.items.map((entry) => entry.by),
    );
    return show({
      record: opened.record,
      accessLog: visit.may('case.view-access-log'),
      heading: headingOf(opened),
      navigationOfCase: subNavigationOf(id, 'timeline'),
      entries: timelineOf(page.items, names),
      first: cursor ? `/cases/${id}/timeline` : null,
      next: page.next && `/cases/${id}/timeline?cursor=${encodeURIComponent(page.next)}`,
    });
  }
}
