import { Forbidden, Id, Invalid, RuleBroken, type FieldProblem } from '@concordat/platform';
import { Get, Post } from '@nestjs/common';
import { Conferences } from '../../apis/conferences';
import { Risk } from '../../apis/risk';
import { formAgain, formOf, type Form } from '../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';
import { RiskCases } from '../opened';

const MESSAGES: Readonly<Record<string, string>> = {
  subjectId: 'Select whose risk you assess',
  instrument: 'Select an instrument',
};

const NOT_IN_FORCE =
  'The thresholds that this forum has chosen are not in force any more. Ask whoever keeps the forum to choose others';

/** Whose risk, and by which instrument. */
@Page({ at: 'cases/:id/risk/start', folder: 'risk/start', may: 'assessment.start', states: ['asking', 'error'] })
export class StartAssessmentPage {
  constructor(
    private readonly cases: RiskCases,
    private readonly risk: Risk,
    private readonly conferences: Conferences,
  ) {}

  @Get()
  show(@Visiting() visit: Visit, @Id() id: string): Promise<View> {
    return this.page(visit, id, formOf());
  }

  @Post()
  async send(@Visiting() visit: Visit, @Id() id: string, @Sent() sent: Submitted): Promise<View | Redirect> {
    const forumId = sent.text('forumId');
    const body = {
      ...{ subjectId: sent.text('subjectId'), instrument: sent.text('instrument') },
      ...(forumId ? { forumId } : {}),
    };
    for (const field of ['subjectId', 'instrument'] as const)
      if (!body[field]) sent.wrong(field, 'required', MESSAGES[field]!);
    let problems: readonly FieldProblem[] = sent.errors;
    if (problems.length === 0) {
      try {
        const made = await this.risk.start(visit, id, body, { key: sent.key });
        return redirect(`/cases/${id}/risk/${made.id}/answers/asked`);
      } catch (error) {
        if (error instanceof RuleBroken && error.code === 'forum.thresholds-not-in-force')
          problems = [{ field: 'forumId', code: error.code, message: NOT_IN_FORCE }];
        else if (!(error instanceof Invalid)) throw error;
        else problems = (error.details.errors ?? []).map((p) => ({ ...p, message: MESSAGES[p.field] ?? p.message }));
      }
    }
    return this.page(visit, id, formAgain(sent, problems), 422);
  }

  private async page(visit: Visit, id: string, form: Form, status = 200): Promise<View> {
    const [{ people, may }, instruments, forums] = await Promise.all([
      this.risk.ofCase(visit, id),
      this.risk.instruments(visit),
      this.conferences.forums(visit),
    ]);
    if (!may.assess) throw new Forbidden('page.forbidden', 'Your agency reads this case and does not assess in it');
    const inCase = await this.cases.open(visit, id);
    const known = inCase.opened.record.people.filter((person) => people.includes(person.id));
    return show(
      {
        ...inCase.frame,
        form,
        forums: forums.map((forum) => ({ value: forum.id, text: forum.title })),
        people: known.map((person) => ({ value: person.id, text: inCase.nameOf(person.id) })),
        instruments: instruments.map(({ code, title, description, verified }) => ({
          ...{ value: code, text: title },
          hint: verified ? description : `${description} Its publisher has not confirmed these topics.`,
        })),
      },
      status,
    );
  }
}
