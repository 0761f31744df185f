import { Invalid, RuleBroken, type FieldProblem } from '@concordat/platform';
import { Get, Post, Query } from '@nestjs/common';
import { Asb, type AsbFigures } from '../../apis/asb';
import { formAgain, formOf, dateParts, type Form } from '../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { compact, Sent, Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';
import { BESIDE, FOUR, reconciliationOf, rowsOf } from '../words';

/** Counts the figures of a period, shows what contradicts in them, and publishes them once nothing does. */
@Page({
  at: 'reviews/asb-figures',
  folder: 'asb/count',
  may: 'asb-figures.count',
  states: ['asking', 'counted', 'error'],
})
export class CountAsbFiguresPage {
  constructor(private readonly asb: Asb) {}

  @Get()
  async show(@Visiting() visit: Visit, @Query() given: Record<string, unknown>): Promise<View> {
    const asked = new Submitted(given);
    const [from, to] = [asked.date('from'), asked.date('to')];
    const values = { ...(from ? dateParts('from', from) : {}), ...(to ? dateParts('to', to) : {}) };
    if (!from || !to) return this.page(formOf({ values, problems: asked.errors }));
    try {
      return this.page(formOf({ values }), await this.asb.count(visit, from, to), { from, to });
    } catch (error) {
      if (!(error instanceof Invalid)) throw error;
      return this.page(formOf({ values, problems: error.details.errors ?? [], fieldOf }), undefined, undefined, 422);
    }
  }

  @Post()
  async send(@Visiting() visit: Visit, @Sent() sent: Submitted): Promise<View | Redirect> {
    const [from, to] = [sent.text('from') ?? '', sent.text('to') ?? ''];
    const [note, noteExplained] = [sent.text('note'), sent.text('noteExplained')];
    let problems: readonly FieldProblem[];
    try {
      await this.asb.publish(visit, compact({ from, to, note, noteExplained }), sent.key);
      return redirect('/asb-case-reviews');
    } catch (error) {
      if (error instanceof Invalid) problems = error.details.errors ?? [];
      else if (error instanceof RuleBroken)
        problems = [{ field: 'form', code: error.code, message: 'They contradict each other and are not published' }];
      else throw error;
    }
    const figures = await this.asb.count(visit, from, to);
    const form = formAgain(sent, problems, { fieldOf });
    return this.page(
      { ...form, values: { ...form.values, ...dateParts('from', from), ...dateParts('to', to) } },
      figures,
      { from, to },
      422,
    );
  }

  private page(form: Form, figures?: AsbFigures, period?: { from: string; to: string }, status = 200): View {
    return show(
      {
        ...{ form, period },
        ...(figures
          ? {
              ...{ four: rowsOf(figures, FOUR), beside: rowsOf(figures, BESIDE) },
              ...{ contradictions: figures.contradictions, reconciled: reconciliationOf(figures) },
            }
          : {}),
        back: { text: 'Back to reviews', href: '/reviews' },
      },
      status,
    );
  }
}

/** A date is told of at its day. */
const fieldOf = (path: string): string => (path === 'from' || path === 'to' ? `${path}-day` : path);
