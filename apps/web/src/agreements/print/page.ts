import { Id } from '@concordat/platform';
import { Get } from '@nestjs/common';
import { Page, show, type View } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';
import { HASH_NOTE } from '../paper';
import { PrintedAgreements } from '../printed';

/** A version on one page, to print. */
@Page({ at: 'agreements/:id/print', folder: 'agreements/print', may: 'agreement.view', states: ['printed'] })
export class PrintAgreementPage {
  constructor(private readonly printed: PrintedAgreements) {}

  @Get()
  async show(@Visiting() visit: Visit, @Id() id: string): Promise<View> {
    const paper = await this.printed.paper(visit, id);
    return show({ id, paper: { ...paper, hashNote: HASH_NOTE }, back: { href: `/agreements/${id}` } });
  }
}
