import { Get, Param } from '@nestjs/common';
import { PublishedAgreements } from '../../apis/published-agreements';
import { Page, show, type View } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';
import { HASH_NOTE } from '../paper';
import { publicPaper } from '../public-paper';

/** One agreement in force, for anybody. */
@Page({
  at: 'published-agreements/:code',
  folder: 'agreements/published-agreement',
  may: 'anyone',
  states: ['shown'],
})
export class PublishedAgreementPage {
  constructor(private readonly published: PublishedAgreements) {}

  @Get()
  async show(@Visiting() visit: Visit, @Param('code') code: string): Promise<View> {
    const agreement = await this.published.view(visit, code);
    return show({
      paper: { ...publicPaper(agreement), hashNote: HASH_NOTE },
      code,
      back: { text: 'Back to agreements in force', href: '/published-agreements' },
    });
  }
}
