import { Id } from '@concordat/platform';
import { Get } from '@nestjs/common';
import { Page, show, type View } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';
import { contentsOf, sourceOf } from '../contents';
import { agenciesOf, Cases, headingOf, subNavigationOf, timelineOf } from '../opened';

const RECENT = 5;

/** One case: key facts first, then the people, who works on it and what happened last. */
@Page({ at: 'cases/:id', folder: 'cases/case', may: 'case.view', states: ['filled'] })
export class CasePage {
  constructor(private readonly cases: Cases) {}

  @Get()
  async show(@Visiting() visit: Visit, @Id() id: string): Promise<View> {
    const opened = await this.cases.open(visit, id);
    const { record, names } = opened;
    return show({
      record,
      heading: headingOf(opened),
      navigationOfCase: subNavigationOf(id, 'overview'),
      sections: contentsOf(opened),
      source: sourceOf(opened),
      agencies: agenciesOf(opened).now,
      recent: timelineOf(record.timeline.slice(0, RECENT), names),
      more: record.timeline.length > RECENT,
      trail: visit.may('trail.read'),
      referral: visit.may('referral.view'),
    });
  }
}
