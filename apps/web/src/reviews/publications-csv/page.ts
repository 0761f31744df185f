import { csvLine } from '@concordat/platform';
import { Get, Query } from '@nestjs/common';
import { Readable } from 'node:stream';
import { Registers, type PublicationLine } from '../../apis/registers';
import { download, Page, type Download } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';
import { readPublications } from '../in-registers';
import { artefactIn, DECISIONS, REASONS } from '../release-words';

const COLUMNS = [
  ...['Review', 'Kind', 'State', 'Decision', 'Decided', 'Number of decisions', 'Because of', 'Looked at again'],
  ...['To be looked at now', 'Published', 'Edition', 'In full', 'Files'],
];

/** The register of publications for a spreadsheet, all of what is asked. On record as leaving the system. */
@Page({ at: 'reviews/publications.csv', folder: 'reviews/publications-csv', may: 'review.export-register', states: [] })
export class PublicationsCsvPage {
  constructor(private readonly registers: Registers) {}

  @Get()
  async give(@Visiting() visit: Visit, @Query() given: Record<string, unknown>): Promise<Download> {
    const { items } = await this.registers.exportPublications(visit, readPublications(given));
    const lines = [csvLine(COLUMNS), ...items.map((line) => csvLine(rowOf(line)))];
    return download(Readable.from(lines), 'publications.csv');
  }
}

function rowOf(line: PublicationLine): (string | number)[] {
  const { shown } = line;
  return [
    ...[line.reference, line.kind.label, line.stateTitle, line.decision ? DECISIONS[line.decision] : 'Not decided yet'],
    ...[line.decidedOn ?? '', line.decisions, line.reasons.map((r) => REASONS[r]).join('; '), line.reviewOn ?? ''],
    line.lookAgain ? 'Yes' : 'No',
    ...(shown
      ? [shown.publishedAt, shown.edition, shown.whole ? 'Yes' : 'No']
      : [line.toPublish ? 'Not yet' : 'No', '', '']),
    shown?.files.map((f) => artefactIn(f.artefact)).join('; ') ?? '',
  ];
}
