import { Id, Invalid } from '@concordat/platform';
import { Get, Query } from '@nestjs/common';
import { Chronology } from '../../apis/chronology';
import { Directory } from '../../apis/directory';
import { Page, show, type View } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';
import { lineOf, staffOf } from '../chronology-lines';
import { chosenOf, readAsked } from '../chronology-query';
import { Cases, headingOf } from '../opened';
import { entriesUpTo, pagesOf } from '../whole-chronology';

/** Entries on one printed page; more than this is for a file. */
const MOST = 1_000;

/** A chronology on paper, by the filters that were shown. On record as leaving the system. */
@Page({
  at: 'cases/:id/chronology/print',
  folder: 'cases/chronology-print',
  may: 'chronology.export',
  states: ['printed'],
})
export class ChronologyPrintPage {
  constructor(
    private readonly cases: Cases,
    private readonly chronology: Chronology,
    private readonly directory: Directory,
  ) {}

  @Get()
  async show(@Visiting() visit: Visit, @Id() id: string, @Query() given: Record<string, unknown>): Promise<View> {
    const { query, problems } = readAsked(given);
    if (problems.length > 0) throw new Invalid([...problems]);
    const opened = await this.cases.open(visit, id);
    const { entries, last, more } = await entriesUpTo(MOST, pagesOf(this.chronology, visit, id, query));
    const names = await this.directory.names(visit, staffOf(entries));
    const known = { names, people: opened.record.people, categories: last?.categories ?? [] };
    const category = known.categories.find((c) => c.code === query.category)?.title ?? '';
    return show({
      record: opened.record,
      heading: headingOf(opened),
      lines: entries.map((entry) => lineOf(entry, known)),
      more,
      filters: chosenOf(id, query, {
        category,
        agency: names.organisation(query.agency),
        terms: last?.terms ?? null,
      }),
      printedAt: new Date().toISOString(),
    });
  }
}
