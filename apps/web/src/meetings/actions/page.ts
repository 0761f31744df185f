import { actionStates, isId } from '@concordat/contracts';
import { Get, Query } from '@nestjs/common';
import { Conferences, type ActionQuery } from '../../apis/conferences';
import { Directory } from '../../apis/directory';
import { Page, show, type View } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';
import { ConferencePeople } from '../people';
import { ACTION_STATES, actionShown } from '../words';

const ONLY = [
  { value: 'open', text: 'Open' },
  { value: 'before-meeting', text: 'Due by the next meeting of the forum' },
  { value: 'overdue', text: 'Overdue' },
  { value: 'ended', text: 'Come to an end' },
  { value: 'all', text: 'All of them' },
];
const WHOSE = [
  { value: 'own', text: 'Your agency' },
  { value: 'led', text: 'Every agency, at forums that you lead' },
];
const SORTS = ['due', '-due', '-changed'];

/** Actions that meetings gave to one's agency, a page of them: what is open first, the longest due before the others. */
@Page({
  at: 'conference-actions',
  folder: 'meetings/actions',
  may: 'conference-action.list',
  states: ['filled', 'filtered', 'empty'],
})
export class ConferenceActionsPage {
  constructor(
    private readonly conferences: Conferences,
    private readonly directory: Directory,
    private readonly people: ConferencePeople,
  ) {}

  @Get()
  async show(@Visiting() visit: Visit, @Query() query: Record<string, unknown>): Promise<View> {
    const asked = readQuery(query);
    const [list, names, forums] = await Promise.all([
      this.conferences.actions(visit, asked),
      this.directory.names(visit),
      this.conferences.forums(visit),
    ]);
    const what = ONLY.find(({ value }) => value === (asked.only ?? 'open'))!.text;
    const forum = forums.find(({ id }) => id === asked.forum);
    const { state } = asked;
    const ofCase = asked.case ? (await this.people.of(visit, [asked.case])).get(asked.case)!.reference : '';
    const open = list.items.filter(({ may }) => may.length > 0);
    return show({
      actions: list.items.map((action) => actionShown(action, names)),
      // Every one of this page of which a step is open, for whoever would choose each of them.
      all: `/conference-actions/together?${open.map(({ id }) => `actions=${id}`).join('&')}`,
      ...{ choosable: open.length, asked },
      ...{ count: list.count, what },
      fields: [
        { name: 'whose', label: 'Whose', value: asked.whose ?? 'own', choices: WHOSE, needed: true },
        { name: 'only', label: 'Which', value: asked.only ?? 'open', choices: ONLY, needed: true },
        {
          ...{ name: 'forum', label: 'Forum', value: asked.forum ?? '' },
          choices: forums.map(({ id, title }) => ({ value: id, text: title })),
        },
        {
          ...{ name: 'state', label: 'Where it stands', value: state ?? '' },
          choices: actionStates.map((value) => ({ value, text: ACTION_STATES[value].text })),
        },
      ],
      led: asked.whose === 'led',
      chosen: [
        ...(asked.whose
          ? [{ text: `Whose: ${WHOSE[1]!.text}`, href: hrefOf({ ...asked, whose: '', cursor: '' }) }]
          : []),
        ...(asked.only ? [{ text: `Which: ${what}`, href: hrefOf({ ...asked, only: '', cursor: '' }) }] : []),
        ...(forum ? [{ text: `Forum: ${forum.title}`, href: hrefOf({ ...asked, forum: '', cursor: '' }) }] : []),
        ...actionStates
          .filter((value) => value === state)
          .map((value) => ({
            text: `Where it stands: ${ACTION_STATES[value].text}`,
            href: hrefOf({ ...asked, state: '', cursor: '' }),
          })),
        ...(ofCase ? [{ text: `Case: ${ofCase}`, href: hrefOf({ ...asked, case: '', cursor: '' }) }] : []),
      ],
      columns: { due: columnOf(asked, 'due', 'By'), changed: columnOf(asked, '-changed', 'Moved last') },
      previous: list.previous && hrefOf({ ...asked, cursor: list.previous }),
      next: list.next && hrefOf({ ...asked, cursor: list.next }),
      back: { text: 'Back to meetings', href: '/forums' },
    });
  }
}

/** An address of the list; what means nothing is left out. */
function readQuery(query: Readonly<Record<string, unknown>>): ActionQuery {
  const text = (name: string): string => (typeof query[name] === 'string' ? query[name] : '');
  const [only, forum, sort, cursor] = [text('only'), text('forum'), text('sort'), text('cursor').slice(0, 300)];
  const [ofCase, state] = [text('case'), text('state')];
  return {
    ...(text('whose') === 'led' ? { whose: 'led' } : {}),
    ...(isId(ofCase) ? { case: ofCase } : {}),
    ...(actionStates.some((value) => value === state) ? { state } : {}),
    ...(only !== 'open' && ONLY.some(({ value }) => value === only) ? { only } : {}),
    ...(isId(forum) ? { forum } : {}),
    ...(sort !== 'due' && SORTS.includes(sort) ? { sort } : {}),
    ...(cursor ? { cursor } : {}),
  };
}

function hrefOf(query: ActionQuery): string {
  const given = Object.entries(query).filter(([, value]) => Boolean(value)) as [string, string][];
  const text = new URLSearchParams(given).toString();
  return text ? `/conference-actions?${text}` : '/conference-actions';
}

/** A heading that sorts: by the day it is due either way, and by what moved last. */
function columnOf({ cursor: _, ...asked }: ActionQuery, first: 'due' | '-changed', text: string) {
  const now = asked.sort ?? 'due';
  const sorted = now.replace('-', '') === first.replace('-', '');
  const next = first === 'due' && now === 'due' ? '-due' : first;
  return {
    ...{ text, href: hrefOf({ ...asked, sort: next === 'due' ? '' : next }) },
    sorted: sorted ? (now.startsWith('-') ? 'descending' : 'ascending') : null,
  };
}
