import { Id } from '@concordat/platform';
import { Get } from '@nestjs/common';
import { People, type Candidate, type PersonDetails } from '../../apis/people';
import type { PersonContent } from '../../apis/referral-content';
import { candidateShown } from '../../design/candidates';
import { Page, show, type View } from '../../design/page';
import { nameOf } from '../../design/referral-sections';
import { compact } from '../../design/submitted';
import { titleOf } from '../../design/words';
import { Visiting, type Visit } from '../../session/visit';
import { Acting } from '../acting';
import { headingOf } from '../heading';

/**
 * Whether the people of a referral are on record already, in cases that the reader may see. It is asked for and not part of
 * the referral's own page, because each looking is a consultation of everybody who is found.
 */
@Page({
  at: 'triage/:id/known-people',
  folder: 'triage/known-people',
  may: 'person.match',
  states: ['none', 'found'],
})
export class KnownPeoplePage {
  constructor(
    private readonly acting: Acting,
    private readonly people: People,
  ) {}

  @Get()
  async show(@Visiting() visit: Visit, @Id() id: string): Promise<View> {
    const opened = await this.acting.open(visit, id);
    const { referral } = opened;
    const people = [];
    for (const person of referral.content.people ?? []) {
      const found = await this.candidatesFor(visit, person);
      people.push({
        name: nameOf(person),
        roles: person.roles.map(titleOf).join(', '),
        candidates: found.map(candidateShown),
      });
    }
    return show({ r: referral, heading: headingOf(opened), people });
  }

  private candidatesFor(visit: Visit, person: PersonContent): Promise<readonly Candidate[]> {
    const { id, name, aliases, datesOfBirth, sex, addresses, phones } = person;
    const identifiers = [
      { kind: 'nhs-number', value: person.nhsNumber },
      { kind: 'police', value: person.policeReference },
      { kind: 'housing', value: person.housingReference },
    ].flatMap(({ kind, value }) => (value ? [{ kind, value }] : []));
    const known = compact({ name, aliases, datesOfBirth, sex, addresses, phones, identifiers }) as PersonDetails;
    return this.people.lookFor(visit, known, id ? [id] : []);
  }
}
