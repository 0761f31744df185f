import { Id, NotFound } from '@concordat/platform';
import { Get, Query } from '@nestjs/common';
import { Documents } from '../../apis/documents';
import { download, Page, type Download } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';

/** The file of a document, always as an attachment: nothing that users send is shown inline (user-interface.md §7). */
@Page({
  at: 'cases/:id/documents/:documentId/content',
  folder: 'cases/document-content',
  may: 'document.open',
  states: [],
})
export class DocumentContentPage {
  constructor(private readonly documents: Documents) {}

  @Get()
  async give(
    @Visiting() visit: Visit,
    @Id() id: string,
    @Id('documentId') documentId: string,
    @Query('version') version?: string,
  ): Promise<Download> {
    if (version !== undefined && !/^[1-9]\d{0,8}$/.test(version)) throw new NotFound('document');
    const wanted = version === undefined ? undefined : Number(version);
    const { bytes, name, type } = await this.documents.content(visit, id, documentId, wanted);
    return download(bytes, name, type);
  }
}
