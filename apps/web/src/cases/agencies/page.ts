import { Id } from '@concordat/platform';
import { Get, Query } from '@nestjs/common';
import { Page, show, type View } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';
import { agenciesOf, Cases, headingOf, subNavigationOf } from '../opened';

const FLASHES: Readonly<Record<string, string>> = {
  changed: 'Who takes part has been changed',
  ended: 'The agency no longer takes part',
};

/** Which agencies take part in a case, how, and since when. The lead agency changes it from here. */
@Page({ at: 'cases/:id/agencies', folder: 'cases/agencies', may: 'case.view', states: ['lead', 'not-lead', 'changed'] })
export class AgenciesPage {
  constructor(private readonly cases: Cases) {}

  @Get()
  async show(@Visiting() visit: Visit, @Id() id: string, @Query('done') done?: string): Promise<View> {
    const opened = await this.cases.open(visit, id);
    const flash = done === undefined ? undefined : FLASHES[done];
    return show({
      record: opened.record,
      heading: headingOf(opened),
      navigationOfCase: subNavigationOf(id, 'agencies'),
      agencies: agenciesOf(opened),
      lead: opened.names.organisation(opened.record.leadOrg),
      flash: flash ? { text: flash } : null,
    });
  }
}
