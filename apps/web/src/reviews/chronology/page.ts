import { Id } from '@concordat/platform';
import { Get, Query } from '@nestjs/common';
import { Directory } from '../../apis/directory';
import { EvidenceApi } from '../../apis/evidence';
import { formOf } from '../../design/form';
import { Page, show, type View } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';
import { readChronology, shownChronology } from '../evidence-words';

const DONE: Readonly<Record<string, string>> = {
  evidence: 'It is given to the review: an agreement permits it, or it leaves no agency',
  taken: 'They are given to the review',
  'correct-entry': 'It is corrected. What it said before stays beside it',
  'same-event': 'They stand together',
  freeze: 'The chronology is frozen as it stands',
};

/** What every agency tells a review, as far as the visitor’s agency may see it now. */
@Page({
  at: 'reviews/:id/chronology',
  folder: 'reviews/chronology',
  may: 'review.view-chronology',
  states: ['empty', 'filled'],
})
export class CombinedChronologyPage {
  constructor(
    private readonly evidence: EvidenceApi,
    private readonly directory: Directory,
  ) {}

  @Get()
  async show(
    @Visiting() visit: Visit,
    @Id() id: string,
    @Query() given: Record<string, unknown>,
    @Query('done') done?: string,
  ): Promise<View> {
    const query = readChronology(given);
    const view = await this.evidence.chronology(visit, id, query);
    const names = await this.directory.names(visit, []);
    const text = (value: string) => ({ value, text: value });
    const chosen = new URLSearchParams(query).toString();
    return show({
      ...shownChronology(view, names),
      ...{ form: formOf({ values: query }), people: view.people.map(text), themes: view.themes.map(text) },
      agencies: view.agencies.map((org) => ({ value: org, text: names.organisation(org) })),
      query: chosen === '' ? '' : `?${chosen}`,
      back: { text: 'Back to the review', href: `/reviews/${id}` },
      ...(done && Object.hasOwn(DONE, done) ? { flash: { text: DONE[done] } } : {}),
    });
  }
}
