import { Id, type FieldProblem } from '@concordat/platform';
import { Get, Post, Query } from '@nestjs/common';
import { Directory } from '../../apis/directory';
import { ForumStatistics, type Statistics, type TwelveMonths } from '../../apis/forum-statistics';
import { formAgain, formOf, type Form } from '../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';
import { caseBars } from '../bars';
import { figureSections, quarterAsked, quarterChoices, quarterText, STATES } from '../figures';
import { tried } from '../sent-on';

/** The return of a forum for whoever leads it: twelve months beside the twelve before. A financial year is published from here. */
@Page({
  at: 'forums/:id/statistics',
  folder: 'meetings/statistics',
  may: 'forum-statistics.view',
  states: ['year', 'missing', 'error'],
})
export class ForumStatisticsPage {
  constructor(
    private readonly statistics: ForumStatistics,
    private readonly directory: Directory,
  ) {}

  @Get()
  show(@Visiting() visit: Visit, @Id() id: string, @Query('to') to?: string): Promise<View> {
    return this.page(visit, id, quarterAsked(to));
  }

  @Post()
  async send(
    @Visiting() visit: Visit,
    @Id() id: string,
    @Sent() sent: Submitted,
    @Query('to') to?: string,
  ): Promise<View | Redirect> {
    const year = Number(sent.text('year'));
    const problems: readonly FieldProblem[] | null = await tried(() =>
      this.statistics.publish(visit, id, year, sent.key),
    );
    if (!problems) return redirect(`/forums/${id}/published-figures?done=published`);
    return this.page(visit, id, quarterAsked(to), formAgain(sent, problems, { fieldOf: () => 'form' }), 422);
  }

  private async page(visit: Visit, id: string, to?: string, form?: Form, status = 200): Promise<View> {
    const [view, names] = await Promise.all([this.statistics.figures(visit, id, to), this.directory.names(visit)]);
    const query = `?to=${view.to}`;
    return show(
      {
        ...{ view, sections: figureSections(view, names), quarters: quarterRows(view.now) },
        ...{ chart: chartOf(view.now), chartBefore: chartOf(view.before) },
        form: form ?? formOf({ values: { to: view.to } }),
        choices: quarterChoices(view.last),
        ...{ until: quarterText(view.to), removed: removedIn(view) },
        ...{ csvHref: `/forums/${id}/statistics.csv${query}`, casesHref: `/forums/${id}/statistics/cases${query}` },
        back: { text: `Back to ${view.forum.title}`, href: `/forums/${id}` },
      },
      status,
    );
  }
}

/** Whether the whole forum counts for nothing, because two quarters in a row are missing. */
const removedIn = ({ now, before }: Statistics) => ({ now: now.total === null, before: before.total === null });

const quarterRows = ({ quarters }: TwelveMonths) =>
  quarters.map(({ quarter, state, tally }) => ({
    ...{ text: quarterText(quarter), state: STATES[state] },
    values: [tally.cases, tally.repeats, tally.children],
  }));

const chartOf = ({ quarters }: TwelveMonths) =>
  caseBars(
    quarters.map(({ quarter, tally: { cases, repeats } }) => ({
      ...{ text: quarterText(quarter), cases, repeats, label: `${cases}, ${repeats} repeats` },
    })),
  );
