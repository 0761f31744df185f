import { Id } from '@concordat/platform';
import { Get } from '@nestjs/common';
import { MinutesPapers } from '../../apis/minutes-papers';
import { download, Page, type Download } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';

/** Minutes as a PDF, as an attachment. */
@Page({ at: 'minutes-papers/:id/file', folder: 'meetings/minutes-file', may: 'minutes-paper.download', states: [] })
export class MinutesFilePage {
  constructor(private readonly papers: MinutesPapers) {}

  @Get()
  async give(@Visiting() visit: Visit, @Id() id: string): Promise<Download> {
    const { bytes, name, type } = await this.papers.file(visit, id);
    return download(bytes, name, type);
  }
}
