import {
  Conflict,
  Id,
  NotFound,
  RuleBroken,
  SETTINGS,
  SignInAgain,
  type FieldProblem,
  type Settings,
} from '@concordat/platform';
import { Get, Inject, Post } from '@nestjs/common';
import { Agreements, type AgreementView } from '../../apis/agreements';
import { formAgain, formOf, type Form } from '../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { signedInFreshly, tellsWhenSignedIn } from '../../session/fresh';
import { Visiting, type Visit } from '../../session/visit';

/** Signs the terms for one's organisation: those whose hash is on the page, and no others, by who has just signed in. */
@Page({
  at: 'agreements/:id/sign',
  folder: 'agreements/sign',
  may: 'agreement.sign',
  states: ['asking', 'error', 'sign-in-again', 'time-not-told'],
})
export class SignAgreementPage {
  constructor(
    private readonly agreements: Agreements,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  @Get()
  async show(@Visiting() visit: Visit, @Id() id: string): Promise<View> {
    const view = await this.agreements.view(visit, id);
    return this.page(
      visit,
      view,
      formOf({ version: view.version }),
      signedInFreshly(visit, this.settings.STEP_UP_MINUTES),
    );
  }

  @Post()
  async send(@Visiting() visit: Visit, @Id() id: string, @Sent() sent: Submitted): Promise<View | Redirect> {
    const view = await this.agreements.view(visit, id);
    const [contentHash, reference] = [sent.text('contentHash'), sent.text('reference')];
    let problems: FieldProblem[] = sent.ticked('read')
      ? []
      : [{ field: 'read', code: 'required', message: 'Confirm that you have read the terms and may sign them' }];
    if (problems.length === 0) {
      try {
        const body = { contentHash, ...(reference ? { reference } : {}) };
        await this.agreements.take(visit, id, 'signatures', body, { key: sent.key, version: sent.version });
        return redirect(`/agreements/${id}?done=signed`);
      } catch (error) {
        if (error instanceof SignInAgain)
          return this.page(visit, view, formAgain(sent, [], { version: view.version }), false, 422);
        problems = [{ field: 'read', ...whyNot(error) }];
      }
    }
    return this.page(visit, view, formAgain(sent, problems, { version: view.version }), true, 422);
  }

  private page(visit: Visit, view: AgreementView, form: Form, fresh: boolean, status = 200): View {
    if (!view.may.sign) throw new NotFound('page');
    const { id, document, contentHash } = view;
    const organisation = visit.person.organisation;
    const signatory = document.parties.find((p) => p.orgId === organisation.id)?.signatory;
    const told = tellsWhenSignedIn(visit);
    return show(
      {
        ...{ id, document, contentHash, form, organisation, signatory, fresh, told },
        ...{ minutes: this.settings.STEP_UP_MINUTES, back: { href: `/agreements/${id}` } },
      },
      status,
    );
  }
}

function whyNot(error: unknown): { code: string; message: string } {
  if (error instanceof Conflict)
    return { code: error.code, message: 'The terms have changed since you read them. Read them again' };
  if (error instanceof RuleBroken)
    return { code: error.code, message: 'The terms do not name who signs for your organisation' };
  throw error;
}
