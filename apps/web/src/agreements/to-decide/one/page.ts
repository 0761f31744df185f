import { Conflict, Id, IllegalTransition, Invalid, RuleBroken, type FieldProblem } from '@concordat/platform';
import { Get, Post } from '@nestjs/common';
import { Directory } from '../../../apis/directory';
import { Questions } from '../../../apis/questions';
import { formAgain, formOf, type Form } from '../../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../../design/page';
import { Sent, type Submitted } from '../../../design/submitted';
import { Visiting, type Visit } from '../../../session/visit';
import { capitalsInWords, namedIn } from '../../words';
import { ANSWERS, AUTHORITY, AUTHORITY_CHOICES, FINDINGS, GROUNDS, QUESTION_STATES, REVIEW_STATES } from '../words';

/** One question that the rules leave to a person: why, what it is about, and the answer. Or the review of an emergency. */
@Page({
  at: 'agreements/to-decide/:id',
  folder: 'agreements/to-decide/one',
  may: 'question.view',
  states: ['to-answer', 'asked', 'error', 'answered', 'emergency', 'authorise'],
})
export class QuestionPage {
  constructor(
    private readonly questions: Questions,
    private readonly directory: Directory,
  ) {}

  @Get()
  show(@Visiting() visit: Visit, @Id() id: string): Promise<View> {
    return this.page(visit, id);
  }

  @Post()
  async send(@Visiting() visit: Visit, @Id() id: string, @Sent() sent: Submitted): Promise<View | Redirect> {
    if (sent.text('what') === 'authority') return this.confirm(visit, id, sent);
    const [answer, ground, reason] = [sent.text('answer'), sent.text('ground'), sent.text('reason')];
    const needed: [string, unknown, string][] = [
      ['answer', answer, 'Select whether you allow it'],
      ['ground', answer !== 'allow' || ground, 'Select on what you allow it'],
      ['reason', reason, 'Enter why'],
    ];
    const holdsUntil = sent.date('holdsUntil', { what: 'The last day' });
    const problems = [
      ...needed.flatMap(([field, value, message]) => (value ? [] : [{ field, code: 'required', message }])),
      ...sent.errors,
    ];
    if (problems.length > 0) return this.page(visit, id, formAgain(sent, problems), 422);
    const body = { answer, reason, ...(answer === 'allow' ? { ground } : {}), ...(holdsUntil ? { holdsUntil } : {}) };
    try {
      await this.questions.answer(visit, id, body, { key: sent.key, version: sent.version });
      return redirect('/agreements/to-decide?done=answered');
    } catch (error) {
      const [found, status] = refusalIn(error);
      return this.page(visit, id, formAgain(sent, found, { fieldOf }), status);
    }
  }

  /** Who is said to have authorised an emergency says whether they did. */
  private async confirm(visit: Visit, id: string, sent: Submitted): Promise<View | Redirect> {
    const [authorised, note] = [sent.text('authorised'), sent.text('note')];
    let problems: readonly FieldProblem[] = authorised
      ? []
      : [{ field: 'authorised', code: 'required', message: 'Select whether you authorised it' }];
    let status = 422;
    if (problems.length === 0) {
      try {
        const body = { authorised, ...(note ? { note } : {}) };
        await this.questions.confirm(visit, id, body, { key: sent.key, version: sent.version });
        return redirect('/agreements/emergencies?done=confirmed');
      } catch (error) {
        if (error instanceof Invalid) problems = error.details.errors ?? [];
        else if (error instanceof Conflict || error instanceof IllegalTransition) {
          const message = 'This has been said or reviewed meanwhile. What was said is above';
          [problems, status] = [[{ field: 'authorised', code: 'refused', message }], 409];
        } else throw error;
      }
    }
    return this.page(visit, id, formAgain(sent, problems), status);
  }

  private async page(visit: Visit, id: string, form?: Form, status = 200): Promise<View> {
    const question = await this.questions.one(visit, id);
    const { request, explanation, state, decision } = question;
    const emergency = decision.mode === 'BREAK_GLASS';
    const names = await this.directory.names(visit, [...[question.askedBy, question.answeredBy, question.authoriser]]);
    const told = namedIn([request.sender, ...request.recipients], names);
    const who = (person: string | null, org: string) => `${names.person(person)}, ${names.organisation(org)}`;
    return show(
      {
        ...{ question, request, emergency, grounds: GROUNDS, answers: emergency ? FINDINGS : ANSWERS },
        outcome: (emergency ? REVIEW_STATES : QUESTION_STATES)[state],
        authoriser: names.person(question.authoriser),
        authority: question.authorised ? AUTHORITY[question.authorised] : 'has not said yet',
        authorities: AUTHORITY_CHOICES,
        governs: visit.may('breach.list'),
        emergencyReason: capitalsInWords(request.breakGlass?.reason ?? ''),
        mayLook: visit.may('known-question.view'),
        form: form ?? formOf({ version: question.version }),
        reasons: explanation.reasons.map((r) => told(r.words)),
        sender: names.organisation(request.sender),
        recipients: request.recipients.map((r) => names.organisation(r)),
        asker: who(question.askedBy, question.askedOrg),
        answerer: question.answeredBy && who(question.answeredBy, question.sender),
        groundText: GROUNDS.find((g) => g.value === question.ground)?.text,
        back: emergency
          ? { text: 'Back to what was shared in an emergency', href: '/agreements/emergencies' }
          : { text: 'Back to sharing to decide', href: '/agreements/to-decide' },
      },
      status,
    );
  }
}

const fieldOf = (field: string): string => (field === 'holdsUntil' ? 'holdsUntil-day' : field);

/** What a refusal says at the form, and its status. Throws whatever is none. */
function refusalIn(error: unknown): [readonly FieldProblem[], number] {
  const at = (message: string): FieldProblem[] => [{ field: 'answer', code: 'refused', message }];
  if (error instanceof Invalid) return [error.details.errors ?? [], 422];
  if (error instanceof RuleBroken)
    return [at('The agreement has changed since this was asked. It is decided anew when it is asked again'), 422];
  if (error instanceof Conflict || error instanceof IllegalTransition)
    return [at('Somebody else has answered this meanwhile. What they said is above'), 409];
  throw error;
}
