import { Get, Query } from '@nestjs/common';
import { Referrals } from '../../apis/referrals';
import { Page, show, type View } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';

@Page({ at: 'referrals/drafts', folder: 'referrals/drafts', may: 'referral.draft', states: ['empty', 'some'] })
export class DraftsPage {
  constructor(private readonly referrals: Referrals) {}

  @Get()
  async show(@Visiting() visit: Visit, @Query('cursor') cursor?: string): Promise<View> {
    const [drafts, titles] = await Promise.all([
      this.referrals.drafts(visit, { cursor }),
      this.referrals.pathwayTitles(visit),
    ]);
    const at = (to: string | null): string | null => (to ? `/referrals/drafts?cursor=${encodeURIComponent(to)}` : null);
    return show({
      drafts: drafts.items.map((d) => ({ ...d, pathwayTitle: d.pathway ? titles(d.pathway) : 'Not chosen yet' })),
      previous: at(drafts.previous),
      next: at(drafts.next),
      back: { href: '/' },
    });
  }
}
