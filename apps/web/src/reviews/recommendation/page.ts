import { Id } from '@concordat/platform';
import { Get, Query } from '@nestjs/common';
import { Directory } from '../../apis/directory';
import { Recommendations } from '../../apis/recommendations';
import { Page, show, type View } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';
import { MOVES, RECORDED } from './moves';
import { shownRecommendation } from './shown';

/** One recommendation: how it was answered, what is done about it, and how that was shown. */
@Page({
  at: 'reviews/recommendations/:id',
  folder: 'reviews/recommendation',
  may: 'recommendation.view',
  states: ['proposed', 'with-actions', 'lead'],
})
export class RecommendationPage {
  constructor(
    private readonly recommendations: Recommendations,
    private readonly directory: Directory,
  ) {}

  @Get()
  async show(@Visiting() visit: Visit, @Id() id: string, @Query('done') done?: string): Promise<View> {
    const view = await this.recommendations.view(visit, id);
    const { document, actions, history } = view;
    const said = [
      history,
      document.answers,
      document.central,
      ...actions.flatMap((a) => [a.targets, a.claims, a.checks]),
    ];
    const people = [...said.flat().map(({ by }) => by), ...actions.map((a) => a.leadId)];
    const names = await this.directory.names(visit, [...new Set(people)]);
    return show({
      ...shownRecommendation(view, names),
      moves: MOVES,
      back: { text: 'Back to recommendations', href: '/reviews/recommendations' },
      ...(done && Object.hasOwn(RECORDED, done) ? { flash: { text: RECORDED[done] } } : {}),
    });
  }
}
