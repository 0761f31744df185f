import { Id } from '@concordat/platform';
import { Get } from '@nestjs/common';
import { Page, show, type View } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';
import { contentsOf, sourceOf } from '../contents';
import { agenciesOf, Cases, headingOf, timelineOf } from '../opened';

/** A case on paper: everything on one page, with who printed it and when. */
@Page({ at: 'cases/:id/print', folder: 'cases/print', may: 'case.view', states: ['printed'] })
export class PrintPage {
  constructor(private readonly cases: Cases) {}

  @Get()
  async show(@Visiting() visit: Visit, @Id() id: string): Promise<View> {
    const opened = await this.cases.open(visit, id);
    return show({
      record: opened.record,
      heading: headingOf(opened),
      sections: contentsOf(opened),
      source: sourceOf(opened),
      agencies: agenciesOf(opened),
      entries: timelineOf(opened.record.timeline, opened.names),
      printedAt: new Date().toISOString(),
    });
  }
}
