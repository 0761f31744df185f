import { Id } from '@concordat/platform';
import { Get, Query } from '@nestjs/common';
import { Directory } from '../../apis/directory';
import { Wordings } from '../../apis/wordings';
import { Page, show, type View } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';
import { STATES } from '../wording-words';

/** One version of the agency's wording, beside the neutral labels, and the versions that there were. */
@Page({ at: 'wordings/:id', folder: 'risk/wording', may: 'wording.view', states: ['in-force', 'removed'] })
export class WordingPage {
  constructor(
    private readonly wordings: Wordings,
    private readonly directory: Directory,
  ) {}

  @Get()
  async show(@Visiting() visit: Visit, @Id() id: string, @Query('done') done?: string): Promise<View> {
    const wording = await this.wordings.one(visit, id);
    const names = await this.directory.names(
      visit,
      wording.versions.map(({ loadedBy }) => loadedBy),
    );
    return show({
      ...{ wording, state: STATES[wording.state] },
      versions: wording.versions.map((v) => ({ ...v, by: names.person(v.loadedBy), stateText: STATES[v.state].text })),
      removable: visit.may('wording.remove') && (wording.state === 'in-force' || wording.state === 'outdated'),
      back: { text: 'Back to wordings', href: '/wordings' },
      flash:
        done === 'loaded' ? { text: 'The wording is loaded. Assessments that are begun now are asked in it' } : null,
    });
  }
}
