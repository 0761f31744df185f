import { Id, NotFound } from '@concordat/platform';
import { Get, Post } from '@nestjs/common';
import { Risk } from '../../apis/risk';
import { formOf } from '../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';
import { RiskCases } from '../opened';

/** Asks before a draft is thrown away. */
@Page({
  at: 'cases/:id/risk/:assessmentId/discard',
  folder: 'risk/discard',
  may: 'assessment.discard',
  states: ['asking'],
})
export class DiscardAssessmentPage {
  constructor(
    private readonly cases: RiskCases,
    private readonly risk: Risk,
  ) {}

  @Get()
  async show(@Visiting() visit: Visit, @Id() id: string, @Id('assessmentId') assessmentId: string): Promise<View> {
    const { view, inCase } = await this.cases.assessment(visit, id, assessmentId);
    if (!view.may.change) throw new NotFound('page');
    return show({ ...inCase.frame, view, form: formOf({ version: view.version }) });
  }

  @Post()
  async send(
    @Visiting() visit: Visit,
    @Id() id: string,
    @Id('assessmentId') assessmentId: string,
    @Sent() sent: Submitted,
  ): Promise<Redirect> {
    await this.risk.discard(visit, assessmentId, sent.version);
    return redirect(`/cases/${id}/risk?done=discarded`);
  }
}
