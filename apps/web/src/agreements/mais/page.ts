import { Id } from '@concordat/platform';
import { Get } from '@nestjs/common';
import { Agreements } from '../../apis/agreements';
import { download, Page, type Download } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';

/** The terms in the draft vocabulary of Social Care Data, with the places that it cannot say. */
@Page({ at: 'agreements/:id/mais', folder: 'agreements/mais', may: 'agreement.take-copy', states: [] })
export class AgreementMaisPage {
  constructor(private readonly agreements: Agreements) {}

  @Get()
  async give(@Visiting() visit: Visit, @Id() id: string): Promise<Download> {
    const { bytes, name } = await this.agreements.mais(visit, id);
    return download(bytes, name, 'application/ld+json');
  }
}
