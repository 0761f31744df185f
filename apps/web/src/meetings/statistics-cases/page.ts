import { Id } from '@concordat/platform';
import { Get, Query } from '@nestjs/common';
import { Directory } from '../../apis/directory';
import { ForumStatistics } from '../../apis/forum-statistics';
import { Page, show, type View } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';
import { quarterAsked } from '../figures';

/** The cases behind the figures, as far as the reader may see them: with those that they may not, they are as many as the figures say. */
@Page({
  at: 'forums/:id/statistics/cases',
  folder: 'meetings/statistics-cases',
  may: 'forum-statistics.view',
  states: ['filled'],
})
export class CountedCasesPage {
  constructor(
    private readonly statistics: ForumStatistics,
    private readonly directory: Directory,
  ) {}

  @Get()
  async show(@Visiting() visit: Visit, @Id() id: string, @Query('to') to?: string): Promise<View> {
    const [view, names] = await Promise.all([
      this.statistics.cases(visit, id, quarterAsked(to)),
      this.directory.names(visit),
    ]);
    const { items, hidden } = view;
    return show({
      ...{ view, all: items.length + hidden, repeats: items.filter((item) => item.repeat).length },
      children: items.reduce((sum, item) => sum + item.children, 0),
      items: items.map((item, index) => ({
        ...item,
        by: names.organisation(item.orgId),
        number: items.slice(0, index + 1).filter(({ meetingId }) => meetingId === item.meetingId).length,
      })),
      back: { text: 'Back to the figures', href: `/forums/${id}/statistics?to=${view.to}` },
    });
  }
}
