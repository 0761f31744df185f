import { Id } from '@concordat/platform';
import { Get } from '@nestjs/common';
import { Readable } from 'node:stream';
import { download, Page, type Download } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';
import { paperPdf } from '../paper';
import { PrintedAgreements } from '../printed';

/** A version as a PDF. */
@Page({ at: 'agreements/:id/pdf', folder: 'agreements/pdf', may: 'agreement.view', states: [] })
export class AgreementPdfPage {
  constructor(private readonly printed: PrintedAgreements) {}

  @Get()
  async give(@Visiting() visit: Visit, @Id() id: string): Promise<Download> {
    const paper = await this.printed.paper(visit, id);
    const bytes = Readable.from(paperPdf(paper, new Date()), { objectMode: false });
    return download(bytes, `${paper.code}-${paper.number}.pdf`, 'application/pdf');
  }
}
