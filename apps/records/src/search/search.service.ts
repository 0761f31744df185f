import { demand } from '@concordat/access';
import { civilDate } from '@concordat/clocks';
import { Invalid, newId, NotFound } from '@concordat/contracts';
import { NameFinding } from '@concordat/matching';
import { UnitOfWork, type Tx } from '@concordat/messaging';
import { Lifecycle, LOGGER, serviceActorId, Sweep, systemCall, valid, type Call } from '@concordat/platform';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { Looks } from '../looks';
import { Practice } from '../practice';
import { BY_QUALIFICATION } from '../restricting';
import { Hits } from './hits';
import { findSearch, forgetSearches, keepSearch } from './kept.repository';
import { placeFrom } from './place';
import { probeOf, type Probe } from './probe';
import { FoundPageDto, SearchRecordsDto } from './search.dto';

const LASTS_MS = 3_600_000;
const SWEEP_MS = 60_000;
const ON_A_PAGE = 25;

/**
 * One search over people, cases and what was written in them, within what the caller may see. What is searched for may name
 * somebody, so it comes in a body, is kept under an id that says nothing, for its asker alone and for an hour, and goes to the
 * ledger sealed (AUD-10).
 */
@Injectable()
export class SearchService {
  private readonly finding: NameFinding;

  constructor(
    private readonly unit: UnitOfWork,
    private readonly looks: Looks,
    practice: Practice,
    lifecycle: Lifecycle,
    @Inject(LOGGER) log: Logger,
  ) {
    this.finding = new NameFinding(practice.packs.matching().nicknames);
    const call = () => systemCall(serviceActorId('records'), 'operation');
    const forget = () => unit.project(call(), (tx) => forgetSearches(tx));
    lifecycle.add(new Sweep('expired searches of records', SWEEP_MS, forget, log));
  }

  async start(call: Call) {
    const done = await this.unit.run({ action: 'record.search', call }, async (tx) => {
      demand(tx.actor, 'record.search');
      const { q } = valid(SearchRecordsDto, call.body);
      searchable(q);
      const searchId = newId();
      const expiresAt = new Date(tx.now.getTime() + LASTS_MS);
      await keepSearch(tx, searchId, q, expiresAt);
      tx.about({ detail: { terms: q } });
      return { searchId, expiresAt: expiresAt.toISOString() };
    });
    return { ...done.value, receipt: done.receipt };
  }

  /** One page of hits, people and cases by how well they agree, then what was written, the newest first. Every one is on record. */
  results(call: Call, id: string) {
    return this.unit.read({ action: 'record.search', call }, async (tx) => {
      const q = await findSearch(tx, id);
      if (q === undefined) throw new NotFound('search');
      demand(tx.actor, 'record.search');
      const { limit = ON_A_PAGE, cursor } = valid(FoundPageDto, call.query);
      const place = cursor === undefined ? null : placeFrom(cursor);
      const hits = new Hits(tx, searchable(q), this.finding, civilDate(tx.now), this.looks);
      const page = await hits.page(place, limit);
      putOnRecord(tx, q, page);
      return {
        items: page.items.map(({ hit }) => hit),
        next: page.next,
        count: page.count,
        tooCommon: page.tooCommon,
        terms: q,
      };
    });
  }
}

/** Everybody and everything that is shown, by id; what was searched for is sealed. */
function putOnRecord(tx: Tx, q: string, { items, count }: Awaited<ReturnType<Hits['page']>>): void {
  tx.about({
    subjects: items.flatMap((i) => i.subjects),
    objects: items.flatMap((i) => i.objects),
    reasons: items.some((i) => i.qualified) ? [BY_QUALIFICATION] : [],
    detail: { terms: q, count },
  });
}

/** Throws Invalid for what says too little to be searched for, or is in too much. */
function searchable(q: string): Probe {
  const probe = probeOf(q);
  if (probe === 'too-short')
    throw new Invalid([{ field: 'q', code: probe, message: 'Enter at least two letters or digits' }]);
  if (probe === 'too-broad')
    throw new Invalid([
      { field: 'q', code: probe, message: 'Initials alone are in too many records. Enter a whole name beside them' },
    ]);
  return probe;
}
