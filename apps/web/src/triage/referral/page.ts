import { Id } from '@concordat/platform';
import { Get, Query } from '@nestjs/common';
import { Referrals } from '../../apis/referrals';
import { formOf } from '../../design/form';
import { Page, show, type View } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';
import { Acting } from '../acting';
import { headingOf } from '../heading';
import { actionsFor, sectionsFor, sourceOf, workOf } from './details';

const FLASHES: Readonly<Record<string, string>> = {
  rated: 'The colour has been saved',
  assigned: 'The referral has been assigned',
  noted: 'The note has been saved',
  'information-requested': 'Your request has been sent to the referrer',
  'feedback-given': 'Your feedback has been sent to the referrer',
  reopened: 'The referral has been reopened. Rate it again',
};

/** One referral in triage: what was sent, what must not be missed, what was done with it, and what can be done now. */
@Page({
  at: 'triage/:id',
  folder: 'triage/referral',
  may: 'referral.view',
  states: ['received', 'rated', 'information-requested', 'decided', 'done'],
})
export class ReferralPage {
  constructor(
    private readonly acting: Acting,
    private readonly referrals: Referrals,
  ) {}

  @Get()
  async show(@Visiting() visit: Visit, @Id() id: string, @Query('done') done?: string): Promise<View> {
    const [opened, practice] = await Promise.all([this.acting.open(visit, id), this.referrals.practice(visit)]);
    const { referral } = opened;
    const flash = done === undefined ? undefined : FLASHES[done];
    return show({
      r: referral,
      heading: headingOf(opened),
      actions: actionsFor(referral),
      known: referral.side === 'triage' && visit.may('person.match'),
      assignToMe: referral.may['assign'] && referral.assignedTo !== visit.person.id,
      form: formOf({ version: referral.version }),
      sections: sectionsFor(opened, practice),
      source: sourceOf(opened),
      work: workOf(opened, practice),
      referrer: opened.names.person(referral.referredBy),
      flash: flash ? { text: flash } : null,
    });
  }
}
