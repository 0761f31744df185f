import { referralVocabulary } from '@concordat/contracts';
import { Conflict, Forbidden, Id, Invalid, type FieldProblem } from '@concordat/platform';
import { Get, Post } from '@nestjs/common';
import { CaseFacts } from '../../apis/case-facts';
import { People, type Candidate } from '../../apis/people';
import { candidateShown } from '../../design/candidates';
import { formAgain, formOf, type Form } from '../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { choicesOf, vocabularyChoices } from '../../design/words';
import { compact, orNothing, Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';
import { Cases, headingOf } from '../opened';

/**
 * Adds somebody to a case. Who may be on record already is offered first, and a person decides: the record that there is, or
 * a new one (DUP-2).
 */
@Page({
  at: 'cases/:id/people/add',
  folder: 'cases/add-person',
  may: 'case.add-person',
  states: ['empty', 'error', 'known'],
})
export class AddPersonPage {
  constructor(
    private readonly cases: Cases,
    private readonly facts: CaseFacts,
    private readonly people: People,
  ) {}

  @Get()
  show(@Visiting() visit: Visit, @Id() id: string): Promise<View> {
    return this.page(visit, id, formOf());
  }

  @Post()
  async send(@Visiting() visit: Visit, @Id() id: string, @Sent() sent: Submitted): Promise<View | Redirect> {
    const birth = sent.date('born', { partial: true, what: 'The date of birth' });
    const name = orNothing({ given: sent.text('given'), family: sent.text('family') });
    const person = compact({
      name,
      datesOfBirth: birth ? [{ value: birth }] : undefined,
      sex: sent.text('sex'),
      phones: sent.text('phone') ? [sent.text('phone') ?? ''] : undefined,
    });
    const roles = sent.list('roles');
    if (!name) sent.wrong('given', 'required', 'Enter at least one name');
    if (roles.length === 0) sent.wrong('roles', 'required', 'Select what part they have in the case');
    const chosen = sent.text('record');
    let problems: readonly FieldProblem[] = sent.errors;
    if (problems.length === 0) {
      try {
        const known = chosen === undefined ? await this.known(visit, id, person) : [];
        if (known.length > 0) return await this.page(visit, id, formAgain(sent, []), 200, known);
        const who = chosen && chosen !== 'new' ? { personId: chosen } : { person };
        await this.facts.addPerson(visit, id, { ...who, roles }, { key: sent.key });
        return redirect(`/cases/${id}`);
      } catch (error) {
        if (error instanceof Conflict)
          problems = [{ field: 'given', code: error.code, message: 'They are in this case already' }];
        else if (error instanceof Invalid) problems = (error.details.errors ?? []).map(inWords);
        else throw error;
      }
    }
    return this.page(visit, id, formAgain(sent, problems), 422);
  }

  /** People on record whom this may be, but for those who are in the case already. */
  private async known(visit: Visit, id: string, person: object): Promise<readonly Candidate[]> {
    const { record } = await this.cases.open(visit, id);
    return this.people.lookFor(
      visit,
      person,
      record.people.map((p) => p.id),
    );
  }

  private async page(
    visit: Visit,
    id: string,
    form: Form,
    status = 200,
    known: readonly Candidate[] = [],
  ): Promise<View> {
    const opened = await this.cases.open(visit, id);
    const { may } = await this.facts.view(visit, id);
    if (!may.keep) throw new Forbidden('page.forbidden', 'Your agency reads this case and does not add to it');
    return show(
      {
        record: opened.record,
        heading: headingOf(opened),
        form,
        roles: choicesOf(referralVocabulary.personRole),
        sexes: vocabularyChoices.sex,
        known: known.map(candidateShown),
      },
      status,
    );
  }
}

const FIELDS: Readonly<Record<string, readonly [string, string]>> = {
  'person.phones.0': ['phone', 'The telephone number must be a real one, like 07700 900123'],
  'person.phones': ['phone', 'The telephone number must be a real one, like 07700 900123'],
  personId: ['given', 'Choose a person whom you may see'],
};
const inWords = (problem: FieldProblem): FieldProblem => {
  const [field, message] = FIELDS[problem.field] ?? [problem.field, problem.message];
  return { ...problem, field, message };
};
