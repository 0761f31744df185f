import { Id } from '@concordat/platform';
import { Get, Query } from '@nestjs/common';
import { Directory } from '../../apis/directory';
import { Documents } from '../../apis/documents';
import { Page, show, type View } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';
import { documentShown, staffOfDocuments } from '../document-words';
import { Cases, headingOf, subNavigationOf } from '../opened';

/** The documents of a case. */
@Page({
  at: 'cases/:id/documents',
  folder: 'cases/documents',
  may: 'document.list',
  states: ['empty', 'filled', 'read-only', 'kept'],
})
export class DocumentsPage {
  constructor(
    private readonly cases: Cases,
    private readonly documents: Documents,
    private readonly directory: Directory,
  ) {}

  @Get()
  async show(@Visiting() visit: Visit, @Id() id: string, @Query('done') done?: string): Promise<View> {
    const opened = await this.cases.open(visit, id);
    const { items, may } = await this.documents.list(visit, id);
    const names = await this.directory.names(visit, staffOfDocuments(items));
    return show({
      record: opened.record,
      heading: headingOf(opened),
      navigationOfCase: subNavigationOf(id, 'documents'),
      documents: items.map((d) => documentShown(d, names)),
      may,
      flash: done === 'kept' ? { text: 'The document has been kept' } : null,
    });
  }
}
