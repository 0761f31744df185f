import { Id } from '@concordat/platform';
import { Get } from '@nestjs/common';
import { MinutesPapers } from '../../apis/minutes-papers';
import { Page, show, type View } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';

/** Minutes as a PDF: how far they have come, and the file for as long as it is kept. */
@Page({
  at: 'minutes-papers/:id',
  folder: 'meetings/minutes-paper',
  may: 'minutes-paper.view',
  states: ['running', 'done', 'failed', 'ended'],
})
export class MinutesPaperPage {
  constructor(private readonly papers: MinutesPapers) {}

  @Get()
  async show(@Visiting() visit: Visit, @Id() id: string): Promise<View> {
    const paper = await this.papers.paper(visit, id);
    return show({ paper, back: { text: 'Back to the minutes', href: `/meetings/${paper.meetingId}/minutes` } });
  }
}
