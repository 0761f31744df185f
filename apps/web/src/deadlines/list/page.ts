import { Conflict, IllegalTransition, NotFound, RuleBroken } from '@concordat/platform';
import { Get, Post, Query } from '@nestjs/common';
import { Directory } from '../../apis/directory';
import { Notifications } from '../../apis/notifications';
import { formAgain, formOf, type Form } from '../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';
import { addressOf, askedIn, daysIn } from '../asked';
import { kindChoices, KINDS, placeOf, SCOPES, stateChoices } from '../words';

const AT = '/deadlines';

/** What is due: mine, my team's, my agency's, or anybody's that I may see. */
@Page({
  at: 'deadlines',
  folder: 'deadlines/list',
  may: 'deadline.list',
  states: ['filled', 'overdue', 'empty', 'error'],
})
export class DeadlinesPage {
  constructor(
    private readonly notifications: Notifications,
    private readonly directory: Directory,
  ) {}

  @Get()
  show(@Visiting() visit: Visit, @Query() query: Record<string, unknown>): Promise<View> {
    return this.page(visit, query);
  }

  /** Somebody sees to one of them. */
  @Post()
  async send(
    @Visiting() visit: Visit,
    @Sent() sent: Submitted,
    @Query() query: Record<string, unknown>,
  ): Promise<View | Redirect> {
    const [id = '', version = ''] = (sent.text('acknowledge') ?? '').split('.');
    if (!/^[0-9a-f-]{36}$/.test(id)) throw new NotFound('page');
    try {
      await this.notifications.acknowledge(visit, id, { key: sent.key, version: Number(version) });
      return redirect(`${addressOf(AT, askedIn(query))}&done=acknowledged`);
    } catch (error) {
      if (!(error instanceof RuleBroken || error instanceof Conflict || error instanceof IllegalTransition))
        throw error;
      const problem = { field: 'deadlines', code: error.code, message: 'This has changed. Look at it again below' };
      return this.page(visit, query, formAgain(sent, [problem]), error instanceof RuleBroken ? 422 : 409);
    }
  }

  private async page(visit: Visit, query: Record<string, unknown>, again?: Form, status = 200): Promise<View> {
    const asked = askedIn(query);
    const { typed, problems } = daysIn(query);
    const wrong = again === undefined && problems.length > 0;
    const list = wrong
      ? { items: [], count: 0, previous: null, next: null }
      : await this.notifications.deadlines(visit, asked);
    const people = list.items.flatMap((d) => [d.ownerId, d.acknowledgedBy]);
    const names = await this.directory.names(visit, people);
    const { whose, state, kind = '' } = asked;
    const down = (asked.sort ?? (state === 'ended' ? '-due' : 'due')) === '-due';
    const scope = SCOPES.find((each) => each.value === whose)!;
    return show(
      {
        items: list.items.map((d) => ({
          ...d,
          what: KINDS[d.kind],
          href: placeOf(d),
          org: names.organisation(d.orgId),
          owner: d.ownerId ? names.person(d.ownerId) : 'Nobody in particular',
          seenTo: d.acknowledgedBy && names.person(d.acknowledgedBy),
        })),
        ...{ heading: scope.title, whose, state, count: list.count },
        scopes: SCOPES.map((s) => ({
          ...s,
          href: addressOf(AT, asked, { whose: s.value }),
          current: s.value === whose,
        })),
        filters: formOf({ values: { state, kind, ...typed }, problems }),
        ...{ wrong, form: again ?? formOf({ problems }) },
        ...{ states: stateChoices, kinds: kindChoices },
        due: {
          ...{ text: 'Due', sorted: down ? 'descending' : 'ascending' },
          href: addressOf(AT, asked, { sort: down ? 'due' : '-due' }),
        },
        here: addressOf(AT, asked),
        csv: addressOf('/deadlines/csv', asked),
        calendar: `/deadlines/calendar?whose=${whose}`,
        previous: list.previous && addressOf(AT, asked, { cursor: list.previous }),
        next: list.next && addressOf(AT, asked, { cursor: list.next }),
        oversees: visit.may('deadline.oversee'),
        handsOver: visit.may('stand-in.name'),
        ...(query['done'] === 'acknowledged'
          ? { flash: { text: 'You see to it. Nobody is reminded of it for now' } }
          : {}),
      },
      wrong ? 422 : status,
    );
  }
}
