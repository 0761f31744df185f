import { Get } from '@nestjs/common';
import { Conferences } from '../../apis/conferences';
import { Page, show, type View } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';

/** Forums of the partnership: those that one sits on first. */
@Page({ at: 'forums', folder: 'meetings/forums', may: 'forum.list', states: ['filled', 'administered'] })
export class ForumsPage {
  constructor(private readonly conferences: Conferences) {}

  @Get()
  async show(@Visiting() visit: Visit): Promise<View> {
    const { items: forums, may } = await this.conferences.allForums(visit);
    return show({
      setUp: may.setUp,
      // Administrators and auditors look at forums, and have no meetings, actions or flags of their own.
      meets: visit.may('meeting.view'),
      words: visit.may('wording.view'),
      mine: forums.filter((f) => f.may.attend),
      others: forums.filter((f) => !f.may.attend),
    });
  }
}
