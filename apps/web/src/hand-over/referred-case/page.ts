import { Id } from '@concordat/platform';
import { Get } from '@nestjs/common';
import { Directory } from '../../apis/directory';
import { HandOver } from '../../apis/hand-over';
import { Referrals } from '../../apis/referrals';
import { contentsOf } from '../../cases/contents';
import { contactAlerts, staffAlerts } from '../../design/key-facts';
import { Page, show, type View } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';
import { titleIn } from '../words';

/** What an accepted referral shows of the case: the agreed fields, and nothing else. */
@Page({
  at: 'hand-over/referrals/:id/case',
  folder: 'hand-over/referred-case',
  may: 'case.view',
  states: ['filled'],
})
export class ReferredCasePage {
  constructor(
    private readonly handOver: HandOver,
    private readonly directory: Directory,
    private readonly referrals: Referrals,
  ) {}

  @Get()
  async show(@Visiting() visit: Visit, @Id() id: string): Promise<View> {
    const record = await this.handOver.referredCase(visit, id);
    const [practice, pathways, names] = await Promise.all([
      this.handOver.practice(visit),
      this.referrals.practice(visit),
      this.directory.names(visit),
    ]);
    const pathway = pathways.pathways.find((p) => p.code === record.kind) ?? null;
    const sections = contentsOf({ record, pathway }).filter((s) => s.cards.length > 0);
    return show({
      id,
      heading: {
        reference: record.reference,
        name: 'What was agreed to be shown',
        alerts: [...staffAlerts(record.keyFacts.staffRisk), ...contactAlerts(record.keyFacts.safeContact)],
        facts: [
          { key: 'Lead agency', text: names.organisation(record.leadOrg) },
          { key: 'Shown', text: titleIn(practice.views, record.view) },
        ],
      },
      // Its people are not this agency's to open beyond what is here.
      sections: sections.map((s) => ({ ...s, cards: s.cards.map(({ title, rows }) => ({ title, rows })) })),
      source: names.organisation(record.leadOrg),
    });
  }
}
