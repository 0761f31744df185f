import { Id } from '@concordat/platform';
import { Get } from '@nestjs/common';
import { Reviews } from '../../apis/reviews';
import { Page, show, type View } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';

/** A letter to whoever applied, as it is printed. The file says the same. */
@Page({
  at: 'reviews/:id/letters/:letterId',
  folder: 'asb/letter',
  may: 'review.view-letter',
  states: ['not-released', 'sent'],
})
export class LetterPage {
  constructor(private readonly reviews: Reviews) {}

  @Get()
  async show(@Visiting() visit: Visit, @Id() id: string, @Id('letterId') letterId: string): Promise<View> {
    const letter = await this.reviews.letter(visit, id, letterId);
    return show({
      ...{ letter, reviewId: id, printedAt: new Date().toISOString() },
      back: { text: 'Back to the review', href: `/reviews/${id}#answers` },
    });
  }
}
