import { TooMany } from '@concordat/platform';
import { Get, Post } from '@nestjs/common';
import { Directory } from '../../apis/directory';
import { HandOver } from '../../apis/hand-over';
import { KnownQuestions } from '../../apis/known-questions';
import { formAgain, formOf, type Form } from '../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { Refusals, type NotShared } from '../../hand-over/not-shared';
import { sharingChoices } from '../../hand-over/sharing';
import { Visiting, type Visit } from '../../session/visit';
import { problemsIn } from '../problems-in';
import { fieldOf, parse } from './form';

/** "Is this person known to you?": asked of another agency. What names them is posted, and the answer stands under an id. */
@Page({
  at: 'asking/ask',
  folder: 'asking/ask',
  may: 'person.ask-known',
  states: ['empty', 'error', 'not-shared'],
})
export class AskKnownPage {
  constructor(
    private readonly questions: KnownQuestions,
    private readonly handOver: HandOver,
    private readonly directory: Directory,
    private readonly refusals: Refusals,
  ) {}

  @Get()
  show(@Visiting() visit: Visit): Promise<View> {
    return this.page(visit, formOf());
  }

  @Post()
  async send(@Visiting() visit: Visit, @Sent() sent: Submitted): Promise<View | Redirect> {
    const { body, problems } = parse(sent);
    if (problems.length > 0) return this.page(visit, formAgain(sent, problems), 422);
    try {
      const { id } = await this.questions.ask(visit, body, sent.key);
      return redirect(`/asking/${id}`);
    } catch (error) {
      const refused = await this.refusals.told(visit, error, { whom: 'toOrg' });
      if (refused) return this.page(visit, formAgain(sent, refused.problems), 403, refused);
      const found = problemsIn(error);
      return this.page(visit, formAgain(sent, found, { fieldOf }), error instanceof TooMany ? 429 : 422);
    }
  }

  private async page(visit: Visit, form: Form, status = 200, refused?: NotShared): Promise<View> {
    const [organisations, practice] = await Promise.all([
      this.directory.organisations(visit),
      this.handOver.practice(visit),
    ]);
    const own = visit.person.organisation.id;
    const agencies = organisations.filter((o) => o.id !== own).map(({ id, name }) => ({ value: id, text: name }));
    return show({ form, refused, agencies, sharing: sharingChoices(practice), back: { href: '/asking' } }, status);
  }
}
