import { isId } from '@concordat/contracts';
import { Id, NotFound } from '@concordat/platform';
import { Get, Query } from '@nestjs/common';
import { Risk } from '../../apis/risk';
import { Page, show, type View } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';
import { RiskCases } from '../opened';
import { chosenOf, columnsOf, rowsOf } from './comparison';

const CODE = /^[a-z0-9]+(?:[-.][a-z0-9]+)*$/;

/** One person’s risk by one instrument: all assessments beside each other, or two of them. */
@Page({
  at: 'cases/:id/risk/compare',
  folder: 'risk/compare',
  may: 'assessment.compare',
  states: ['over-time', 'two', 'one'],
})
export class CompareAssessmentsPage {
  constructor(
    private readonly cases: RiskCases,
    private readonly risk: Risk,
  ) {}

  @Get()
  async show(
    @Visiting() visit: Visit,
    @Id() id: string,
    @Query('instrument') instrument = '',
    @Query('subject') subjectId = '',
    @Query('from') from?: string,
    @Query('to') to?: string,
  ): Promise<View> {
    if (!CODE.test(instrument) || !isId(subjectId)) throw new NotFound('page');
    const comparison = await this.risk.compare(visit, id, instrument, subjectId);
    if (comparison.samples.length === 0) throw new NotFound('assessment');
    const inCase = await this.cases.open(visit, id);
    const chosen = chosenOf(comparison, from, to);
    return show({
      ...inCase.frame,
      ...{
        instrument,
        subjectId,
        subject: inCase.nameOf(subjectId),
        instrumentTitle: comparison.samples.at(-1)!.title,
      },
      columns: columnsOf(comparison, chosen),
      rows: rowsOf(comparison, chosen),
      all: chosen.length === comparison.samples.length,
      choices: comparison.samples.map(({ id: value, completedAt }) => ({ value, at: completedAt })),
      chosen: { from: comparison.samples[chosen[0]!]!.id, to: comparison.samples[chosen.at(-1)!]!.id },
    });
  }
}
