import { Get } from '@nestjs/common';
import { PublishedAgreements } from '../../apis/published-agreements';
import { Page, show, type View } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';

/** Agreements in force, for anybody. */
@Page({
  at: 'published-agreements',
  folder: 'agreements/published',
  may: 'anyone',
  states: ['filled', 'empty'],
})
export class PublishedAgreementsPage {
  constructor(private readonly published: PublishedAgreements) {}

  @Get()
  async show(@Visiting() visit: Visit): Promise<View> {
    return show({ items: await this.published.list(visit) });
  }
}
