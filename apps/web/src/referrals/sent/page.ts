import { Id } from '@concordat/platform';
import { Get } from '@nestjs/common';
import { Directory } from '../../apis/directory';
import { Referrals } from '../../apis/referrals';
import { Page, show, type View } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';

@Page({ at: 'referrals/:id/sent', folder: 'referrals/sent', may: 'referral.submit', states: ['sent'] })
export class SentPage {
  constructor(
    private readonly referrals: Referrals,
    private readonly directory: Directory,
  ) {}

  @Get()
  async show(@Visiting() visit: Visit, @Id() id: string): Promise<View> {
    const referral = await this.referrals.referral(visit, id);
    const names = await this.directory.names(visit);
    return show({ id, reference: referral.reference, receivedBy: names.organisation(referral.receivingOrg) });
  }
}
