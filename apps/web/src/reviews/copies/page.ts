import { Get, Query } from '@nestjs/common';
import { Registers } from '../../apis/registers';
import { formOf } from '../../design/form';
import { Page, show, type View } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';
import { COPY_ONLY, copyStanding, readCopies, registerView } from '../in-registers';
import { FORCES } from '../words';

const AT = '/reviews/copies';

/** What central bodies are to have of every review that one may see: owed, sent, acknowledged. */
@Page({ at: 'reviews/copies', folder: 'reviews/copies', may: 'review.list', states: ['filled', 'empty'] })
export class CopiesPage {
  constructor(private readonly registers: Registers) {}

  @Get()
  async show(@Visiting() visit: Visit, @Query() given: Record<string, unknown>): Promise<View> {
    const query = readCopies(given);
    const register = await this.registers.copies(visit, query);
    const { csvHref, ...view } = registerView(AT, query, register, ['copy', 'copies']);
    return show({
      ...view,
      items: register.items.map((line) => ({ ...line, state: copyStanding(line), force: FORCES[line.force] })),
      csvHref: visit.may('review.export-register') ? csvHref : null,
      ...{ form: formOf({ values: query }), only: COPY_ONLY, may: visit.may('review.keep-central-copy') },
      bodies: register.bodies.map(({ code: value, title: text }) => ({ value, text })),
      back: { text: 'Back to reviews', href: '/reviews' },
    });
  }
}
