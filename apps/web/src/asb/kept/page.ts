import { Get, Query } from '@nestjs/common';
import { AsbApplications } from '../../apis/asb-applications';
import { Page, show, type View } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';
import { periodIn } from '../words';

/** Settled applications, and until when what was sent in each is kept. */
@Page({
  at: 'reviews/asb-applications/kept',
  folder: 'asb/kept',
  may: 'asb-application.list-kept',
  states: ['empty', 'filled'],
})
export class KeptApplicationsPage {
  constructor(private readonly applications: AsbApplications) {}

  @Get()
  async show(@Visiting() visit: Visit, @Query('cursor') cursor?: string, @Query('done') done?: string): Promise<View> {
    const { items, rule, previous, next } = await this.applications.kept(visit, cursor ? { cursor } : {});
    const at = (to: string | null) => to && `/reviews/asb-applications/kept?cursor=${encodeURIComponent(to)}`;
    return show({
      ...{ items, previous: at(previous), next: at(next) },
      rule: rule && { ...rule, setAside: periodIn(rule.setAside), closed: periodIn(rule.closed) },
      back: { text: 'Back to applications', href: '/reviews/asb-applications' },
      ...(done === 'erased' ? { flash: { text: 'What was sent in it is erased' } } : {}),
    });
  }
}
