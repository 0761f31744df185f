import { Id } from '@concordat/platform';
import { Get, Query } from '@nestjs/common';
import { People } from '../../apis/people';
import { candidateShown } from '../../design/candidates';
import { Page, show, type View } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';
import { headingOf, subNavigationOf } from '../heading';

const FLASHES: Readonly<Record<string, string>> = {
  different: 'They are recorded as different people. They are not offered again until something more is known',
};

/** Who may be the same person, with reasons for and against. Nothing is merged but by a person. */
@Page({
  at: 'people/:id/duplicates',
  folder: 'people/duplicates',
  may: 'person.match',
  states: ['none', 'found', 'different'],
})
export class DuplicatesPage {
  constructor(private readonly people: People) {}

  @Get()
  async show(@Visiting() visit: Visit, @Id() id: string, @Query('done') done?: string): Promise<View> {
    const [person, candidates] = [await this.people.person(visit, id), await this.people.candidates(visit, id)];
    const flash = done === undefined ? undefined : FLASHES[done];
    return show({
      person,
      heading: headingOf(person),
      navigationOfPerson: subNavigationOf(person, 'duplicates'),
      candidates: candidates.map(candidateShown),
      flash: flash ? { text: flash } : null,
    });
  }
}
