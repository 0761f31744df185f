import { Conflict, Id, Invalid, type FieldProblem } from '@concordat/platform';
import { Get, Post, Query } from '@nestjs/common';
import { CaseFacts } from '../../apis/case-facts';
import { Directory } from '../../apis/directory';
import { formAgain, formOf, type Form } from '../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { nameOf } from '../../design/referral-sections';
import { compact, Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';
import { factsShown } from '../facts';
import { agenciesOf, Cases, headingOf, subNavigationOf } from '../opened';

const FLASHES: Readonly<Record<string, string>> = {
  order: 'The order has been recorded',
  step: 'The next step has been recorded',
  ended: 'That has been recorded',
};
const MESSAGES: Readonly<Record<string, string>> = {
  order: 'Select what kind of order it is',
  text: 'Enter what is to be done',
  agency: 'Select which agency does it',
  until: 'The last day must not be before the first',
};

/** Orders in force and next steps: added, and ended, by agencies that work on the case. */
@Page({
  at: 'cases/:id/key-facts',
  folder: 'cases/key-facts',
  may: 'case.view',
  states: ['empty', 'filled', 'read-only', 'error'],
})
export class KeyFactsPage {
  constructor(
    private readonly cases: Cases,
    private readonly facts: CaseFacts,
    private readonly directory: Directory,
  ) {}

  @Get()
  show(@Visiting() visit: Visit, @Id() id: string, @Query('done') done?: string): Promise<View> {
    return this.page(visit, id, formOf(), 200, done);
  }

  @Post('orders')
  order(@Visiting() visit: Visit, @Id() id: string, @Sent() sent: Submitted): Promise<View | Redirect> {
    const body = compact({
      order: sent.text('order'),
      detail: sent.text('detail'),
      against: sent.text('against'),
      from: sent.date('from', { partial: true, what: 'The date from which it holds' }),
      until: sent.date('until', { what: 'The last day' }),
    });
    if (!body.order) sent.wrong('order', 'required', MESSAGES['order'] ?? '');
    return this.keep(visit, id, 'orders', body, sent);
  }

  @Post('steps')
  step(@Visiting() visit: Visit, @Id() id: string, @Sent() sent: Submitted): Promise<View | Redirect> {
    const due = sent.date('due', { what: 'The date by which' });
    const body = compact({ text: sent.text('text'), agency: sent.text('agency'), due });
    for (const field of ['text', 'agency'] as const)
      if (!body[field]) sent.wrong(field, 'required', MESSAGES[field] ?? '');
    return this.keep(visit, id, 'steps', body, sent);
  }

  @Post(':factId/end')
  async end(
    @Visiting() visit: Visit,
    @Id() id: string,
    @Id('factId') factId: string,
    @Sent() sent: Submitted,
  ): Promise<Redirect> {
    await this.facts.end(visit, id, factId, {}, { key: sent.key }).catch((error: unknown) => {
      if (!(error instanceof Conflict)) throw error; // it has ended already, which is what was wanted
    });
    return redirect(`/cases/${id}/key-facts?done=ended`);
  }

  private async keep(
    visit: Visit,
    id: string,
    what: 'orders' | 'steps',
    body: object,
    sent: Submitted,
  ): Promise<View | Redirect> {
    let problems: readonly FieldProblem[] = sent.errors;
    if (problems.length === 0) {
      try {
        await this.facts.keep(visit, id, what, body, { key: sent.key });
        return redirect(`/cases/${id}/key-facts?done=${what === 'orders' ? 'order' : 'step'}`);
      } catch (error) {
        if (!(error instanceof Invalid)) throw error;
        problems = (error.details.errors ?? []).map((p) => ({ ...p, message: MESSAGES[p.field] ?? p.message }));
      }
    }
    const fieldOf = (path: string): string => (['from', 'until', 'due'].includes(path) ? `${path}-day` : path);
    return this.page(visit, id, formAgain(sent, problems, { fieldOf }), 422);
  }

  private async page(visit: Visit, id: string, form: Form, status = 200, done?: string): Promise<View> {
    const opened = await this.cases.open(visit, id);
    const facts = await this.facts.view(visit, id);
    const names = await this.directory.names(
      visit,
      [...facts.orders, ...facts.steps].map((f) => f.endedBy),
    );
    const flash = done === undefined ? undefined : FLASHES[done];
    return show(
      {
        record: opened.record,
        heading: headingOf(opened),
        navigationOfCase: subNavigationOf(id, 'overview'),
        form,
        may: facts.may,
        ...factsShown(facts, names, opened.record),
        kinds: facts.kinds.map((k) => ({ value: k.code, text: k.title })),
        people: opened.record.people.map((p) => ({ value: p.id, text: nameOf(p) })),
        agencies: agenciesOf(opened).now.map((a) => ({ value: a.orgId, text: a.name })),
        flash: flash ? { text: flash } : null,
      },
      status,
    );
  }
}
