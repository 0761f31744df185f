import { IllegalTransition, Id } from '@concordat/platform';
import { Get } from '@nestjs/common';
import { Page, show, type View } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';
import { Acting } from '../acting';
import { outcomeTitle } from '../history';

/** Confirms a decision and says what comes next. */
@Page({
  at: 'triage/:id/decided',
  folder: 'triage/decided',
  may: 'referral.view',
  states: ['accepted', 'not-accepted'],
})
export class DecidedPage {
  constructor(private readonly acting: Acting) {}

  @Get()
  async show(@Visiting() visit: Visit, @Id() id: string): Promise<View> {
    const { referral, pathway, titles, names } = await this.acting.open(visit, id);
    const { decision } = referral;
    if (!decision) throw new IllegalTransition('referral.not-decided', 'Nothing has been decided yet', referral.status);
    return show({
      referral,
      outcome: outcomeTitle(decision.outcome),
      destination: pathway.destinations?.find((d) => d?.code === decision.destination)?.title ?? null,
      reason: decision.reason ? titles.reason(decision.reason) : null,
      referrer: names.organisation(referral.referringOrg),
    });
  }
}
