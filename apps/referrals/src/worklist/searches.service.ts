import { demand } from '@concordat/access';
import { Invalid, newId, NotFound, readReference } from '@concordat/contracts';
import { UnitOfWork, type Tx } from '@concordat/messaging';
import { Lifecycle, LOGGER, serviceActorId, systemCall, valid, type Call, Sweep } from '@concordat/platform';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { ReferralsPageDto } from '../page.dto';
import { itemsOf, namedIn } from './items';
import { asked } from './search-text';
import { Searches, type Search } from './searches.repository';
import { filtersOf, SearchReferralsDto } from './worklist.dto';
import type { Match } from './conditions';
import { Worklist, type Sought } from './worklist.repository';

const LASTS_MS = 3_600_000;
const SWEEP_MS = 60_000;

/**
 * Free-text search within what the caller may see. What is searched for may name somebody, so it comes in a body, is kept
 * under an id that says nothing, for its asker alone and for an hour, and goes to the ledger sealed (AUD-10).
 */
@Injectable()
export class SearchesService {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly searches: Searches,
    private readonly worklist: Worklist,
    lifecycle: Lifecycle,
    @Inject(LOGGER) log: Logger,
  ) {
    const call = () => systemCall(serviceActorId('referrals'), 'operation');
    const forget = () => unit.project(call(), (tx) => searches.removeExpired(tx));
    lifecycle.add(new Sweep('expired searches', SWEEP_MS, forget, log));
  }

  async start(call: Call) {
    const done = await this.unit.run({ action: 'referral.search', call }, async (tx) => {
      demand(tx.actor, 'referral.search');
      const search = valid(SearchReferralsDto, call.body);
      const match = await this.lookup(tx, search.q);
      const searchId = newId();
      const expiresAt = new Date(tx.now.getTime() + LASTS_MS);
      await this.searches.keep(tx, searchId, { asked: search, match }, expiresAt);
      tx.about({ detail: { terms: search.q, match } });
      return { searchId, expiresAt: expiresAt.toISOString() };
    });
    return { ...done.value, receipt: done.receipt };
  }

  results(call: Call, id: string) {
    return this.unit.read({ action: 'referral.search', call }, async (tx) => {
      const search = await this.searches.find(tx, id);
      if (!search) throw new NotFound('search');
      demand(tx.actor, 'referral.search');
      const { limit, cursor } = valid(ReferralsPageDto, call.query);
      const filters = filtersOf(search.asked);
      const found = await this.worklist.look(tx, soughtBy(search));
      const { page, count } = await this.worklist.list(tx, filters, limit ?? 25, cursor, found);
      tx.about({ ...namedIn(page.items), detail: { terms: search.asked.q, match: search.match, count } });
      return { ...page, items: itemsOf(page.items, tx.now), count, match: search.match };
    });
  }

  /**
   * A whole reference finds that referral; else words do, or what begins with them; else names that are like them. Asked in
   * turn, because a name may look like a reference that there is not.
   */
  private async lookup(tx: Tx, q: string): Promise<Match> {
    if (!asked(q))
      throw new Invalid([{ field: 'q', code: 'too-short', message: 'Enter at least two letters or digits' }]);
    for (const match of ['reference', 'words', 'likeness'] as const) {
      if (await this.worklist.finds(tx, soughtBy({ asked: { q }, match }))) return match;
    }
    return 'words';
  }
}

function soughtBy({ asked: { q }, match }: Pick<Search, 'match'> & { asked: { q: string } }): Sought {
  if (match === 'reference') return { match, value: readReference(q) ?? '' };
  const wanted = asked(q);
  return match === 'words' ? { match, value: wanted?.query ?? '' } : { match, value: wanted?.likeness ?? [] };
}
