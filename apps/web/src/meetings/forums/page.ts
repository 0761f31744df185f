import { Get } from '@nestjs/common';
import { Conferences } from '../../apis/conferences';
import { Page, show, type View } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';

/** Forums of the partnership: those that one sits on first. */
@Page({ at: 'forums', folder: 'meetings/forums', may: 'forum.list', states: ['filled'] })
export class ForumsPage {
  constructor(private readonly conferences: Conferences) {}

  @Get()
  async show(@Visiting() visit: Visit): Promise<View> {
    const { items: forums, may } = await this.conferences.allForums(visit);
    return show({
      setUp: may.setUp,
      words: visit.may('wording.view'),
      mine: forums.filter((f) => f.may.attend),
      others: forums.filter((f) => !f.may.attend),
    });
  }
}
