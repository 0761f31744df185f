import { demand } from '@concordat/access';
import type { Action } from '@concordat/contracts';
import { UnitOfWork, type Tx } from '@concordat/messaging';
import { COUNTED, valid, type Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { filtersOf, ListReferralsDto } from './worklist.dto';
import { itemsOf, namedIn } from './items';
import { Worklist } from './worklist.repository';

/** The worklist and its numbers. Every id that is shown is named in the audit entry (AUD-9). */
@Injectable()
export class WorklistService {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly worklist: Worklist,
  ) {}

  list(call: Call) {
    return this.reading(call, 'referral.list', async (tx) => {
      const query = valid(ListReferralsDto, call.query);
      const filters = filtersOf(query);
      const { page, count } = await this.worklist.list(tx, filters, query.limit ?? 25, query.cursor);
      tx.about({ ...namedIn(page.items), detail: { filters, count } });
      return { ...page, items: itemsOf(page.items, tx.now), count };
    });
  }

  /** Each number is exact to a thousand; those in `more` stand for more than that. */
  counts(call: Call) {
    return this.reading(call, 'referral.list', async (tx) => {
      const counts = await this.worklist.counts(tx);
      tx.about({ items: ['counts'] });
      const exact = Object.entries(counts).map(([name, n]) => [name, Math.min(n, COUNTED)] as const);
      return {
        ...(Object.fromEntries(exact) as typeof counts),
        more: Object.keys(counts).filter((name) => (counts[name] ?? 0) > COUNTED),
      };
    });
  }

  private reading<T>(call: Call, action: Action, work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.unit.read({ action, call }, async (tx) => {
      demand(tx.actor, action);
      return work(tx);
    });
  }
}
