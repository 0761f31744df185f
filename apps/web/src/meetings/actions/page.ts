import { Get } from '@nestjs/common';
import { Conferences } from '../../apis/conferences';
import { Directory } from '../../apis/directory';
import { Page, show, type View } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';
import { actionShown } from '../words';

/** As many open ones as risk tells at once. */
const TOLD = 200;

/** Actions that meetings gave to one's agency: what is open first, the longest due before the others. */
@Page({
  at: 'conference-actions',
  folder: 'meetings/actions',
  may: 'conference-action.list',
  states: ['filled', 'empty'],
})
export class ConferenceActionsPage {
  constructor(
    private readonly conferences: Conferences,
    private readonly directory: Directory,
  ) {}

  @Get()
  async show(@Visiting() visit: Visit): Promise<View> {
    const [all, names] = await Promise.all([this.conferences.actions(visit), this.directory.names(visit)]);
    const shown = all.map((action) => actionShown(action, names));
    const open = shown.filter((action) => !action.ended);
    return show({
      ...{ open, cut: open.length >= TOLD },
      ended: shown.filter((action) => action.ended),
      back: { text: 'Back to meetings', href: '/forums' },
    });
  }
}
