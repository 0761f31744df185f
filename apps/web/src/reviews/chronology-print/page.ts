import { Id } from '@concordat/platform';
import { Get, Query } from '@nestjs/common';
import { Directory } from '../../apis/directory';
import { EvidenceApi } from '../../apis/evidence';
import { Page, show, type View } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';
import { readChronology, shownChronology } from '../evidence-words';

/** The combined chronology on paper, with who printed it and when. On record as leaving the system. */
@Page({
  at: 'reviews/:id/chronology/print',
  folder: 'reviews/chronology-print',
  may: 'review.export-chronology',
  states: ['printed'],
})
export class CombinedChronologyPrintPage {
  constructor(
    private readonly evidence: EvidenceApi,
    private readonly directory: Directory,
  ) {}

  @Get()
  async show(@Visiting() visit: Visit, @Id() id: string, @Query() given: Record<string, unknown>): Promise<View> {
    const query = readChronology(given);
    const view = await this.evidence.exportChronology(visit, id, query);
    return show({
      ...shownChronology(view, await this.directory.names(visit, [])),
      ...{ part: Boolean(query.agency ?? query.person ?? query.theme), printedAt: new Date().toISOString() },
      back: { text: 'Back to the chronology', href: `/reviews/${id}/chronology` },
    });
  }
}
