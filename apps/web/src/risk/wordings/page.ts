import { Get, Query } from '@nestjs/common';
import { Wordings } from '../../apis/wordings';
import { Page, show, type View } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';
import { backOf, STATES } from '../wording-words';

/** Instruments, and the agency's own licensed wording of each. */
@Page({ at: 'wordings', folder: 'risk/wordings', may: 'wording.view', states: ['none', 'filled'] })
export class WordingsPage {
  constructor(private readonly wordings: Wordings) {}

  @Get()
  async show(@Visiting() visit: Visit, @Query('done') done?: string): Promise<View> {
    const items = await this.wordings.all(visit);
    return show({
      items: items.map((item) => ({ ...item, state: item.wording && STATES[item.wording.state] })),
      ...{ organisation: visit.person.organisation.name, back: backOf(visit) },
      flash: done === 'removed' ? { text: 'Nobody is asked in that wording any more' } : null,
    });
  }
}
