import { Id } from '@concordat/platform';
import { Get } from '@nestjs/common';
import { Releases } from '../../apis/release';
import { download, Page, type Download } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';

/** A file that is to leave a review, as an attachment. */
@Page({
  at: 'reviews/:id/release/files/:fileId/content',
  folder: 'reviews/package-content',
  may: 'release-file.open',
  states: [],
})
export class PackageContentPage {
  constructor(private readonly releases: Releases) {}

  @Get()
  async give(@Visiting() visit: Visit, @Id() id: string, @Id('fileId') fileId: string): Promise<Download> {
    const { bytes, name, type } = await this.releases.content(visit, id, fileId);
    return download(bytes, name, type);
  }
}
