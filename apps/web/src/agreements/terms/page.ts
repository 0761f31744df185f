import { Id } from '@concordat/platform';
import { Get } from '@nestjs/common';
import { Agreements } from '../../apis/agreements';
import { download, Page, type Download } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';

/** The machine-readable copy of the terms, byte for byte what the content hash is of. */
@Page({ at: 'agreements/:id/terms', folder: 'agreements/terms', may: 'agreement.take-copy', states: [] })
export class AgreementTermsPage {
  constructor(private readonly agreements: Agreements) {}

  @Get()
  async give(@Visiting() visit: Visit, @Id() id: string): Promise<Download> {
    const { bytes, name } = await this.agreements.copy(visit, id);
    return download(bytes, name, 'application/json');
  }
}
