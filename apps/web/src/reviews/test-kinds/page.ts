import { Conflict, Id, Invalid, NotFound, type FieldProblem } from '@concordat/platform';
import { Get, Post } from '@nestjs/common';
import { Oversight } from '../../apis/oversight';
import { Reviews, type ReviewView } from '../../apis/reviews';
import { formAgain, formOf, type Form } from '../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';
import { answerChoices, answersOf, NATIONS, shownSections } from '../kind-words';

/** Tests every kind for a review that is registered, and keeps the answers and what came out. */
@Page({
  at: 'reviews/:id/kinds-test',
  folder: 'reviews/test-kinds',
  may: 'review.test-kinds',
  states: ['asking', 'error'],
})
export class TestKindsPage {
  constructor(
    private readonly reviews: Reviews,
    private readonly oversight: Oversight,
  ) {}

  @Get()
  async show(@Visiting() visit: Visit, @Id() id: string): Promise<View> {
    const view = await this.open(visit, id);
    return this.page(visit, view, formOf({ version: view.version }));
  }

  @Post()
  async send(@Visiting() visit: Visit, @Id() id: string, @Sent() sent: Submitted): Promise<View | Redirect> {
    const view = await this.open(visit, id);
    const { nation, answers, problems: open } = answersOf(await this.oversight.checklist(visit), sent);
    let problems: readonly FieldProblem[] = open;
    let version = sent.version;
    if (problems.length === 0) {
      try {
        await this.reviews.record(visit, id, 'kind-tests', { nation, answers }, sent);
        return redirect(`/reviews/${id}?done=kinds-test`);
      } catch (error) {
        if (error instanceof Invalid) problems = error.details.errors ?? [];
        else if (error instanceof Conflict) {
          problems = [{ field: 'form', code: error.code, message: CHANGED }];
          ({ version } = view);
        } else throw error;
      }
    }
    return this.page(visit, view, formAgain(sent, problems, { version }), 422);
  }

  private async open(visit: Visit, id: string): Promise<ReviewView> {
    const view = await this.reviews.view(visit, id);
    if (!view.may.coordinate) throw new NotFound('page');
    return view;
  }

  private async page(visit: Visit, view: ReviewView, form: Form, status = 200): Promise<View> {
    const checklist = await this.oversight.checklist(visit);
    return show(
      {
        ...{ form, review: view, sections: shownSections(checklist, form), nations: NATIONS, answers: answerChoices },
        back: { text: 'Back to the review', href: `/reviews/${view.id}` },
      },
      status,
    );
  }
}

const CHANGED =
  'Somebody else changed the review first. What you entered is still here: look at the review, then send it again';
