import { Id } from '@concordat/platform';
import { Get } from '@nestjs/common';
import { Insight } from '../../apis/insight';
import { Page, show, type View } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';

/** One pack: how far it has come, and its file for as long as it is kept. */
@Page({
  at: 'insight/packs/:id',
  folder: 'insight/pack',
  may: 'quarterly-pack.view',
  states: ['running', 'done', 'ended'],
})
export class PackPage {
  constructor(private readonly insight: Insight) {}

  @Get()
  async show(@Visiting() visit: Visit, @Id() id: string): Promise<View> {
    return show({
      pack: await this.insight.pack(visit, id),
      back: { text: 'Back to packs', href: '/insight/packs' },
    });
  }
}
