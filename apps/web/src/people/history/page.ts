import { Id } from '@concordat/platform';
import { Get } from '@nestjs/common';
import { Directory } from '../../apis/directory';
import { People } from '../../apis/people';
import { Page, show, type View } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';
import { headingOf, subNavigationOf } from '../heading';
import { PART_TITLES, partText } from '../../design/person-parts';

const WHAT = {
  recorded: 'Recorded first',
  corrected: 'Corrected',
  merged: 'Merged with another record',
  separated: 'Merge undone',
} as const;

/** What was known of a person before, change by change. */
@Page({ at: 'people/:id/history', folder: 'people/history', may: 'person.view-history', states: ['empty', 'filled'] })
export class PersonHistoryPage {
  constructor(
    private readonly people: People,
    private readonly directory: Directory,
  ) {}

  @Get()
  async show(@Visiting() visit: Visit, @Id() id: string): Promise<View> {
    const [person, items] = [await this.people.person(visit, id), await this.people.history(visit, id)];
    const names = await this.directory.names(
      visit,
      items.map((i) => i.by),
    );
    return show({
      person,
      heading: headingOf(person),
      navigationOfPerson: subNavigationOf(person, 'history'),
      items: items.map((item) => ({
        title: WHAT[item.what],
        at: item.at,
        by: [item.by && names.person(item.by), item.orgId && names.organisation(item.orgId)].filter(Boolean).join(', '),
        changes: item.changes.map(({ part, from, to }) => ({
          title: PART_TITLES[part],
          from: partText(part, from),
          to: partText(part, to),
        })),
      })),
    });
  }
}
