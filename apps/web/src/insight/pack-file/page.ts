import { Id } from '@concordat/platform';
import { Get } from '@nestjs/common';
import { Insight } from '../../apis/insight';
import { download, Page, type Download } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';

/** The PDF of a pack, as an attachment. */
@Page({ at: 'insight/packs/:id/file', folder: 'insight/pack-file', may: 'quarterly-pack.download', states: [] })
export class PackFilePage {
  constructor(private readonly insight: Insight) {}

  @Get()
  async give(@Visiting() visit: Visit, @Id() id: string): Promise<Download> {
    const { bytes, name, type } = await this.insight.file(visit, id);
    return download(bytes, name, type);
  }
}
