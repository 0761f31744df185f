import { Id } from '@concordat/platform';
import { Get } from '@nestjs/common';
import { Page, show, type View } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';
import { ShownMinutes } from '../minuted';

/** The record of what a panel that votes decided about somebody, fit to be printed. */
@Page({
  at: 'agenda-items/:id/decision-record',
  folder: 'meetings/decision-record',
  may: 'meeting.read-minutes',
  states: ['filled'],
})
export class DecisionRecordPage {
  constructor(private readonly minutes: ShownMinutes) {}

  @Get()
  async show(@Visiting() visit: Visit, @Id() id: string): Promise<View> {
    const shown = await this.minutes.decision(visit, id);
    return show({ ...shown, back: { text: 'Back to the minutes', href: `/meetings/${shown.meeting.id}/minutes` } });
  }
}
