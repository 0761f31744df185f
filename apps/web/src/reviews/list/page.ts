import { Get, Query } from '@nestjs/common';
import { Reviews } from '../../apis/reviews';
import { Page, show, type View } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';
import { boardLine } from '../on-board';

/** Every review that one may see, the last changed first, with what to do next and what stands in the way. */
@Page({ at: 'reviews', folder: 'reviews/list', may: 'review.list', states: ['filled', 'empty'] })
export class ReviewsPage {
  constructor(private readonly reviews: Reviews) {}

  @Get()
  async show(@Visiting() visit: Visit, @Query('cursor') cursor?: string): Promise<View> {
    const list = await this.reviews.list(visit, cursor ? { cursor } : {});
    const at = (to: string | null) => to && `/reviews?cursor=${encodeURIComponent(to)}`;
    return show({
      items: list.items.map(boardLine),
      ...{ may: list.may, previous: at(list.previous), next: at(list.next), kinds: visit.may('review-kind.view') },
      ...{ checks: visit.may('review.audit'), duties: visit.may('partnership-duty.list') },
    });
  }
}
