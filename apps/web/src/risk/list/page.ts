import { Id, NotFound } from '@concordat/platform';
import { Get, Query } from '@nestjs/common';
import { Risk, type AssessmentsOfCase, type ListedAssessment } from '../../apis/risk';
import { Page, show, type View } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';
import { RiskCases } from '../opened';
import { bandTag } from '../words';

const FLASHES: Readonly<Record<string, string>> = {
  discarded: 'The draft is deleted',
  saved: 'What you entered is saved',
  listed: 'The case is referred, and on the agenda of the next meeting',
  waiting: 'The case is referred. It waits for the next meeting',
  repeat: 'The case is referred as a repeat',
};

/** Assessments of risk in a case: one's own drafts, what stands, and what was superseded. */
@Page({
  at: 'cases/:id/risk',
  folder: 'risk/list',
  may: 'assessment.list',
  states: ['empty', 'filled', 'read-only', 'closed'],
})
export class RiskPage {
  constructor(
    private readonly cases: RiskCases,
    private readonly risk: Risk,
  ) {}

  @Get()
  async show(@Visiting() visit: Visit, @Id() id: string, @Query('done') done?: string): Promise<View> {
    const inCase = await this.cases.open(visit, id);
    const told = await this.assessments(visit, id);
    if (!told) return show({ ...inCase.frame, closed: true });
    const { items, may } = told;
    const names = await this.cases.names(
      visit,
      items.map((each) => each.authorId),
    );
    const shown = items.map((each) => ({
      ...each,
      colour: bandTag(each.bands, each.band?.code),
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
      may: { ...may, refer: may.assess && visit.may('forum-referral.make') },
      flash: flash ? { text: flash } : null,
    });
  }

  /**
   * Null when there is none to be seen: the visitor reads the case on another ground than their agency's part in it, or it was
   * opened so lately that risk has not heard of it yet.
   */
  private async assessments(visit: Visit, id: string): Promise<AssessmentsOfCase | null> {
    try {
      return await this.risk.ofCase(visit, id);
    } catch (error) {
      if (error instanceof NotFound) return null;
      throw error;
    }
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
