import { Id } from '@concordat/platform';
import { Get } from '@nestjs/common';
import { AccessRequests } from '../../apis/access-requests';
import { download, Page, type Download } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';

/** The file of one part of what is held, for whoever decides about it; always as an attachment. */
@Page({
  at: 'access-requests/:id/items/:itemId/file',
  folder: 'access-requests/file',
  may: 'access-request.open-file',
  states: [],
})
export class AccessItemFilePage {
  constructor(private readonly requests: AccessRequests) {}

  @Get()
  async give(@Visiting() visit: Visit, @Id() id: string, @Id('itemId') itemId: string): Promise<Download> {
    const { bytes, name, type } = await this.requests.file(visit, id, itemId);
    return download(bytes, name, type);
  }
}
