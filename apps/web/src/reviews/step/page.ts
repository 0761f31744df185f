import { Conflict, Id, IllegalTransition, Invalid, NotFound, RuleBroken, type FieldProblem } from '@concordat/platform';
import { Get, Param, Post } from '@nestjs/common';
import { Reviews, type ReviewView } from '../../apis/reviews';
import { formAgain, formOf, type Form } from '../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';
import { mendsOf } from '../mending';

const WHY_NOT: Readonly<Record<string, string>> = {
  'review.guards-missing': 'Something is still missing',
  'review.step-not-open': 'This step is not open where the review stands now',
  'review.changed': 'Somebody else changed this review first. Look at it again',
};

/** A step is looked at before it is taken: what it needs, what of that is missing, and where each is put right. */
@Page({
  at: 'reviews/:id/step/:to',
  folder: 'reviews/step',
  may: 'review.advance',
  states: ['missing', 'ready', 'error'],
})
export class ReviewStepPage {
  constructor(private readonly reviews: Reviews) {}

  @Get()
  async show(@Visiting() visit: Visit, @Id() id: string, @Param('to') to: string): Promise<View> {
    const view = await this.reviews.view(visit, id);
    return this.page(view, to, formOf({ version: view.version }));
  }

  @Post()
  async send(
    @Visiting() visit: Visit,
    @Id() id: string,
    @Param('to') to: string,
    @Sent() sent: Submitted,
  ): Promise<View | Redirect> {
    const reason = sent.text('reason');
    let problems: readonly FieldProblem[];
    try {
      await this.reviews.record(visit, id, 'steps', { to, ...(reason ? { reason } : {}) }, sent);
      return redirect(`/reviews/${id}?done=step`);
    } catch (error) {
      if (error instanceof Invalid) problems = error.details.errors ?? [];
      else if (error instanceof RuleBroken || error instanceof IllegalTransition || error instanceof Conflict)
        problems = [{ field: 'form', code: error.code, message: WHY_NOT[error.code] ?? 'This cannot be done now' }];
      else throw error;
    }
    const view = await this.reviews.view(visit, id);
    return this.page(view, to, formAgain(sent, problems, { version: view.version }), 422);
  }

  private page(view: ReviewView, to: string, form: Form, status = 200): View {
    const way = view.ways.find((w) => w.to === to);
    if (!way || !view.may.coordinate) throw new NotFound('page');
    return show(
      {
        ...{ review: view, way, form, missing: mendsOf(view, way.missing) },
        back: { text: 'Back to the review', href: `/reviews/${view.id}` },
      },
      status,
    );
  }
}
