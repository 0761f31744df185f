import { actionInWords, actOutcomes, actsOfAdministration, contexts, outcomeInWords } from '@concordat/contracts';
import { serviceActorId } from '@concordat/platform';
import { Get, Query } from '@nestjs/common';
import { Audit, type AdministrationItem } from '../../apis/audit';
import { Directory, type Names } from '../../apis/directory';
import { wordsOf } from '../../design/filters';
import { formOf } from '../../design/form';
import { Page, show, type View } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';
import { actsHref, readAsked } from '../acts-asked';

const SERVICES = new Set(contexts.map(serviceActorId));
const TAGS: Readonly<Record<string, string>> = { done: 'grey', denied: 'red', failed: 'orange' };
const SHOWN = 3;

/** What administrators did and were refused, newest first: who, what, about which member, organisation or system, and when. */
@Page({
  at: 'administration/acts',
  folder: 'administration/acts',
  may: 'trail.read-administration',
  states: ['filled', 'nothing-found', 'error'],
})
export class ActsPage {
  constructor(
    private readonly audit: Audit,
    private readonly directory: Directory,
  ) {}

  @Get()
  async show(@Visiting() visit: Visit, @Query() given: Record<string, unknown>): Promise<View> {
    const { typed, query, problems } = readAsked(given);
    const organisations = await this.directory.organisations(visit);
    const shown = {
      form: formOf({ values: typed, problems }),
      agencies: organisations.map(({ id, name }) => ({ value: id, text: name })),
      actions: actsOfAdministration
        .map((value) => ({ value, text: actionInWords(value) }))
        .sort((a, b) => a.text.localeCompare(b.text, 'en-GB')),
      outcomes: actOutcomes.map((value) => ({ value, text: outcomeInWords(value) })),
    };
    if (problems.length > 0) return show(shown, 422);
    const acts = await this.audit.administration(visit, query);
    const people = acts.items.flatMap((item) => [
      item.actor && !SERVICES.has(item.actor) ? item.actor : null,
      ...item.objects.filter(({ t }) => t === 'staff' || t === 'membership').map(({ id }) => id),
    ]);
    const names = await this.directory.names(visit, people);
    return show({
      ...shown,
      acts: { count: acts.count, items: acts.items.map((item) => lineOf(item, names, typed)) },
      previous: acts.previous && actsHref(typed, acts.previous),
      next: acts.next && actsHref(typed, acts.next),
    });
  }
}

function lineOf(item: AdministrationItem, names: Names, typed: Readonly<Record<string, string>>) {
  const about = item.objects.map(({ t, id }) => {
    if (t === 'staff' || t === 'membership') return names.person(id);
    if (t === 'organisation') return names.organisation(id);
    if (t === 'area') return names.area(id);
    return t === 'ledger' ? null : `${wordsOf(t)} ${id.slice(0, 8)}`;
  });
  const told = [...new Set(about.filter((each) => each !== null))];
  const service = item.actor !== null && SERVICES.has(item.actor);
  return {
    ...item,
    title: item.action ? actionInWords(item.action) : wordsOf(item.act.toLowerCase().replaceAll('_', '-')),
    outcomeText: outcomeInWords(item.outcome),
    tag: TAGS[item.outcome] ?? 'grey',
    who: service ? 'A service' : names.person(item.actor),
    agency: item.actorOrg ? names.organisation(item.actorOrg) : null,
    // More of the same person: the form has no field for it, because nobody knows ids by heart.
    more:
      item.actor && !service
        ? `/administration/acts?${new URLSearchParams({ ...typed, user: item.actor }).toString()}`
        : null,
    reasonsText: item.reasons.map(wordsOf).join(', '),
    about: told.slice(0, SHOWN).join(', '),
    others: Math.max(0, told.length - SHOWN),
  };
}
