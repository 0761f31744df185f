import { Get } from '@nestjs/common';
import { Oversight, type CheckResult } from '../../apis/oversight';
import { Page, show, type View } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';
import { RESULTS } from '../check-words';

/** Every review of the reader's agency, with how auditors' checks came out. */
@Page({ at: 'reviews/checks', folder: 'reviews/checks', may: 'review.audit', states: ['filled'] })
export class ChecksPage {
  constructor(private readonly oversight: Oversight) {}

  @Get()
  async show(@Visiting() visit: Visit): Promise<View> {
    const { items, more, most } = await this.oversight.checks(visit);
    const results = Object.keys(RESULTS) as CheckResult[];
    return show({
      items: items.map(({ counts, ...review }) => ({ ...review, counts: results.map((r) => counts[r] ?? 0) })),
      columns: results.map((r) => RESULTS[r].text),
      ...{ more, most },
      ...(visit.may('review.list') ? { back: { text: 'Back to reviews', href: '/reviews' } } : {}),
    });
  }
}
