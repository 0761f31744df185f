import { actionInWords, contexts, isId } from '@concordat/contracts';
import { Id, serviceActorId } from '@concordat/platform';
import { Get, Query } from '@nestjs/common';
import { Directory, type Names } from '../../apis/directory';
import { Records, type AccessLog } from '../../apis/records';
import { OUTCOMES, reasonInWords } from '../../audit/acts';
import { readAsked, trailHref } from '../../audit/asked';
import { wordsOf } from '../../design/filters';
import { formOf } from '../../design/form';
import { Page, show, type View } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';
import { Cases, headingOf, subNavigationOf } from '../opened';

const SERVICES = new Set(contexts.map((context) => serviceActorId(context)));

/** Who has looked at a case, and who was refused, newest first: of everybody, or of one of them, between two days. */
@Page({
  at: 'cases/:id/access-log',
  folder: 'cases/access-log',
  may: 'case.view-access-log',
  states: ['filled', 'filtered', 'empty', 'error'],
})
export class AccessLogPage {
  constructor(
    private readonly cases: Cases,
    private readonly records: Records,
    private readonly directory: Directory,
  ) {}

  @Get()
  async show(@Visiting() visit: Visit, @Id() id: string, @Query() given: Record<string, unknown>): Promise<View> {
    const opened = await this.cases.open(visit, id);
    const { user, from, to, cursor } = given;
    const asked = readAsked({ user, from, to, cursor });
    const page = `/cases/${id}/access-log`;
    const document = typeof given['document'] === 'string' && isId(given['document']) ? given['document'] : undefined;
    const typed = { ...asked.typed, ...(document ? { document } : {}) };
    const frame = {
      record: opened.record,
      heading: headingOf(opened),
      navigationOfCase: subNavigationOf(id, 'timeline'),
      form: formOf({ values: typed, problems: asked.problems }),
      page,
    };
    if (asked.problems.length > 0) return show(frame, 422);
    const log = await this.records.accessLog(visit, id, { ...asked.query, ...(document ? { document } : {}) });
    const names = await this.directory.names(visit, [
      ...log.items.map((i) => (i.actor && !SERVICES.has(i.actor) ? i.actor : null)),
      asked.query.user ?? null,
    ]);
    const href = (change: Readonly<Record<string, string>>): string => trailHref(typed, change, page);
    return show({
      ...frame,
      items: log.items.map((item) => lineOf(item, names, (who) => href({ user: who }))),
      chosen: [
        ...(asked.query.user
          ? [{ text: `Member of staff: ${names.person(asked.query.user)}`, href: href({ user: '' }) }]
          : []),
        ...(document ? [{ text: 'One document alone', href: href({ document: '' }) }] : []),
        ...(asked.query.from ? [{ text: `From ${asked.typed['from']}`, href: href({ from: '' }) }] : []),
        ...(asked.query.to ? [{ text: `To ${asked.typed['to']}`, href: href({ to: '' }) }] : []),
      ],
      previous: log.previous && href({ cursor: log.previous }),
      next: log.next && href({ cursor: log.next }),
    });
  }
}

function lineOf(item: AccessLog['items'][number], names: Names, only: (user: string) => string) {
  const { actor } = item;
  const person = actor !== null && !SERVICES.has(actor);
  return {
    at: item.at,
    who: person ? names.person(actor) : actor ? 'Concordat itself' : 'Erased',
    href: person ? only(actor) : null,
    organisation: item.actorOrg && names.organisation(item.actorOrg),
    role: item.actorRole && person ? wordsOf(item.actorRole) : null,
    what: item.action ? actionInWords(item.action) : 'Erased',
    purpose: item.purpose && wordsOf(item.purpose),
    outcome: OUTCOMES[item.outcome] ?? { text: item.outcome, tag: 'grey' },
    reasons: item.outcome === 'denied' ? item.reasons.map(reasonInWords) : [],
  };
}
