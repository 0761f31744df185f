import { endOfDay } from '@concordat/clocks';
import { newId } from '@concordat/contracts';
import { UnitOfWork, type Tx } from '@concordat/messaging';
import { Lifecycle, LOGGER, NotFound, serviceActorId, Sweep, systemCall, valid, type Call } from '@concordat/platform';
import { demand } from '@concordat/access';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { Practice } from '../practice';
import { peopleIn } from '../case-people';
import { Looks, within, withheldOf } from '../looks';
import { isWriter, visibleCase, type CaseRow } from '../visible-case';
import { ListChronologyDto, SearchChronologyDto } from './chronology.dto';
import { agenciesWithin } from './agencies-within';
import { countEntries, entriesOf, versionsOf, type EntryRow, type Wanted } from './chronology.repository';
import { findSearch, keepSearch, removeExpired } from './searches.repository';

const LASTS_MS = 3_600_000;
const SWEEP_MS = 60_000;

/** Reads the chronology of a case. Every entry that is returned is named in the act of the reading, with its version (AUD-9). */
@Injectable()
export class ChronologyService {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly looks: Looks,
    private readonly practice: Practice,
    lifecycle: Lifecycle,
    @Inject(LOGGER) log: Logger,
  ) {
    const call = () => systemCall(serviceActorId('records'), 'operation');
    const forget = () => unit.project(call(), (tx) => removeExpired(tx));
    lifecycle.add(new Sweep('expired searches of chronologies', SWEEP_MS, forget, log));
  }

  /** One page of a chronology, as it stands or as it stood. */
  list(call: Call, id: string) {
    return this.page(call, id, 'chronology.view');
  }

  /** As `list`, to be taken out of the system: on record as a disclosure. */
  export(call: Call, id: string) {
    return this.page(call, id, 'chronology.export');
  }

  private page(call: Call, id: string, action: 'chronology.view' | 'chronology.export') {
    return this.unit.read({ action, call, objects: [{ t: 'case', id }] }, async (tx) => {
      const row = await visibleCase(tx, id);
      const extent = await this.looks.extent(tx, row);
      demand(tx.actor, action);
      const agencies = await agenciesWithin(tx, extent, id);
      const query = valid(ListChronologyDto, call.query);
      const wanted = { ...(await this.wanted(tx, id, query)), own: extent.own };
      const page = await entriesOf(tx, wanted, {
        ...(query.order ? { order: query.order } : {}),
        ...(query.limit ? { limit: query.limit } : {}),
        ...(query.cursor ? { cursor: query.cursor } : {}),
      });
      const count = await countEntries(tx, wanted);
      const { cursor: _cursor, search: _search, ...filter } = query;
      tx.about({
        subjects: await peopleIn(tx, id),
        objects: page.items.map((e) => ({ t: 'chronology-entry' as const, id: e.id, ver: String(e.version) })),
        detail: { filter, count, ...(wanted.text ? { terms: wanted.text } : {}) },
      });
      return {
        ...page,
        items: page.items.map((e) => told(tx, row, e)),
        count,
        agencies,
        categories: this.practice.packs.chronologyCategories(),
        terms: wanted.text ?? null,
        may: { record: isWriter(row.level) },
        withheld: withheldOf(extent),
      };
    });
  }

  /** One entry with every version that it had. */
  entry(call: Call, id: string, entryId: string) {
    const act = { action: 'chronology.view', call, objects: [{ t: 'case' as const, id }] } as const;
    return this.unit.read(act, async (tx) => {
      const row = await visibleCase(tx, id);
      const extent = await this.looks.extent(tx, row);
      const versions = within(extent, await versionsOf(tx, id, entryId));
      const [current] = versions;
      if (!current) throw new NotFound('chronology-entry');
      demand(tx.actor, 'chronology.view');
      tx.about({
        subjects: await peopleIn(tx, id),
        objects: [{ t: 'chronology-entry', id: entryId, ver: String(current.version) }],
        items: ['history'],
      });
      return {
        ...told(tx, row, current),
        versions: versions.map(({ content, caseId: _caseId, ...v }) => ({ ...v, ...content })),
        categories: this.practice.packs.chronologyCategories(),
      };
    });
  }

  /** Keeps words to look for, which may name somebody, under an id that says nothing (user-interface.md §6). */
  async search(call: Call, id: string) {
    const act = { action: 'chronology.search', call, objects: [{ t: 'case' as const, id }] } as const;
    const done = await this.unit.run(act, async (tx) => {
      const extent = await this.looks.extent(tx, await visibleCase(tx, id));
      await agenciesWithin(tx, extent, id);
      demand(tx.actor, 'chronology.search');
      const { text } = valid(SearchChronologyDto, call.body);
      const searchId = newId();
      await keepSearch(tx, searchId, id, text, new Date(tx.now.getTime() + LASTS_MS));
      tx.about({ detail: { terms: text } });
      return { searchId };
    });
    return { ...done.value, receipt: done.receipt };
  }

  private async wanted(tx: Tx, caseId: string, query: ListChronologyDto): Promise<Wanted> {
    const { category, agency, from, to, asOf, search } = query;
    const text = search ? await findSearch(tx, search, caseId) : undefined;
    if (search && text === undefined) throw new NotFound('search');
    return { caseId, category, agency, from, to, text, at: asOf ? endOfDay(asOf) : undefined };
  }
}

/** An entry as it is told. What was withdrawn says when it was about and why it is no more, and not what it said. */
function told(tx: Tx, row: CaseRow, { content, caseId: _caseId, ...entry }: EntryRow) {
  const { starts, ends, about, category } = content;
  const withdrawn = entry.what === 'withdrawn';
  const may = { correct: !withdrawn && isWriter(row.level) && entry.orgId === tx.actor.orgId };
  return { ...entry, ...(withdrawn ? { starts, ends, about, category } : content), may };
}
