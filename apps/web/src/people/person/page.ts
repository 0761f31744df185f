import { Id } from '@concordat/platform';
import { Get, Query } from '@nestjs/common';
import { Directory } from '../../apis/directory';
import { People, type Relationship } from '../../apis/people';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { nameOf } from '../../design/referral-sections';
import { civilDateOf } from '../../design/filters';
import { titleOf } from '../../design/words';
import { Visiting, type Visit } from '../../session/visit';
import { headingOf, subNavigationOf } from '../heading';
import { GROUPS, PART_TITLES, partText, type GroupCode } from '../../design/person-parts';

const FLASHES: Readonly<Record<string, string>> = {
  corrected: 'What is known has been changed',
  unchanged: 'Nothing was different, so nothing was changed',
  merged: 'The two records are one now',
  separated: 'The two records stand apart again',
  related: 'The relationship has been recorded',
  ended: 'The relationship has ended',
};

/** One person: what is known and who said it, how they are related, and which cases they are in. */
@Page({ at: 'people/:id', folder: 'people/person', may: 'person.view', states: ['filled', 'read-only', 'corrected'] })
export class PersonPage {
  constructor(
    private readonly people: People,
    private readonly directory: Directory,
  ) {}

  @Get()
  async show(@Visiting() visit: Visit, @Id() id: string, @Query('done') done?: string): Promise<View | Redirect> {
    const person = await this.people.person(visit, id);
    if (person.id !== id) return redirect(`/people/${person.id}`); // it was merged
    const [names, merges] = await Promise.all([this.directory.names(visit), this.people.merges(visit, id)]);
    const flash = done === undefined ? undefined : FLASHES[done];
    return show({
      person,
      heading: headingOf(person),
      navigationOfPerson: subNavigationOf(person, 'details'),
      groups: (Object.keys(GROUPS) as GroupCode[]).map((code) => ({
        code,
        title: GROUPS[code].title,
        rows: GROUPS[code].parts.flatMap((part) => {
          const text = partText(part, person[part], names);
          return text === '' ? [] : [{ key: PART_TITLES[part], text }];
        }),
      })),
      relationships: person.relationships.map((r) => ({
        ...r,
        name: nameOf(r.other.name ? { name: r.other.name } : undefined),
        words: r.direction === 'of' ? `${titleOf(r.kind)} of` : `Has as ${titleOf(r.kind).toLowerCase()}`,
        time:
          [r.since && `from ${civilDateOf(r.since)}`, r.until && `until ${civilDateOf(r.until)}`]
            .filter(Boolean)
            .join(' ') || 'Dates not known',
        by: names.organisation(r.orgId),
        origin: originOf(r.broughtIn),
      })),
      cases: person.cases.map((c) => ({ ...c, roles: c.roles.map(titleOf).join(', ') })),
      merges: merges.filter((m) => m.undoneAt === null),
      trail: visit.may('trail.read'),
      restricts: visit.may('restriction.make'),
      flash: flash ? { text: flash } : null,
    });
  }
}

/** Where a relationship was brought in from, and who wrote it down there. */
function originOf(broughtIn: Relationship['broughtIn']): string {
  if (!broughtIn) return '';
  const by = broughtIn.author ? `, first written down by ${broughtIn.author}` : '';
  const on = broughtIn.recordedOn ? `, ${civilDateOf(broughtIn.recordedOn)}` : '';
  return `From ${broughtIn.source}${by}${on}`;
}
