import { Id } from '@concordat/platform';
import { Get } from '@nestjs/common';
import { Exports } from '../../apis/exports';
import { download, Page, type Download } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';

/** The file of an export, as an attachment. */
@Page({ at: 'exports/:id/file', folder: 'exports/file', may: 'export.download', states: [] })
export class ExportFilePage {
  constructor(private readonly exports: Exports) {}

  @Get()
  async give(@Visiting() visit: Visit, @Id() id: string): Promise<Download> {
    const { bytes, name, type } = await this.exports.file(visit, id);
    return download(bytes, name, type);
  }
}
