import { Get } from '@nestjs/common';
import { Conferences } from '../../apis/conferences';
import { Page, show, type View } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';
import { ConferencePeople } from '../people';

/** Cases of meetings about which one's agency has not said what it holds, the first due first. */
@Page({ at: 'research-owed', folder: 'meetings/research-owed', may: 'agenda-item.view', states: ['filled', 'empty'] })
export class ResearchOwedPage {
  constructor(
    private readonly conferences: Conferences,
    private readonly people: ConferencePeople,
  ) {}

  @Get()
  async show(@Visiting() visit: Visit): Promise<View> {
    const owed = await this.conferences.researchOwed(visit);
    const known = await this.people.of(
      visit,
      owed.map((each) => each.caseId),
    );
    return show({
      owed: owed.map((each) => ({
        ...each,
        reference: known.get(each.caseId)?.reference ?? 'Case',
        subject: known.get(each.caseId)?.nameOf(each.subjectId) ?? 'Somebody of this case',
      })),
      back: { text: 'Back to meetings', href: '/forums' },
    });
  }
}
