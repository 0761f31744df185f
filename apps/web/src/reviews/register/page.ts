import { Conflict, Invalid, RuleBroken, type FieldProblem } from '@concordat/platform';
import { Get, Post, Query } from '@nestjs/common';
import { Directory } from '../../apis/directory';
import { Reviews, type ReviewKind } from '../../apis/reviews';
import { formAgain, formOf, type Form } from '../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';
import { labelled, long, text } from '../fields';
import { askedOf, bodyOf, fieldFor } from './form';

const FIELDS = [text('notifier', 'Who notified you?'), long('about', 'What happened, as far as it is known?')];

/** A notification becomes a review of one kind: who notified whom of what, and the dates that clocks begin with. */
@Page({
  at: 'reviews/register',
  folder: 'reviews/register',
  may: 'review.register',
  states: ['choose', 'asking', 'each-partner', 'error'],
})
export class RegisterReviewPage {
  constructor(
    private readonly reviews: Reviews,
    private readonly directory: Directory,
  ) {}

  @Get()
  async show(@Visiting() visit: Visit, @Query('kind') code?: string, @Query('chosen') chosen?: string): Promise<View> {
    if (!code) {
      const problems = chosen ? [{ field: 'kind', code: 'required', message: 'Choose the kind of review' }] : [];
      const kinds = await this.reviews.kinds(visit);
      return show(
        { kinds: kinds.map((k) => ({ value: k.code, text: k.label })), form: formOf({ problems }) },
        200,
        'choose.njk',
      );
    }
    return this.page(visit, await this.reviews.kind(visit, code), formOf());
  }

  @Post()
  async send(@Visiting() visit: Visit, @Sent() sent: Submitted, @Query('kind') code = ''): Promise<View | Redirect> {
    const kind = await this.reviews.kind(visit, code);
    const body = bodyOf(kind, sent);
    let problems: readonly FieldProblem[] = sent.errors;
    if (problems.length === 0) {
      try {
        const made = await this.reviews.register(visit, body, sent.key);
        return redirect(`/reviews/${made.id}?done=registered`);
      } catch (error) {
        if (error instanceof Invalid) problems = error.details.errors ?? [];
        else if (error instanceof RuleBroken || error instanceof Conflict)
          problems = [{ field: 'form', code: error.code, message: 'This kind of review cannot be begun now' }];
        else throw error;
      }
    }
    const fieldOf = fieldFor(body);
    const at = problems.map((problem) => ({ ...problem, field: fieldOf(problem.field) }));
    return this.page(visit, kind, formAgain(sent, labelled(at, FIELDS, sent.values)), 422);
  }

  private async page(visit: Visit, kind: ReviewKind & { label: string }, form: Form, status = 200): Promise<View> {
    const asked = askedOf(kind);
    const organisations = asked.perParty.length > 0 ? await this.directory.organisations(visit) : [];
    const areas = await this.directory.areas(visit);
    return show(
      {
        ...{ kind, form, asked, notifiers: kind.notifiers.map(({ who }) => who).join('; ') },
        parties: organisations.map(({ id, name }) => ({ value: id, text: name })),
        areas: areas.filter(({ active }) => active !== false).map(({ id, name }) => ({ value: id, text: name })),
        back: { text: 'Back to reviews', href: '/reviews' },
      },
      status,
    );
  }
}
