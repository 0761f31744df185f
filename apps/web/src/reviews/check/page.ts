import { Id } from '@concordat/platform';
import { Get } from '@nestjs/common';
import { Oversight } from '../../apis/oversight';
import { Page, show, type View } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';
import { RESULTS } from '../check-words';

/** Auditors' checks of one review, each with what it rests on. */
@Page({ at: 'reviews/checks/:id', folder: 'reviews/check', may: 'review.audit', states: ['filled'] })
export class CheckPage {
  constructor(private readonly oversight: Oversight) {}

  @Get()
  async show(@Visiting() visit: Visit, @Id() id: string): Promise<View> {
    const review = await this.oversight.checksOf(visit, id);
    return show({
      review,
      checks: review.checks.map((check) => ({ ...check, result: RESULTS[check.result] })),
      mayOpen: visit.may('review.view'),
      mayTrail: visit.may('trail.read'),
      back: { text: 'Back to checks of reviews', href: '/reviews/checks' },
    });
  }
}
