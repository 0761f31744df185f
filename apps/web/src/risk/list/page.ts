import { Id } from '@concordat/platform';
import { Get, Query } from '@nestjs/common';
import { Risk, type ListedAssessment } from '../../apis/risk';
import { Page, show, type View } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';
import { RiskCases } from '../opened';

const FLASHES: Readonly<Record<string, string>> = { discarded: 'The draft is deleted', saved: 'What you entered is saved' };

/** Assessments of risk in a case: one's own drafts, what stands, and what was superseded. */
@Page({
  at: 'cases/:id/risk',
  folder: 'risk/list',
  may: 'assessment.list',
  states: ['empty', 'filled', 'read-only'],
})
export class RiskPage {
  constructor(
    private readonly cases: RiskCases,
    private readonly risk: Risk,
  ) {}

  @Get()
  async show(@Visiting() visit: Visit, @Id() id: string, @Query('done') done?: string): Promise<View> {
    const { items, may } = await this.risk.ofCase(visit, id);
    const inCase = await this.cases.open(visit, id);
    const names = await this.cases.names(
      visit,
      items.map((each) => each.authorId),
    );
    const shown = items.map((each) => ({
      ...each,
      subject: inCase.nameOf(each.subjectId),
      by: `${names.person(each.authorId)}, ${names.organisation(each.orgId)}`,
    }));
    const flash = done === undefined ? undefined : FLASHES[done];
    return show({
      ...inCase.frame,
      drafts: shown.filter(({ status }) => status === 'draft'),
      standing: shown.filter(({ status, supersededBy }) => status === 'completed' && supersededBy === null),
      superseded: shown.filter(({ supersededBy }) => supersededBy !== null),
      comparable: comparable(shown),
      may,
      flash: flash ? { text: flash } : null,
    });
  }
}

/** What was assessed more than once: the same person by the same instrument. */
function comparable(items: readonly (ListedAssessment & { readonly subject: string })[]) {
  const standing = items.filter(({ status, supersededBy }) => status === 'completed' && supersededBy === null);
  const kinds = new Map(standing.map((each) => [`${each.subjectId} ${each.instrument}`, each]));
  return [...kinds.values()].flatMap(({ subjectId, instrument, title, subject }) => {
    const times = standing.filter((each) => each.subjectId === subjectId && each.instrument === instrument).length;
    return times > 1 ? [{ subjectId, instrument, title, subject, times }] : [];
  });
}
