import { demand } from '@concordat/access';
import { civilDate } from '@concordat/clocks';
import { UnitOfWork, type Tx } from '@concordat/messaging';
import { NotFound, valid, type Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import type { AuditedReview, CheckResult } from '../audit-check';
import { auditChecks } from '../audit-checks';
import { Kinds } from '../kinds';
import { PAGE, sheetOf } from '../paged';
import { headingOf } from './board-row';
import { SheetDto } from './reviews.dto';
import { auditedPage, auditedReviews } from './reviews.repository';

/**
 * Auditors' checks of reviews, computed as of today. They rest on what auditors may see: dates, codes and numbers; the
 * database leaves the words out, for coordinators too.
 */
@Injectable()
export class CheckingService {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly kinds: Kinds,
  ) {}

  /** Reviews of the caller's agency, a page of them, with how many checks came out how. */
  list(call: Call) {
    return this.unit.read({ action: 'review.audit', call }, async (tx) => {
      demand(tx.actor, 'review.audit');
      const { page = 1 } = valid(SheetDto, call.query);
      const { ids, total } = await auditedPage(tx, (page - 1) * PAGE, PAGE);
      const items = [];
      for (const review of await auditedReviews(tx, ids)) {
        const { checks, ...heading } = await this.checked(tx, review);
        items.push({ ...heading, counts: counted(checks.map(({ result }) => result)) });
      }
      return { items, ...sheetOf(total, page) };
    });
  }

  view(call: Call, id: string) {
    return this.unit.read({ action: 'review.audit', call, objects: [{ t: 'review', id }] }, async (tx) => {
      const [review] = await auditedReviews(tx, [id]);
      if (!review) throw new NotFound('review');
      demand(tx.actor, 'review.audit');
      return this.checked(tx, review);
    });
  }

  private async checked(tx: Tx, review: AuditedReview) {
    const kind = await this.kinds.of(tx, review.kind);
    const today = civilDate(tx.now);
    tx.about({ objects: [{ t: 'review', id: review.id, ver: String(review.version) }] });
    return { ...headingOf(kind, review, today), today, checks: auditChecks(kind, review, today) };
  }
}

const counted = (results: readonly CheckResult[]): Partial<Record<CheckResult, number>> =>
  results.reduce<Partial<Record<CheckResult, number>>>((sum, r) => ({ ...sum, [r]: (sum[r] ?? 0) + 1 }), {});
