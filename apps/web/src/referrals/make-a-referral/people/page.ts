import { Id } from '@concordat/platform';
import { Get, Post, Query } from '@nestjs/common';
import { formOf } from '../../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../../design/page';
import { nameOf, personCard } from '../../../design/referral-sections';
import { Sent, type Submitted } from '../../../design/submitted';
import { Visiting, type Visit } from '../../../session/visit';
import { addressOf, Drafting, groupOf, type Asked } from '../drafting';

@Page({
  at: 'referrals/make-a-referral/:id/people',
  folder: 'referrals/make-a-referral/people',
  may: 'referral.draft',
  states: ['empty', 'incomplete', 'filled'],
})
export class PeoplePage {
  constructor(private readonly drafting: Drafting) {}

  @Get()
  async show(@Visiting() visit: Visit, @Id() id: string, @Query() asked: Asked): Promise<View> {
    const { draft, content, pathway } = await this.drafting.open(visit, id);
    const people = content.people ?? [];
    const at = (ref: string): string => addressOf(id, `people/${ref}`);
    const problems = asked.incomplete === undefined ? [] : draft.missing.filter((p) => groupOf(p) === 'people');
    return show({
      id,
      pathway,
      form: formOf({ problems, version: draft.version, fieldOf: (path) => cardOf(path) }),
      from: asked.from,
      people: people.map((person, i) => ({
        ...personCard(person, { pathway }),
        anchor: `people.${i}`,
        name: nameOf(person),
        change: at(person.ref),
        remove: `${at(person.ref)}/remove`,
      })),
      wanted: pathway.people,
      add: at('new'),
      heading: pathway.groups.find((g) => g.code === 'people')?.title,
      back: { href: addressOf(id) },
    });
  }

  @Post()
  async goOn(@Visiting() visit: Visit, @Id() id: string, @Sent() sent: Submitted): Promise<Redirect> {
    const { draft, pathway } = await this.drafting.open(visit, id);
    const from = sent.text('_from') === 'check';
    if (draft.missing.some((p) => groupOf(p) === 'people'))
      return redirect(`${addressOf(id, 'people')}?incomplete${from ? '&from=check' : ''}`);
    const codes = pathway.groups.map((g) => g.code);
    return redirect(addressOf(id, from ? 'check-answers' : (codes[codes.indexOf('people') + 1] ?? 'check-answers')));
  }
}

/** What is missing of a person leads to that person's card; that somebody is missing, to where people are added. */
const cardOf = (path: string): string => /^people\.\d+/.exec(path)?.[0] ?? 'add-person';
