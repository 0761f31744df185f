import { Get } from '@nestjs/common';
import { Reviews } from '../../apis/reviews';
import { Page, show, type View } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';
import { FORCES } from '../words';

/** Kinds of reviews that the packs in force define. */
@Page({ at: 'reviews/kinds', folder: 'reviews/kinds', may: 'review-kind.view', states: ['filled'] })
export class KindsPage {
  constructor(private readonly reviews: Reviews) {}

  @Get()
  async show(@Visiting() visit: Visit): Promise<View> {
    const kinds = await this.reviews.kinds(visit);
    return show({
      checks: visit.may('pack.view'),
      items: kinds.map((kind) => ({ ...kind, decided: `${kind.decider.who} (${FORCES[kind.decider.force].text})` })),
    });
  }
}
