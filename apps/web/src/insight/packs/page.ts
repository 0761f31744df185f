import { Invalid, type FieldProblem } from '@concordat/platform';
import { Get, Post } from '@nestjs/common';
import { Insight } from '../../apis/insight';
import { formAgain, formOf, type Form } from '../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';

/** Packs of figures for the board: those that the visitor asked for, and another. */
@Page({
  at: 'insight/packs',
  folder: 'insight/packs',
  may: 'quarterly-pack.view',
  states: ['empty', 'filled', 'error'],
})
export class PacksPage {
  constructor(private readonly insight: Insight) {}

  @Get()
  show(@Visiting() visit: Visit): Promise<View> {
    return this.page(visit, formOf());
  }

  @Post()
  async send(@Visiting() visit: Visit, @Sent() sent: Submitted): Promise<View | Redirect> {
    const period = sent.text('period');
    let problems: readonly FieldProblem[] = [
      { field: 'period', code: 'required', message: 'Select the period that the pack is about' },
    ];
    if (period)
      try {
        return redirect(`/insight/packs/${(await this.insight.request(visit, period, sent.key)).id}`);
      } catch (error) {
        if (!(error instanceof Invalid)) throw error;
        problems = error.details.errors ?? [];
      }
    return this.page(visit, formAgain(sent, problems), 422);
  }

  private async page(visit: Visit, form: Form, status = 200): Promise<View> {
    const [items, { periods }] = await Promise.all([this.insight.packs(visit), this.insight.overview(visit, {})]);
    return show({ items, form, periods, back: { text: 'Back to insight', href: '/insight' } }, status);
  }
}
