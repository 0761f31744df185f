import { Get, Query } from '@nestjs/common';
import { Directory } from '../../apis/directory';
import { Recommendations, type Tracked } from '../../apis/recommendations';
import { formOf } from '../../design/form';
import { Page, show, type View } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';
import { LEVELS, levelChoices, RESPONSES, sourceChoices, stateChoices, STATES } from '../recommendation-words';
import { readTracked, trackerHref } from '../tracked';
import { chartOf } from './chart';

const ONLY = [
  { value: 'overdue', text: 'Overdue' },
  { value: 'mine', text: 'Led by me' },
  { value: 'repeat', text: 'Repeats an earlier one' },
  { value: 'unanswered', text: 'Not answered yet' },
  { value: 'to-answer', text: 'For my agency to answer' },
];

/** Recommendations and actions across all reviews that one may see, and those that one leads. */
@Page({
  at: 'reviews/recommendations',
  folder: 'reviews/tracker',
  may: 'recommendation.list',
  states: ['filled', 'empty'],
})
export class TrackerPage {
  constructor(
    private readonly recommendations: Recommendations,
    private readonly directory: Directory,
  ) {}

  @Get()
  async show(@Visiting() visit: Visit, @Query() given: Record<string, unknown>): Promise<View> {
    const query = readTracked(given);
    const { cursor: _, ...whole } = query;
    const [tracker, organisations] = await Promise.all([
      this.recommendations.track(visit, query),
      this.directory.organisations(visit),
    ]);
    const names = await this.directory.names(
      visit,
      tracker.items.map(({ action }) => action?.leadId),
    );
    const line = (item: Tracked) => ({
      ...{ id: item.id, name: `${item.reference} R${item.number}`, kind: tracker.kinds[item.kindCode] },
      ...{ text: item.text, theme: item.theme, level: LEVELS[item.level], repeats: item.repeats },
      owner: item.department ?? names.organisation(item.ownerOrg),
      response: item.response ? RESPONSES[item.response] : 'Not answered yet',
      action: item.action && {
        ...{ ...item.action, state: STATES[item.action.state], name: `R${item.number}.${item.action.number}` },
        lead: `${names.person(item.action.leadId)}, ${names.organisation(item.action.leadOrg)}`,
      },
    });
    const at = (cursor: string | null) => cursor && trackerHref({ ...whole, cursor });
    return show({
      ...{ items: tracker.items.map(line), chart: chartOf(tracker.figures), filtered: Object.keys(whole).length > 0 },
      form: formOf({ values: whole as Record<string, string> }),
      ...{ levels: levelChoices, sources: sourceChoices, states: stateChoices, only: ONLY },
      kinds: Object.entries(tracker.kinds).map(([value, text]) => ({ value, text })),
      agencies: organisations.map(({ id, name }) => ({ value: id, text: name })),
      themes: tracker.themes.map((theme) => ({ value: theme, text: theme })),
      csvHref: trackerHref(whole, '/reviews/recommendations.csv'),
      ...{ previous: at(tracker.previous), next: at(tracker.next) },
      back: { text: 'Back to reviews', href: '/reviews' },
    });
  }
}
