import { IllegalTransition } from '@concordat/platform';
import { Get, Post, Query } from '@nestjs/common';
import { Directory } from '../../apis/directory';
import { LongWorks } from '../../apis/long-works';
import { formOf } from '../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';
import { kindOfWork, progressOf, stateOfWork, whyOf } from '../work-words';
import { SERVICES } from '../words';

const SHOWN = 50;
const SHOW = [
  { value: 'all', text: 'Everything' },
  { value: 'running', text: 'What is under way' },
  { value: 'failed', text: 'What failed' },
];
const DONE: Readonly<Record<string, string>> = {
  counting: 'The figures are being counted anew',
  already: 'The figures are being counted anew already',
};

/** Exports, imports, packs, minutes, work on many cases and erasures: whose they are and how far they have come. */
@Page({
  at: 'administration/work',
  folder: 'administration/work',
  may: 'work.oversee',
  states: ['filled', 'nothing-found'],
})
export class WorkPage {
  constructor(
    private readonly works: LongWorks,
    private readonly directory: Directory,
  ) {}

  @Get()
  async show(
    @Visiting() visit: Visit,
    @Query('show') shown?: string,
    @Query('page') wanted?: string,
    @Query('done') done?: string,
  ): Promise<View> {
    const { items, silent } = await this.works.all(visit);
    const state = SHOW.find(({ value }) => value === shown)?.value ?? 'all';
    const found = items.filter((w) => state === 'all' || w.state === state);
    found.sort(
      (a, b) => Number(b.state === 'running') - Number(a.state === 'running') || (a.askedAt < b.askedAt ? 1 : -1),
    );
    const page = Math.min(Math.max(1, Math.trunc(Number(wanted)) || 1), Math.max(1, Math.ceil(found.length / SHOWN)));
    const some = found.slice((page - 1) * SHOWN, page * SHOWN);
    const names = await this.directory.names(
      visit,
      some.map(({ userId }) => userId),
    );
    const now = new Date();
    const href = (to: number): string => `/administration/work?show=${state}&page=${to}`;
    return show({
      ...{ count: found.length, shows: SHOW, form: formOf({ values: { show: state } }) },
      silent: silent.map((context) => SERVICES[context]),
      items: some.map((w) => ({
        ...{ ...w, text: kindOfWork(w.kind), tag: stateOfWork(w, now), progress: progressOf(w), why: whyOf(w) },
        agency: w.orgId === null ? 'The whole partnership' : names.organisation(w.orgId),
        person: w.userId === null ? null : names.person(w.userId),
      })),
      mayRecount: visit.may('insight.rebuild'),
      previous: page > 1 ? href(page - 1) : null,
      next: page * SHOWN < found.length ? href(page + 1) : null,
      flash: done && Object.hasOwn(DONE, done) ? { text: DONE[done] } : null,
    });
  }

  /** Counting anew may be asked for at any time: the numbers that stand go on standing until the new ones are there. */
  @Post()
  async recount(@Visiting() visit: Visit, @Sent() sent: Submitted): Promise<Redirect> {
    try {
      await this.works.recount(visit, sent.key);
      return redirect('/administration/work?done=counting');
    } catch (error) {
      if (error instanceof IllegalTransition) return redirect('/administration/work?done=already');
      throw error;
    }
  }
}
