import { demand } from '@concordat/access';
import type { ObjectRef } from '@concordat/contracts';
import { UnitOfWork } from '@concordat/messaging';
import { valid, type Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { closedTo, withoutClosed } from '../closed';
import { Details } from '../details';
import { Log } from '../log';
import { inUnit, type Query } from '../log.repository';
import { describe } from '../reading';
import { recordsAt } from '../records.repository';
import { selectionOf, type Selection } from '../selection';
import { namingIndexes, recordsOfCase } from '../trail.repository';
import { pageOf } from './page-of-trail';
import { disclosuresOf, ends, receiptsOf, type Disclosed } from './receipts';
import { aboutOf, assertAsked } from './trail.service';
import { DisclosuresQueryDto } from './trail.dto';

/** So many pages are looked through for one with something to show in it; for what is unmatched of so many acts each. */
const PAGES = 40;
const WIDE = 100;

/** Shows auditors what went from one agency to another, with what either end has on record (both-ended receipts). */
@Injectable()
export class DisclosuresService {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly log: Log,
    private readonly details: Details,
  ) {}

  /**
   * A page of disclosures, newest first; with `unmatched` those alone of which the two ends do not say the same. A page may
   * hold fewer than were asked for, as answers are told of where what they answer is, and there may be more behind it.
   */
  async list(call: Call) {
    const objects: ObjectRef[] = [{ t: 'ledger', id: this.log.id }];
    return this.unit.read({ action: 'trail.read', call, objects }, async (tx) => {
      demand(tx.actor, 'trail.read');
      const dto = valid(DisclosuresQueryDto, call.query);
      const query = inUnit(tx);
      const asked = selectionOf(dto, dto.case ? await recordsOfCase(query, dto.case) : []);
      assertAsked(dto, asked);
      const selection = { ...asked, actions: ends, outcome: 'done' as const, closed: await closedTo(query) };
      const unmatched = dto.unmatched === 'true';
      let cursor = dto.cursor;
      for (let n = 1; ; n++) {
        const limit = unmatched ? WIDE : (dto.limit ?? 25);
        const page = await pageOf(query, selection, { limit, ...(cursor ? { cursor } : {}) }, this.details);
        const items = (await this.both(query, selection, page.items, tx.now)).filter(
          ({ state }) => !unmatched || (state !== 'MATCHED' && state !== 'AWAITED'),
        );
        if (items.length === 0 && page.next !== null && n < PAGES) {
          cursor = page.next;
          continue;
        }
        tx.about({ ...aboutOf(dto), items: ['disclosures'], detail: { asked: { ...dto }, shown: shownIn(items) } });
        return { items, next: page.next, previous: unmatched ? null : page.previous };
      }
    });
  }

  /** Both ends of what these acts disclosed or answered. What was answered and has its sender's act is told of where that stands. */
  private async both(
    query: Query,
    { closed = [] }: Selection,
    page: readonly ReturnType<typeof describe>[],
    now: Date,
  ): Promise<Disclosed[]> {
    const ids = [...new Set(page.flatMap(disclosuresOf))];
    const records = await recordsAt(query, await namingIndexes(query, ids));
    const acts = (await withoutClosed(query, records, closed)).map((r) => describe(r, this.details));
    const onPage = new Set(page.map((act) => act.eventId));
    return receiptsOf(ids, acts, now).filter(({ sent, received }) => onPage.has((sent ?? received)?.eventId ?? ''));
  }
}

const shownIn = (items: readonly Disclosed[]): string[] =>
  items.flatMap(({ sent, received }) => [sent?.index, received?.index]).filter((i): i is string => i !== undefined);
