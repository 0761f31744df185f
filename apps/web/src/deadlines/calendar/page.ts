import { deadlineScopes } from '@concordat/contracts';
import { Get, Query } from '@nestjs/common';
import { Directory } from '../../apis/directory';
import { Notifications } from '../../apis/notifications';
import { today } from '../../design/civil-date';
import { Page, show, type View } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';
import { monthAsked, monthOf } from '../month';
import { KINDS, placeOf, SCOPES } from '../words';

/** What is due in a month, as a table of weeks: for the keyboard, for a screen reader and without a script. */
@Page({ at: 'deadlines/calendar', folder: 'deadlines/calendar', may: 'deadline.list', states: ['filled', 'empty'] })
export class DeadlineCalendarPage {
  constructor(
    private readonly notifications: Notifications,
    private readonly directory: Directory,
  ) {}

  @Get()
  async show(@Visiting() visit: Visit, @Query('whose') who?: string, @Query('month') asked?: string): Promise<View> {
    const whose = deadlineScopes.find((each) => each === who) ?? 'mine';
    const month = monthAsked(asked, today());
    const { items, more } = await this.notifications.month(visit, { whose, month });
    const names = await this.directory.names(
      visit,
      items.map((d) => d.ownerId),
    );
    const shown = items.map((d) => ({
      ...d,
      what: KINDS[d.kind],
      href: placeOf(d),
      owner: d.ownerId && names.person(d.ownerId),
    }));
    const laidOut = monthOf(month, shown, (d) => today(new Date(d.dueAt)));
    const at = (of: string, scope: string = whose) => `/deadlines/calendar?whose=${scope}&month=${of}`;
    return show({
      ...{ whose, more, empty: items.length === 0, calendar: laidOut, today: today() },
      heading: SCOPES.find((s) => s.value === whose)!.title,
      scopes: SCOPES.map((s) => ({ ...s, href: at(month, s.value), current: s.value === whose })),
      ...{ previous: at(laidOut.previous), next: at(laidOut.next) },
      back: { text: 'Back to the list', href: `/deadlines?whose=${whose}` },
    });
  }
}
