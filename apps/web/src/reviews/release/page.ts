import { Id } from '@concordat/platform';
import { Post } from '@nestjs/common';
import { Reviews } from '../../apis/reviews';
import { Page, redirect, type Redirect } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';

/** Takes somebody off those who may see a review. */
@Page({
  at: 'reviews/:id/members/:userId/release',
  folder: 'reviews/release',
  may: 'review.release-member',
  states: [],
})
export class ReleaseMemberPage {
  constructor(private readonly reviews: Reviews) {}

  @Post()
  async send(
    @Visiting() visit: Visit,
    @Id() id: string,
    @Id('userId') userId: string,
    @Sent() sent: Submitted,
  ): Promise<Redirect> {
    await this.reviews.releaseMember(visit, id, userId, sent.version);
    return redirect(`/reviews/${id}?done=released`);
  }
}
