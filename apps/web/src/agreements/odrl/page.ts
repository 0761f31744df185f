import { Id } from '@concordat/platform';
import { Get } from '@nestjs/common';
import { Agreements } from '../../apis/agreements';
import { download, Page, type Download } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';

/** The terms as a policy of ODRL, for software that speaks that. */
@Page({ at: 'agreements/:id/odrl', folder: 'agreements/odrl', may: 'agreement.take-copy', states: [] })
export class AgreementOdrlPage {
  constructor(private readonly agreements: Agreements) {}

  @Get()
  async give(@Visiting() visit: Visit, @Id() id: string): Promise<Download> {
    const { bytes, name } = await this.agreements.odrl(visit, id);
    return download(bytes, name, 'application/ld+json');
  }
}
