import { Get, Query } from '@nestjs/common';
import { Oversight, type CheckResult } from '../../apis/oversight';
import { Page, show, type View } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';
import { RESULTS } from '../check-words';
import { isPage, sheetLinks } from '../sheets';

const AT = '/reviews/checks';

/** Reviews of the reader's agency, the last changed first, with how auditors' checks came out. */
@Page({ at: 'reviews/checks', folder: 'reviews/checks', may: 'review.audit', states: ['filled'] })
export class ChecksPage {
  constructor(private readonly oversight: Oversight) {}

  @Get()
  async show(@Visiting() visit: Visit, @Query('page') given: unknown): Promise<View> {
    const page = typeof given === 'string' && isPage(given) ? given : '1';
    const { items, total, ...sheet } = await this.oversight.checks(visit, page);
    const results = Object.keys(RESULTS) as CheckResult[];
    return show({
      items: items.map(({ counts, ...review }) => ({ ...review, counts: results.map((r) => counts[r] ?? 0) })),
      columns: results.map((r) => RESULTS[r].text),
      count: `${total} ${total === 1 ? 'review' : 'reviews'}`,
      ...sheetLinks(sheet, (to) => (to === 1 ? AT : `${AT}?page=${to}`)),
      ...(visit.may('review.list') ? { back: { text: 'Back to reviews', href: '/reviews' } } : {}),
    });
  }
}
