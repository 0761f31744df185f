import { Id } from '@concordat/platform';
import { Get, Query } from '@nestjs/common';
import { Chronology } from '../../apis/chronology';
import { Directory } from '../../apis/directory';
import { Page, show, type View } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';
import { lineOf, staffOf } from '../chronology-lines';
import { Cases, headingOf, subNavigationOf } from '../opened';

const FLASHES: Readonly<Record<string, string>> = {
  corrected: 'The entry has been corrected. What it said before is below',
  unchanged: 'Nothing was different, so nothing was changed',
  withdrawn: 'The entry has been withdrawn',
};

/** One entry of a chronology, with everything that it said before, who changed it and why. */
@Page({
  at: 'cases/:id/chronology/:entryId',
  folder: 'cases/chronology-entry',
  may: 'chronology.view',
  states: ['filled', 'read-only', 'corrected', 'withdrawn'],
})
export class ChronologyEntryPage {
  constructor(
    private readonly cases: Cases,
    private readonly chronology: Chronology,
    private readonly directory: Directory,
  ) {}

  @Get()
  async show(
    @Visiting() visit: Visit,
    @Id() id: string,
    @Id('entryId') entryId: string,
    @Query('done') done?: string,
  ): Promise<View> {
    const opened = await this.cases.open(visit, id);
    const entry = await this.chronology.entry(visit, id, entryId);
    const names = await this.directory.names(visit, staffOf(entry.versions));
    const known = { names, people: opened.record.people, categories: entry.categories };
    const flash = done === undefined ? undefined : FLASHES[done];
    return show({
      record: opened.record,
      heading: headingOf(opened),
      navigationOfCase: subNavigationOf(id, 'chronology'),
      entry: lineOf(entry, known),
      versions: entry.versions.map((v) => lineOf(v, known)),
      flash: flash ? { text: flash } : null,
    });
  }
}
