import { Invalid, type FieldProblem } from '@concordat/platform';
import { Get, Post } from '@nestjs/common';
import { Breaches } from '../../../apis/breaches';
import { formAgain, formOf, type Form } from '../../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../../design/page';
import { Sent, type Submitted } from '../../../design/submitted';
import { Visiting, type Visit } from '../../../session/visit';
import { fieldOf, momentIn } from '../words';

/** Begins to assess a breach that came to light otherwise than by the review of an emergency. */
@Page({
  at: 'agreements/breaches/open',
  folder: 'agreements/breaches/open',
  may: 'breach.open',
  states: ['empty', 'error'],
})
export class OpenBreachPage {
  constructor(private readonly breaches: Breaches) {}

  @Get()
  show(): View {
    return page(formOf());
  }

  @Post()
  async send(@Visiting() visit: Visit, @Sent() sent: Submitted): Promise<View | Redirect> {
    const account = sent.text('account');
    if (!account) sent.wrong('account', 'required', 'Enter what happened');
    const moment = momentIn(sent, 'The day');
    let problems: readonly FieldProblem[] = sent.errors;
    if (problems.length === 0) {
      try {
        const { id } = await this.breaches.open(visit, { account, ...moment }, { key: sent.key });
        return redirect(`/agreements/breaches/${id}`);
      } catch (error) {
        if (!(error instanceof Invalid)) throw error;
        problems = error.details.errors ?? [];
      }
    }
    return page(formAgain(sent, problems, { fieldOf }), 422);
  }
}

const page = (form: Form, status = 200): View =>
  show({ form, back: { text: 'Back to breaches', href: '/agreements/breaches' } }, status);
