import { Id } from '@concordat/platform';
import { Get, Query } from '@nestjs/common';
import { Referrals } from '../../apis/referrals';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';
import { RiskCases } from '../opened';
import { shown } from '../shown';

/** A completed assessment: what it came to and why, and everything that was answered. */
@Page({
  at: 'cases/:id/risk/:assessmentId',
  folder: 'risk/assessment',
  may: 'assessment.view',
  states: ['standing', 'superseded', 'read-only'],
})
export class AssessmentPage {
  constructor(
    readonly cases: RiskCases,
    readonly referrals: Referrals,
  ) {}

  @Get()
  async show(
    @Visiting() visit: Visit,
    @Id() id: string,
    @Id('assessmentId') assessmentId: string,
    @Query('done') done?: string,
  ): Promise<View | Redirect> {
    const { view, inCase } = await this.cases.assessment(visit, id, assessmentId);
    if (view.status === 'draft') return redirect(`/cases/${id}/risk/${assessmentId}/check`);
    const flash = done === 'completed' ? { text: 'The assessment is completed' } : null;
    return show({ ...(await shown(visit, this, view, inCase)), flash });
  }
}
