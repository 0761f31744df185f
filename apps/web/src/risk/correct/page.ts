import { Id, Invalid, NotFound, type FieldProblem } from '@concordat/platform';
import { Get, Post } from '@nestjs/common';
import { Risk } from '../../apis/risk';
import { formAgain, formOf, type Form } from '../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';
import { RiskCases } from '../opened';

const WHY = 'Enter what is wrong in it';

/** Begins an assessment that takes the place of one that is not right. */
@Page({
  at: 'cases/:id/risk/:assessmentId/correct',
  folder: 'risk/correct',
  may: 'assessment.correct',
  states: ['asking', 'error'],
})
export class CorrectAssessmentPage {
  constructor(
    private readonly cases: RiskCases,
    private readonly risk: Risk,
  ) {}

  @Get()
  show(@Visiting() visit: Visit, @Id() id: string, @Id('assessmentId') assessmentId: string): Promise<View> {
    return this.page(visit, id, assessmentId, formOf());
  }

  @Post()
  async send(
    @Visiting() visit: Visit,
    @Id() id: string,
    @Id('assessmentId') assessmentId: string,
    @Sent() sent: Submitted,
  ): Promise<View | Redirect> {
    const reason = sent.text('reason');
    if (!reason) sent.wrong('reason', 'required', WHY);
    let problems: readonly FieldProblem[] = sent.errors;
    if (problems.length === 0) {
      try {
        const made = await this.risk.correct(visit, assessmentId, { reason }, { key: sent.key });
        return redirect(`/cases/${id}/risk/${made.id}/check`);
      } catch (error) {
        if (!(error instanceof Invalid)) throw error;
        problems = error.details.errors ?? [];
      }
    }
    return this.page(visit, id, assessmentId, formAgain(sent, problems), 422);
  }

  private async page(visit: Visit, id: string, assessmentId: string, form: Form, status = 200): Promise<View> {
    const { view, inCase } = await this.cases.assessment(visit, id, assessmentId);
    if (!view.may.correct) throw new NotFound('page');
    return show({ ...inCase.frame, view, form, subject: inCase.nameOf(view.subjectId) }, status);
  }
}
