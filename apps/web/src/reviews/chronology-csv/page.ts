import { csvLine, Id } from '@concordat/platform';
import { Get, Query } from '@nestjs/common';
import { Directory } from '../../apis/directory';
import { EvidenceApi } from '../../apis/evidence';
import { download, Page, type Download } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';
import { readChronology, shownChronology } from '../evidence-words';

const COLUMNS = [
  ...['Event', 'Date', 'Approximate', 'Agency', 'Entry', 'What happened', 'People', 'Theme', 'Their reference'],
  ...['Seen or heard', 'Decision', 'Comment', 'Third party', 'Contradictions of the event'],
];

/** The combined chronology for a spreadsheet; entries of one event have its number. On record as leaving the system. */
@Page({
  at: 'reviews/:id/chronology.csv',
  folder: 'reviews/chronology-csv',
  may: 'review.export-chronology',
  states: [],
})
export class CombinedChronologyCsvPage {
  constructor(
    private readonly evidence: EvidenceApi,
    private readonly directory: Directory,
  ) {}

  @Get()
  async give(@Visiting() visit: Visit, @Id() id: string, @Query() given: Record<string, unknown>): Promise<Download> {
    const view = await this.evidence.exportChronology(visit, id, readChronology(given));
    const { events } = shownChronology(view, await this.directory.names(visit, []));
    const rows = events.flatMap((e, n) =>
      e.items.map((i) => [
        ...[String(n + 1), i.date, i.approximate ? 'Yes' : '', i.agency, String(i.number), i.event, i.people],
        ...[i.theme ?? '', i.source, i.seen, i.decision ?? '', i.comment ?? '', i.thirdParty ? 'Yes' : ''],
        e.contradictions.join('; '),
      ]),
    );
    return download([COLUMNS, ...rows].map((row) => csvLine(row)).join(''), `chronology-${view.reference}.csv`);
  }
}
