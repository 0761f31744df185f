import { Conflict, Forbidden, Id, Invalid, type FieldProblem } from '@concordat/platform';
import { Get, Post } from '@nestjs/common';
import { People } from '../../apis/people';
import { Records } from '../../apis/records';
import { formAgain, formOf, type Form } from '../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { nameOf } from '../../design/referral-sections';
import { compact, Sent, type Submitted } from '../../design/submitted';
import { vocabularyChoices } from '../../design/words';
import { Visiting, type Visit } from '../../session/visit';
import { headingOf } from '../heading';

/** Of how many of a person's cases the people are offered. */
const CASES = 5;

/** Records how a person is related to somebody in one of their cases. */
@Page({
  at: 'people/:id/relationships/add',
  folder: 'people/relate',
  may: 'person.relate',
  states: ['empty', 'error'],
})
export class RelatePage {
  constructor(
    private readonly people: People,
    private readonly records: Records,
  ) {}

  @Get()
  show(@Visiting() visit: Visit, @Id() id: string): Promise<View> {
    return this.page(visit, id, formOf());
  }

  @Post()
  async send(@Visiting() visit: Visit, @Id() id: string, @Sent() sent: Submitted): Promise<View | Redirect> {
    const since = sent.date('since', { partial: true, what: 'The date from which' });
    const body = compact({ otherId: sent.text('otherId'), kind: sent.text('kind'), since });
    let problems: readonly FieldProblem[] = sent.errors;
    if (problems.length === 0) {
      try {
        await this.people.relate(visit, id, body, { key: sent.key });
        return redirect(`/people/${id}?done=related`);
      } catch (error) {
        if (error instanceof Conflict)
          problems = [{ field: 'kind', code: error.code, message: 'This is recorded already' }];
        else if (error instanceof Invalid) problems = (error.details.errors ?? []).map(inWords);
        else throw error;
      }
    }
    return this.page(visit, id, formAgain(sent, problems, { fieldOf: (p) => (p === 'since' ? 'since-day' : p) }), 422);
  }

  private async page(visit: Visit, id: string, form: Form, status = 200): Promise<View> {
    const person = await this.people.person(visit, id);
    if (!person.may.relate) throw new Forbidden('page.forbidden', 'Your agency does not work on a case of this person');
    const others = new Map<string, string>();
    for (const { id: caseId } of person.cases.slice(0, CASES))
      for (const other of (await this.records.case(visit, caseId)).people)
        if (other.id !== id) others.set(other.id, nameOf(other));
    return show(
      {
        person,
        form,
        heading: headingOf(person),
        others: [...others].map(([value, text]) => ({ value, text })),
        kinds: vocabularyChoices.relationship,
      },
      status,
    );
  }
}

const MESSAGES: Readonly<Record<string, string>> = {
  otherId: 'Select the other person',
  kind: 'Select how they are related',
};
const inWords = (problem: FieldProblem): FieldProblem => ({
  ...problem,
  message: MESSAGES[problem.field] ?? problem.message,
});
