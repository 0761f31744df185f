import { csvLine } from '@concordat/platform';
import { Get, Query } from '@nestjs/common';
import { Directory } from '../../apis/directory';
import { Notifications, type Asked } from '../../apis/notifications';
import { begun } from '../../design/csv';
import { download, Page, type Download } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';
import { askedIn } from '../asked';
import { KINDS, stateInWords } from '../words';

/** What the list has, for a spreadsheet: as much of it as its reader may see, whichever page they were on. */
@Page({ at: 'deadlines/csv', folder: 'deadlines/csv', may: 'deadline.list', states: [] })
export class DeadlinesCsvPage {
  constructor(
    private readonly notifications: Notifications,
    private readonly directory: Directory,
  ) {}

  @Get()
  async give(@Visiting() visit: Visit, @Query() query: Record<string, unknown>): Promise<Download> {
    const { cursor: _, ...asked } = askedIn(query);
    return download(await begun(this.lines(visit, asked)), 'deadlines.csv');
  }

  private async *lines(visit: Visit, asked: Asked): AsyncGenerator<string> {
    let next: string | null = null;
    let first = true;
    do {
      const page: Awaited<ReturnType<Notifications['deadlines']>> = await this.notifications.deadlines(visit, {
        ...asked,
        ...(next ? { cursor: next } : {}),
      });
      const names = await this.directory.names(
        visit,
        page.items.flatMap((d) => [d.ownerId, d.acknowledgedBy]),
      );
      const rows = page.items.map((d) => [
        ...[KINDS[d.kind], d.dueAt, stateInWords(d), names.organisation(d.orgId)],
        ...[d.ownerId ? names.person(d.ownerId) : '', d.acknowledgedBy ? names.person(d.acknowledgedBy) : ''],
      ]);
      const head = first ? [['What', 'Due', 'State', 'Agency', 'Owner', 'Seen to by']] : [];
      first = false;
      yield [...head, ...rows].map(csvLine).join('');
      next = page.next;
    } while (next !== null);
  }
}
