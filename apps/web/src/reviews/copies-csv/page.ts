import { csvLine } from '@concordat/platform';
import { Get, Query } from '@nestjs/common';
import { Readable } from 'node:stream';
import { Registers, type CopyLine } from '../../apis/registers';
import { download, Page, type Download } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';
import { copyStanding, readCopies } from '../in-registers';
import { FORCES } from '../words';

const COLUMNS = [
  ...['Review', 'Kind', 'State', 'For whom', 'Force', 'How it stands', 'Owed since', 'Sent'],
  ...['To be acknowledged by', 'Acknowledged', 'Acknowledged by reference'],
];

/** The register of central copies for a spreadsheet, all of what is asked. On record as leaving the system. */
@Page({ at: 'reviews/copies.csv', folder: 'reviews/copies-csv', may: 'review.export-register', states: [] })
export class CopiesCsvPage {
  constructor(private readonly registers: Registers) {}

  @Get()
  async give(@Visiting() visit: Visit, @Query() given: Record<string, unknown>): Promise<Download> {
    const { items } = await this.registers.exportCopies(visit, readCopies(given));
    const lines = [csvLine(COLUMNS), ...items.map((line) => csvLine(rowOf(line)))];
    return download(Readable.from(lines), 'central-copies.csv');
  }
}

const rowOf = (line: CopyLine): string[] => [
  ...[line.reference, line.kind.label, line.stateTitle, line.to, FORCES[line.force].text, copyStanding(line).text],
  ...[line.since, line.sentOn, line.acknowledgeBy, line.acknowledgedOn, line.answer].map((value) => value ?? ''),
];
