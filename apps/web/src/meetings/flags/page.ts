import type { FlagState, FlagStep } from '@concordat/contracts';
import { NotFound, type FieldProblem } from '@concordat/platform';
import { Get, Post, Query } from '@nestjs/common';
import { Conferences } from '../../apis/conferences';
import { formAgain, formOf, type Form } from '../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';
import { ConferencePeople } from '../people';
import { tried } from '../sent-on';
import { FLAG_STATES } from '../words';

/** Flags on an agency's own files: what is to be marked, what is marked, and what is to be unmarked because the time is over. */
@Page({
  at: 'forum-flags',
  folder: 'meetings/flags',
  may: 'forum-flag.list',
  states: ['filled', 'empty', 'error'],
})
export class ForumFlagsPage {
  constructor(
    private readonly conferences: Conferences,
    private readonly people: ConferencePeople,
  ) {}

  @Get()
  show(@Visiting() visit: Visit, @Query('done') done?: string): Promise<View> {
    return this.page(visit, formOf(), 200, done);
  }

  @Post()
  async send(@Visiting() visit: Visit, @Sent() sent: Submitted): Promise<View | Redirect> {
    const step: FlagStep = sent.text('confirm') ? 'confirm' : 'remove';
    // The version that was seen stands beside the id: the page has many.
    const [id = '', version = ''] = (sent.text('confirm') ?? sent.text('remove') ?? '').split('.');
    if (!/^[0-9a-f-]{36}$/.test(id)) throw new NotFound('page');
    const problems: readonly FieldProblem[] | null = await tried(() =>
      this.conferences.post(
        visit,
        `/forum-flags/${id}/steps`,
        { do: step },
        { key: sent.key, version: Number(version) },
      ),
    );
    if (!problems) return redirect(`/forum-flags?done=${step}`);
    return this.page(visit, formAgain(sent, problems), 422);
  }

  private async page(visit: Visit, form: Form, status = 200, done?: string): Promise<View> {
    const flags = await this.conferences.flags(visit);
    const known = await this.people.of(
      visit,
      flags.map((flag) => flag.caseId),
    );
    const shown = flags.map((flag) => ({
      ...flag,
      reference: known.get(flag.caseId)?.reference,
      subject: known.get(flag.caseId)?.nameOf(flag.subjectId),
      tag: FLAG_STATES[flag.state],
    }));
    const of = (...states: FlagState[]) => shown.filter(({ state }) => states.includes(state));
    return show(
      {
        ...{ form, any: shown.length > 0, flash: done ? { text: 'It is kept' } : null },
        lists: [
          { title: 'To be unmarked: twelve months have passed', flags: of('to-remove', 'lapsed') },
          { title: 'To be marked', flags: of('requested') },
          { title: 'Marked', flags: of('confirmed') },
        ].filter((list) => list.flags.length > 0),
        back: { text: 'Back to meetings', href: '/forums' },
      },
      status,
    );
  }
}
