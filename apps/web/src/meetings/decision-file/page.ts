import { Id } from '@concordat/platform';
import { Get } from '@nestjs/common';
import { Conferences } from '../../apis/conferences';
import { download, Page, type Download } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';

/** The record of a decision as a PDF, as an attachment. */
@Page({
  at: 'agenda-items/:id/decision-record/file',
  folder: 'meetings/decision-file',
  may: 'minutes-paper.download',
  states: [],
})
export class DecisionFilePage {
  constructor(private readonly conferences: Conferences) {}

  @Get()
  async give(@Visiting() visit: Visit, @Id() id: string): Promise<Download> {
    const { bytes, name, type } = await this.conferences.decisionFile(visit, id);
    return download(bytes, name, type);
  }
}
