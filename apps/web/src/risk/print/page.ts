import { Id } from '@concordat/platform';
import { Get } from '@nestjs/common';
import { Referrals } from '../../apis/referrals';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';
import { RiskCases } from '../opened';
import { shown } from '../shown';

/** A completed assessment on paper, with who printed it and when. */
@Page({
  at: 'cases/:id/risk/:assessmentId/print',
  folder: 'risk/print',
  may: 'assessment.view',
  states: ['printed'],
})
export class PrintAssessmentPage {
  constructor(
    readonly cases: RiskCases,
    readonly referrals: Referrals,
  ) {}

  @Get()
  async show(
    @Visiting() visit: Visit,
    @Id() id: string,
    @Id('assessmentId') assessmentId: string,
  ): Promise<View | Redirect> {
    const { view, inCase } = await this.cases.assessment(visit, id, assessmentId);
    if (view.status === 'draft') return redirect(`/cases/${id}/risk/${assessmentId}/check`);
    return show({ ...(await shown(visit, this, view, inCase)), printedAt: new Date().toISOString() });
  }
}
