import { Id } from '@concordat/platform';
import { Get, Param } from '@nestjs/common';
import { Releases } from '../../apis/release';
import { download, Page, type Download } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';

/** A published file, for anybody. */
@Page({
  at: 'published-reviews/:id/files/:number',
  folder: 'published-reviews/file',
  may: 'anyone',
  states: [],
})
export class PublishedFilePage {
  constructor(private readonly releases: Releases) {}

  @Get()
  async give(@Visiting() visit: Visit, @Id() id: string, @Param('number') number: string): Promise<Download> {
    const { bytes, name, type } = await this.releases.publishedFile(visit, id, number);
    return download(bytes, name, type);
  }
}
