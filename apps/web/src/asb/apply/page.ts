import { Invalid, type FieldProblem } from '@concordat/platform';
import { Get, Post, Req } from '@nestjs/common';
import { AsbApplications } from '../../apis/asb-applications';
import { formAgain, formOf, type Form } from '../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { PublicForms } from '../../session/public-forms';
import { Visiting, type Visit, type WebRequest } from '../../session/visit';
import { applicationOf, COMPLAINTS, fieldOf, inPlace, plainly } from '../application-form';

/** Anybody asks for an ASB case review, for themselves or for somebody else, without signing in. */
@Page({
  at: 'asb-case-reviews/apply',
  folder: 'asb/apply',
  may: 'anyone',
  states: ['asking', 'error'],
})
export class ApplyPage {
  constructor(
    private readonly applications: AsbApplications,
    private readonly forms: PublicForms,
  ) {}

  @Get()
  async show(@Visiting() visit: Visit, @Req() request: WebRequest): Promise<View> {
    return this.page(visit, request, formOf());
  }

  /** What is sent was counted and its token taken before it comes here. */
  @Post()
  async send(@Visiting() visit: Visit, @Req() request: WebRequest, @Sent() sent: Submitted): Promise<View | Redirect> {
    const body = applicationOf(sent);
    let problems: readonly FieldProblem[] = sent.errors;
    if (problems.length === 0) {
      try {
        const { reference } = await this.applications.apply(visit, body, sent.key);
        return redirect(`/asb-case-reviews/sent?reference=${reference ?? ''}`);
      } catch (error) {
        if (!(error instanceof Invalid)) throw error;
        problems = plainly(inPlace(error.details.errors ?? [], sent), sent);
      }
    }
    return this.page(visit, request, formAgain(sent, problems, { fieldOf }), 422);
  }

  private async page(visit: Visit, request: WebRequest, form: Form, status = 200): Promise<View> {
    const bodies = await this.applications.bodies(visit);
    return show(
      {
        ...{ form, complaints: COMPLAINTS, token: await this.forms.token(request.ip) },
        bodies: bodies.map(({ id, name }) => ({ value: id, text: name })),
      },
      status,
    );
  }
}
