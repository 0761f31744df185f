import type { AssessmentView } from '../apis/risk';
import type { Referrals } from '../apis/referrals';
import type { Visit } from '../session/visit';
import type { RiskCase, RiskCases } from './opened';
import { outcomeOf } from './outcome';
import { summaryOf } from './sections';

interface Showing {
  readonly cases: RiskCases;
  readonly referrals: Referrals;
}

/** A completed assessment as its page and its print show it. */
export async function shown(visit: Visit, { cases, referrals }: Showing, view: AssessmentView, inCase: RiskCase) {
  const [names, practice] = await Promise.all([cases.names(visit, [view.authorId]), referrals.practice(visit)]);
  return {
    ...inCase.frame,
    view,
    subject: inCase.nameOf(view.subjectId),
    by: `${names.person(view.authorId)}, ${names.organisation(view.orgId)}`,
    sections: summaryOf(view),
    outcome: outcomeOf(view, practice.forums),
    stamp: [`${view.instrument}@${view.instrumentVersion}`, view.result.banding, view.pack].filter(Boolean).join(', '),
  };
}
