import { Get, Query } from '@nestjs/common';
import { Oversight } from '../../apis/oversight';
import { formOf } from '../../design/form';
import { Page, show, type View } from '../../design/page';
import { Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';
import { answerChoices, answersOf, NATIONS, shownFindings, shownSections } from '../kind-words';

/** Which kind of review there is to be, by the criteria of every kind. Answers are codes in the address; nothing is kept. */
@Page({
  at: 'reviews/choose',
  folder: 'reviews/choose',
  may: 'review-kind.test',
  states: ['asking', 'error', 'found'],
})
export class ChooseKindPage {
  constructor(private readonly oversight: Oversight) {}

  @Get()
  async show(@Visiting() visit: Visit, @Query() given: Record<string, unknown>): Promise<View> {
    const checklist = await this.oversight.checklist(visit);
    const sent = new Submitted(given);
    const asked = Object.keys(given).length > 0;
    const { nation, answers, problems } = answersOf(checklist, sent);
    const whole = answers.map(({ question, answer }) => `${question}:${answer}`).join(',');
    const found = asked && problems.length === 0 ? await this.oversight.findings(visit, nation, whole) : null;
    const values = { nation, ...Object.fromEntries(answers.map(({ question, answer }) => [question, answer])) };
    const form = formOf({ values, problems: asked ? problems : [] });
    return show(
      {
        ...{ form, sections: shownSections(checklist, form), nations: NATIONS, answers: answerChoices },
        findings: found && shownFindings(found.findings, found.labels),
        register: visit.may('review.register'),
        back: { text: 'Back to reviews', href: '/reviews' },
      },
      asked && problems.length > 0 ? 422 : 200,
    );
  }
}
