import { Get, Query } from '@nestjs/common';
import { Registers, type PublicationLine } from '../../apis/registers';
import { formOf } from '../../design/form';
import { Page, show, type View } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';
import { decisionChoices, PUBLICATION_ONLY, readPublications, registerView } from '../in-registers';
import { artefactIn, DECISIONS, REASONS } from '../release-words';

const AT = '/reviews/publications';

/** What was decided on publishing every review that one may see, what is published of it, and what is looked at again. */
@Page({ at: 'reviews/publications', folder: 'reviews/publications', may: 'review.list', states: ['filled', 'empty'] })
export class PublicationsPage {
  constructor(private readonly registers: Registers) {}

  @Get()
  async show(@Visiting() visit: Visit, @Query() given: Record<string, unknown>): Promise<View> {
    const query = readPublications(given);
    const register = await this.registers.publications(visit, query);
    const { csvHref, ...view } = registerView(AT, query, register, ['review', 'reviews']);
    return show({
      ...{ ...view, items: register.items.map(lineOf), form: formOf({ values: query }) },
      ...{ decisions: decisionChoices, only: PUBLICATION_ONLY, may: visit.may('review.decide-publication') },
      csvHref: visit.may('review.export-register') ? csvHref : null,
      back: { text: 'Back to reviews', href: '/reviews' },
    });
  }
}

/** A line in words. Pure. */
const lineOf = (line: PublicationLine) => ({
  ...line,
  decided: line.decision && DECISIONS[line.decision],
  reasons: line.reasons.map((r) => REASONS[r]),
  shown: line.shown && {
    ...line.shown,
    files: line.shown.files.map((f) => ({ number: f.number, title: artefactIn(f.artefact) })),
  },
});
