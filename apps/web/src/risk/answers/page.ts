import { Conflict, Forbidden, Id, Invalid, NotFound, type FieldProblem } from '@concordat/platform';
import { Get, Param, Post } from '@nestjs/common';
import { Risk, type AssessmentContent, type AssessmentView } from '../../apis/risk';
import { conflictView } from '../../design/conflict';
import { formAgain, formOf, type Form } from '../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';
import { RiskCases, type RiskCase } from '../opened';
import { outcomeOf } from '../outcome';
import { sectionsOf, type Section } from '../sections';
import { answerChoices, askedChoices } from '../words';
import { contentWith, NO_JUDGEMENT, valuesOf } from './form';

/** One page of an assessment: who was asked, a group of topics, or the judgement. Saved as it is left. */
@Page({
  at: 'cases/:id/risk/:assessmentId/answers/:section',
  folder: 'risk/answers',
  may: 'assessment.save',
  states: ['asked', 'topics', 'parts', 'worded', 'judgement', 'error', 'conflict'],
})
export class AnswersPage {
  constructor(
    private readonly cases: RiskCases,
    private readonly risk: Risk,
  ) {}

  @Get()
  async show(
    @Visiting() visit: Visit,
    @Id() id: string,
    @Id('assessmentId') assessmentId: string,
    @Param('section') code: string,
  ): Promise<View> {
    const open = await this.open(visit, id, assessmentId, code);
    const { view, section } = open;
    return this.page(open, formOf({ version: view.version, values: valuesOf(view.content, section) }));
  }

  @Post()
  async send(
    @Visiting() visit: Visit,
    @Id() id: string,
    @Id('assessmentId') assessmentId: string,
    @Param('section') code: string,
    @Sent() sent: Submitted,
  ): Promise<View | Redirect> {
    const open = await this.open(visit, id, assessmentId, code);
    const { view, section, sections } = open;
    const content = contentWith(view.content, section, sent);
    let problems: readonly FieldProblem[] = sent.errors;
    if (problems.length === 0) {
      try {
        await this.risk.save(visit, assessmentId, content, sent.version);
        return redirect(next(`/cases/${id}/risk`, view, section, sections, sent.text('_then')));
      } catch (error) {
        if (error instanceof Conflict) return this.conflict(visit, open, content, sent);
        if (!(error instanceof Invalid)) throw error;
        problems = error.details.errors ?? [];
      }
    }
    return this.page(open, formAgain(sent, problems), 422);
  }

  private async open(visit: Visit, caseId: string, id: string, code: string) {
    const { view, inCase } = await this.cases.assessment(visit, caseId, id);
    const sections = sectionsOf(view);
    const section = sections.find((each) => each.code === code);
    if (!section) throw new NotFound('page');
    if (!view.may.change) throw new Forbidden('page.forbidden', 'This assessment cannot be changed by you now');
    return { view, inCase, sections, section };
  }

  private async conflict(
    visit: Visit,
    { view, section }: Open,
    mine: AssessmentContent,
    sent: Submitted,
  ): Promise<View> {
    const names = await this.cases.names(visit, [view.authorId]);
    const here = `/cases/${view.caseId}/risk/${view.id}/answers/${section.code}`;
    return conflictView({
      ...{ sent, version: view.version, action: here, discard: here },
      ...{ mine: valuesOf(mine, section), theirs: valuesOf(view.content, section) },
      ...{ by: names.person(view.authorId), at: view.changedAt },
    });
  }

  private page({ view, inCase, section, sections }: Open, form: Form, status = 200): View {
    const { document } = view;
    const decides = document.judgement === 'decide';
    const bands = document.bands.map(({ code, title, meaning }) => ({ value: code, text: title, hint: meaning }));
    return show(
      {
        ...inCase.frame,
        ...{ form, section, document, view, decides },
        subject: inCase.nameOf(view.subjectId),
        step: sections.indexOf(section) + 1,
        steps: sections.length,
        topics: (section.group?.topics ?? []).map((topic) => ({ ...topic, choices: answerChoices(document, topic) })),
        asked: askedChoices,
        bands: decides ? bands : [{ value: NO_JUDGEMENT, text: 'I leave it as the answers give it' }, ...bands],
        outcome: outcomeOf(view, []),
      },
      status,
    );
  }
}

interface Open {
  readonly view: AssessmentView;
  readonly inCase: RiskCase;
  readonly section: Section;
  readonly sections: readonly Section[];
}

/** After saving: on to the next page, at last to what is to be checked, or back to the case. */
function next(
  base: string,
  view: AssessmentView,
  section: Section,
  sections: readonly Section[],
  then = 'later',
): string {
  if (then !== 'continue') return `${base}?done=saved`;
  const following = sections[sections.indexOf(section) + 1];
  return following ? `${base}/${view.id}/answers/${following.code}` : `${base}/${view.id}/check`;
}
