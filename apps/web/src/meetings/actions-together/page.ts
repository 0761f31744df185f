import { isId, type ActionStep, type FieldProblem } from '@concordat/contracts';
import { Get, Post, Query } from '@nestjs/common';
import { Conferences, type Outcome } from '../../apis/conferences';
import { Directory } from '../../apis/directory';
import type { ConferenceAction } from '../../apis/meetings';
import { formAgain, formOf, type Form } from '../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';
import { ConferencePeople } from '../people';
import { ACTION_STEPS, actionShown, WHY_NOT } from '../words';

/** The most that the risk service takes at once. */
const MOST = 50;

/**
 * One step of several actions, with words for each of them. What was kept is told action by action; what was not stays in the form,
 * with what was typed and why.
 */
@Page({
  at: 'conference-actions/together',
  folder: 'meetings/actions-together',
  may: 'conference-action.advance-together',
  states: ['chosen', 'escalating', 'none', 'error', 'in-part', 'done'],
})
export class ActionsTogetherPage {
  constructor(
    private readonly conferences: Conferences,
    private readonly directory: Directory,
    private readonly people: ConferencePeople,
  ) {}

  @Get()
  show(@Visiting() visit: Visit, @Query() query: Record<string, unknown>): Promise<View> {
    const given = [query['actions']].flat();
    const ids = idsIn(given.filter((each) => typeof each === 'string'));
    return this.page(visit, ids, query['done'] === 'yes' ? ids : [], formOf());
  }

  @Post()
  async send(@Visiting() visit: Visit, @Sent() sent: Submitted): Promise<View | Redirect> {
    const [ids, kept] = [idsIn(sent.list('actions')), idsIn(sent.list('kept'))];
    const step = sent.text('do');
    if (!step) sent.wrong('do', 'required', 'Choose what became of them');
    if (ids.length === 0 || sent.errors.length > 0)
      return this.page(visit, [...ids, ...kept], kept, formAgain(sent, sent.errors), 422);
    const { items } = await this.conferences.stepTogether(
      visit,
      {
        do: step!,
        items: ids.map((id) => ({
          ...{ id, version: Number(sent.text(`version.${id}`)) || 0 },
          ...(sent.text(`words.${id}`) ? { words: sent.text(`words.${id}`)! } : {}),
        })),
      },
      sent.key,
    );
    const [done, refused] = [items.filter(isDone).map(({ id }) => id), items.filter((item) => !isDone(item))];
    const all = [...ids, ...kept];
    if (refused.length === 0)
      return redirect(`/conference-actions/together?${all.map((id) => `actions=${id}`).join('&')}&done=yes`);
    return this.page(visit, all, [...kept, ...done], formAgain(sent, refused.map(problemOf)), 422);
  }

  /** @param kept those whose step is kept, which are told and asked nothing more */
  private async page(visit: Visit, ids: readonly string[], kept: readonly string[], form: Form, status = 200) {
    const [list, names] = await Promise.all([
      ids.length > 0
        ? this.conferences.actions(visit, { only: 'all', whose: 'any', ids: ids.join(','), limit: MOST })
        : null,
      this.directory.names(visit),
    ]);
    const items = list?.items ?? [];
    const known = await this.people.of(
      visit,
      items.map(({ caseId }) => caseId),
    );
    const shown = items.map((action) => ({
      ...actionShown(action, names),
      reference: known.get(action.caseId)?.reference,
    }));
    const left = shown.filter(({ id }) => !kept.includes(id));
    return show(
      {
        ...{ form, left, kept: shown.filter(({ id }) => kept.includes(id)) },
        steps: stepsOf(left),
        back: { text: 'Back to actions of your agency', href: '/conference-actions' },
      },
      status,
    );
  }
}

const idsIn = (given: readonly string[]): string[] => [...new Set(given.filter(isId))].slice(0, MOST);
const isDone = (item: Outcome): boolean => item.outcome === 'done';

/** What was wrong with one of them, at its own field. */
function problemOf({ id, code, message, errors }: Outcome): FieldProblem {
  const said = errors?.[0]?.message ?? WHY_NOT[code ?? ''] ?? message ?? 'This cannot be done now';
  return { field: `words.${id}`, code: code ?? 'refused', message: said };
}

/** Steps that are open for at least one of them; for how many, unless it is all. */
function stepsOf(actions: readonly Pick<ConferenceAction, 'may'>[]) {
  const steps = (Object.keys(ACTION_STEPS) as ActionStep[]).map((value) => ({
    ...{ value, text: ACTION_STEPS[value] },
    open: actions.filter(({ may }) => may.includes(value)).length,
  }));
  return steps
    .filter(({ open }) => open > 0)
    .map(({ open, ...step }) => ({
      ...step,
      ...(open < actions.length ? { hint: `Open for ${open} of the ${actions.length}` } : {}),
    }));
}
