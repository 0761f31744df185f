import { Conflict, Id, Invalid, type FieldProblem } from '@concordat/platform';
import { Get, Post } from '@nestjs/common';
import { Referrals } from '../../apis/referrals';
import { Risk, type AssessmentView } from '../../apis/risk';
import { formAgain, formOf, type Form } from '../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';
import { RiskCases, type RiskCase } from '../opened';
import { outcomeOf } from '../outcome';
import { sectionOfField, sectionsOf, summaryOf } from '../sections';

/** A draft as it stands: what it says, what it lacks, and what it would come to. From here it is completed. */
@Page({
  at: 'cases/:id/risk/:assessmentId/check',
  folder: 'risk/check',
  may: 'assessment.complete',
  states: ['incomplete', 'ready', 'error'],
})
export class CheckAssessmentPage {
  constructor(
    private readonly cases: RiskCases,
    private readonly risk: Risk,
    private readonly referrals: Referrals,
  ) {}

  @Get()
  async show(
    @Visiting() visit: Visit,
    @Id() id: string,
    @Id('assessmentId') assessmentId: string,
  ): Promise<View | Redirect> {
    const { view, inCase } = await this.cases.assessment(visit, id, assessmentId);
    if (view.status === 'completed') return redirect(`/cases/${id}/risk/${assessmentId}`);
    return this.page(visit, view, inCase, formOf({ version: view.version }));
  }

  @Post()
  async send(
    @Visiting() visit: Visit,
    @Id() id: string,
    @Id('assessmentId') assessmentId: string,
    @Sent() sent: Submitted,
  ): Promise<View | Redirect> {
    let problems: readonly FieldProblem[];
    try {
      await this.risk.complete(visit, assessmentId, { key: sent.key, version: sent.version });
      return redirect(`/cases/${id}/risk/${assessmentId}?done=completed`);
    } catch (error) {
      if (error instanceof Conflict) problems = [{ field: 'complete', code: error.code, message: messageOf(error) }];
      else if (error instanceof Invalid) problems = error.details.errors ?? [];
      else throw error;
    }
    const { view, inCase } = await this.cases.assessment(visit, id, assessmentId);
    return this.page(visit, view, inCase, formAgain(sent, problems, { version: view.version }), 422);
  }

  private async page(visit: Visit, view: AssessmentView, inCase: RiskCase, form: Form, status = 200): Promise<View> {
    const base = `/cases/${view.caseId}/risk/${view.id}`;
    const sections = sectionsOf(view);
    const lacking = view.missing.map(({ field, message }) => ({
      ...{ message, href: `${base}/answers/${sectionOfField(sections, field).code}#${field}` },
    }));
    const { forums } = await this.referrals.practice(visit);
    // What is wrong is on another page, so the summary leads there.
    const errorList = form.errorList.map(({ text, href }) =>
      href === '#complete' ? { text, href } : { text, href: lacking.find((l) => l.message === text)?.href ?? href },
    );
    return show(
      {
        ...inCase.frame,
        ...{ view, base, lacking, form: { ...form, errorList } },
        subject: inCase.nameOf(view.subjectId),
        sections: summaryOf(view),
        outcome: outcomeOf(view, forums),
      },
      status,
    );
  }
}

const messageOf = ({ code }: Conflict): string =>
  code === 'assessment.superseded'
    ? 'Somebody else has corrected that assessment already'
    : 'You changed this in another window. Check it again, then complete it';
