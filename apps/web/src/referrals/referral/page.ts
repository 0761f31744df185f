import { Id } from '@concordat/platform';
import { Get, Query } from '@nestjs/common';
import { Directory } from '../../apis/directory';
import { Referrals } from '../../apis/referrals';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { sectionsOf } from '../../design/referral-sections';
import { reasonTitles } from '../../design/reasons';
import { Visiting, type Visit } from '../../session/visit';

const FLASHES: Readonly<Record<string, string>> = {
  answered: 'Your answer has been sent',
  withdrawn: 'The referral has been taken back',
};

/** A referral, for those who made it: what became of it, and what they are asked. Triage has a page of its own. */
@Page({
  at: 'referrals/:id',
  folder: 'referrals/referral',
  may: 'referral.view',
  states: ['received', 'asked', 'decided', 'withdrawn'],
})
export class ReferralPage {
  constructor(
    private readonly referrals: Referrals,
    private readonly directory: Directory,
  ) {}

  @Get()
  async show(@Visiting() visit: Visit, @Id() id: string, @Query('done') done?: string): Promise<View | Redirect> {
    const referral = await this.referrals.referral(visit, id);
    if (referral.side === 'triage' && referral.referringOrg !== visit.person.organisation.id)
      return redirect(`/triage/${id}`);
    const [practice, reasons, names] = await Promise.all([
      this.referrals.practice(visit),
      this.referrals.reasons(visit),
      this.directory.names(visit, [
        referral.referredBy,
        ...referral.feedback.map((f) => f.by),
        ...referral.informationRequests.flatMap((r) => [r.askedBy, r.answeredBy]),
        ...referral.history.map((h) => h.by),
      ]),
    ]);
    const pathway = practice.pathways.find((p) => p.code === referral.pathway) ?? null;
    const { decision } = referral;
    return show({
      r: referral,
      pathwayTitle: pathway?.title ?? referral.pathway,
      area: names.area(referral.areaId),
      receivedBy: names.organisation(referral.receivingOrg),
      referredBy: names.person(referral.referredBy),
      decision: decision && {
        ...decision,
        reasonTitle: reasonTitles(reasons)(decision.outcome, decision.reason),
        destinationTitle:
          [...practice.pathways, ...practice.forums].find((d) => d.code === decision.destination)?.title ?? null,
      },
      feedback: referral.feedback.map((f) => ({ ...f, name: names.person(f.by) })),
      requests: referral.informationRequests.map((q) => ({
        ...q,
        asker: names.person(q.askedBy),
        answerer: names.person(q.answeredBy),
      })),
      history: referral.history.map((h) => ({ ...h, name: names.person(h.by) })),
      sections: sectionsOf(referral.content, {
        pathway,
        area: names.area(referral.areaId),
        grounds: practice.consentGrounds,
      }),
      flash: done && FLASHES[done] ? { text: FLASHES[done] } : null,
      back: { href: '/referrals/made', text: 'Referrals made' },
    });
  }
}
