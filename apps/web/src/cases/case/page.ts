import { Id } from '@concordat/platform';
import { Get } from '@nestjs/common';
import { Page, show, type View } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';
import { CaseFacts } from '../../apis/case-facts';
import { broughtInText, contentsOf, sourceOf } from '../contents';
import { factsShown } from '../facts';
import { agenciesOf, Cases, headingOf, subNavigationOf, timelineOf } from '../opened';

const RECENT = 5;
/** Safe contact and risk to staff come before orders, next steps and anybody's name. */
const KEY_FACTS = 2;

/** One case: key facts first, then the people, who works on it and what happened last. */
@Page({
  at: 'cases/:id',
  folder: 'cases/case',
  may: 'case.view',
  states: ['filled', 'restricted', 'emergency', 'brought-in'],
})
export class CasePage {
  constructor(
    private readonly cases: Cases,
    private readonly facts: CaseFacts,
  ) {}

  @Get()
  async show(@Visiting() visit: Visit, @Id() id: string): Promise<View> {
    const opened = await this.cases.open(visit, id);
    const { record, names } = opened;
    const facts = await this.facts.view(visit, id);
    const sections = contentsOf(opened);
    return show({
      record,
      heading: headingOf(opened),
      navigationOfCase: subNavigationOf(id, 'overview'),
      first: sections.slice(0, KEY_FACTS),
      sections: sections.slice(KEY_FACTS),
      facts: factsShown(facts, names, record),
      may: { keep: facts.may.keep, addPerson: facts.may.keep && visit.may('case.add-person') },
      source: sourceOf(opened),
      broughtIn: broughtInText(opened),
      agencies: agenciesOf(opened).now,
      recent: timelineOf(record.timeline.slice(0, RECENT), names),
      more: record.timeline.length > RECENT,
      trail: visit.may('trail.read'),
      referral: visit.may('referral.view'),
    });
  }
}
