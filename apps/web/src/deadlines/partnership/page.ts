import { Get } from '@nestjs/common';
import { Directory } from '../../apis/directory';
import { Notifications } from '../../apis/notifications';
import { Page, show, type View } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';
import { KINDS } from '../words';

/** How much is due and late, by agency and kind: numbers, for those who lead the partnership. */
@Page({ at: 'deadlines/partnership', folder: 'deadlines/partnership', may: 'deadline.oversee', states: ['filled'] })
export class PartnershipDeadlinesPage {
  constructor(
    private readonly notifications: Notifications,
    private readonly directory: Directory,
  ) {}

  @Get()
  async show(@Visiting() visit: Visit): Promise<View> {
    const [items, names] = await Promise.all([this.notifications.overview(visit), this.directory.names(visit)]);
    return show({
      items: items
        .map((d) => ({ ...d, org: names.organisation(d.orgId), what: KINDS[d.kind] }))
        .sort((a, b) => a.org.localeCompare(b.org) || a.what.localeCompare(b.what)),
      // The board sees how much is due, and nothing of what it is.
      back: visit.may('deadline.list')
        ? { text: 'Back to deadlines', href: '/deadlines' }
        : { text: 'Back to home', href: '/' },
    });
  }
}
