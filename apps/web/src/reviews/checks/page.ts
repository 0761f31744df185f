import { Get, Query } from '@nestjs/common';
import { Agreements, type ListedAgreement } from '../../apis/agreements';
import { Asb } from '../../apis/asb';
import { Directory } from '../../apis/directory';
import { Drops } from '../../apis/drops';
import { Duties } from '../../apis/duties';
import { Oversight, type CheckResult } from '../../apis/oversight';
import { today } from '../../design/civil-date';
import { Page, show, type View } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';
import { RESULTS } from '../check-words';
import { isPage, sheetLinks } from '../sheets';
import {
  agreementsCheck,
  dutiesCheck,
  figuresCheck,
  officersCheck,
  setsCheck,
  type PartnershipCheck,
} from './partnership';

const AT = '/reviews/checks';

/** Auditors' checks: of what the partnership keeps, and how those of each review came out, the last changed first. */
@Page({ at: 'reviews/checks', folder: 'reviews/checks', may: 'review.audit', states: ['filled'] })
export class ChecksPage {
  constructor(
    private readonly oversight: Oversight,
    private readonly duties: Duties,
    private readonly agreements: Agreements,
    private readonly drops: Drops,
    private readonly asb: Asb,
    private readonly directory: Directory,
  ) {}

  @Get()
  async show(@Visiting() visit: Visit, @Query('page') given: unknown): Promise<View> {
    const page = typeof given === 'string' && isPage(given) ? given : '1';
    const { items, total, ...sheet } = await this.oversight.checks(visit, page);
    const results = Object.keys(RESULTS) as CheckResult[];
    return show({
      items: items.map(({ counts, ...review }) => ({ ...review, counts: results.map((r) => counts[r] ?? 0) })),
      columns: results.map((r) => RESULTS[r].text),
      partnership: (await this.partnership(visit)).map((c) => ({ ...c, result: RESULTS[c.result] })),
      count: `${total} ${total === 1 ? 'review' : 'reviews'}`,
      ...sheetLinks(sheet, (to) => (to === 1 ? AT : `${AT}?page=${to}`)),
      ...(visit.may('review.list') ? { back: { text: 'Back to reviews', href: '/reviews' } } : {}),
    });
  }

  /** Each is shown to whoever may see what it rests on. */
  private async partnership(visit: Visit): Promise<PartnershipCheck[]> {
    const names = await this.directory.names(visit, []);
    const day = today();
    const own = visit.person.organisation.id;
    const checks = [
      figuresCheck(
        (await this.asb.published(visit)).filter((p) => p.ownerOrg === own),
        day,
      ),
    ];
    if (visit.may('agreement.view')) {
      checks.push(agreementsCheck(await this.inForce(visit), day));
      checks.push(officersCheck(await this.agreements.liaison(visit), (org) => names.organisation(org)));
    }
    if (visit.may('drop.list')) {
      // The last quarter that is over is often not due yet; the one before it is.
      const last = await this.drops.owed(visit);
      const before = last.quarters[1];
      checks.push(setsCheck([last, ...(before ? [await this.drops.owed(visit, before)] : [])]));
    }
    if (visit.may('partnership-duty.list')) checks.push(dutiesCheck((await this.duties.list(visit)).items));
    return checks;
  }

  private async inForce(visit: Visit): Promise<ListedAgreement[]> {
    const all: ListedAgreement[] = [];
    for (let cursor: string | null | undefined; cursor !== null;) {
      const page = await this.agreements.list(visit, { status: 'ACTIVE', limit: 100, ...(cursor ? { cursor } : {}) });
      all.push(...page.items);
      cursor = page.next;
    }
    return all;
  }
}
