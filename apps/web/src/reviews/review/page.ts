import { Id } from '@concordat/platform';
import { Get, Query } from '@nestjs/common';
import { Directory } from '../../apis/directory';
import { Recommendations } from '../../apis/recommendations';
import { Reviews } from '../../apis/reviews';
import { Page, show, type View } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';
import { shownAnswers } from '../answer-words';
import { mendsOf } from '../mending';
import { RECORDED } from './done';
import { shownLeaving } from './leaving';
import { shownRecommendations, shownReview } from './shown';

/** One review: how it stands, what its clocks say, what was decided and what comes next. */
@Page({
  at: 'reviews/:id',
  folder: 'reviews/review',
  may: 'review.view',
  states: [
    'new',
    'paused-and-overdue',
    'each-partner',
    'named',
    'with-panel',
    'with-ledger',
    'with-letter',
    'with-appeal',
  ],
})
export class ReviewPage {
  constructor(
    private readonly reviews: Reviews,
    private readonly directory: Directory,
    private readonly recommendations: Recommendations,
  ) {}

  @Get()
  async show(@Visiting() visit: Visit, @Id() id: string, @Query('done') done?: string): Promise<View> {
    const view = await this.reviews.view(visit, id);
    const recommendations = await this.recommendations.ofReview(visit, id);
    const { document, history, members, decisions, ways } = view;
    const { panel = [], meetings = [], terms = [] } = document;
    const recorded = [
      document.notices,
      document.confirmations,
      document.pauses,
      document.facts,
      history,
      decisions,
      meetings,
      terms,
      document.publications ?? [],
      document.kindTests ?? [],
      view.appeals.flatMap(({ decision }) => decision ?? []),
      ...view.managementReviews.map(({ steps }) => steps),
    ];
    const people = [...recorded.flat().map(({ by }) => by), ...[...members, ...panel].map((m) => m.userId)];
    const names = await this.directory.names(visit, [...new Set(people)]);
    return show({
      ...shownReview(view, names),
      ...shownLeaving(view, names),
      ...shownAnswers(view, names),
      recommendations: shownRecommendations(recommendations, names),
      ways: ways.map((way) => ({ ...way, missing: mendsOf(view, way.missing), usual: way.to === view.next })),
      back: { text: 'Back to reviews', href: '/reviews' },
      ...(done && Object.hasOwn(RECORDED, done) ? { flash: { text: RECORDED[done] } } : {}),
    });
  }
}
