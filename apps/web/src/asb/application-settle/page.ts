import { Conflict, Id, IllegalTransition, Invalid, NotFound, RuleBroken, type FieldProblem } from '@concordat/platform';
import { Get, Param, Post } from '@nestjs/common';
import { AsbApplications } from '../../apis/asb-applications';
import { Directory } from '../../apis/directory';
import { Reviews } from '../../apis/reviews';
import { formAgain, formOf, type Form } from '../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { compact, Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';

type What = 'register' | 'set-aside';

/** An application becomes a review, or is set aside with a reason. */
@Page({
  at: 'reviews/asb-applications/:id/:what',
  folder: 'asb/application-settle',
  may: 'asb-application.register',
  states: ['register', 'error'],
})
export class SettleApplicationPage {
  constructor(
    private readonly applications: AsbApplications,
    private readonly reviews: Reviews,
    private readonly directory: Directory,
  ) {}

  @Get()
  async show(@Visiting() visit: Visit, @Id() id: string, @Param('what') what: string): Promise<View> {
    return this.page(visit, id, whatOf(what));
  }

  @Post()
  async send(
    @Visiting() visit: Visit,
    @Id() id: string,
    @Param('what') asked: string,
    @Sent() sent: Submitted,
  ): Promise<View | Redirect> {
    const what = whatOf(asked);
    const body =
      what === 'register'
        ? compact({ kind: sent.text('kind') ?? '', areaId: sent.text('areaId') || undefined })
        : { reason: sent.text('reason') ?? '' };
    let problems: readonly FieldProblem[];
    try {
      const { reviewId } = await this.applications.settle(visit, id, what, body, sent);
      return redirect(reviewId ? `/reviews/${reviewId}?done=registered` : '/reviews/asb-applications?done=set-aside');
    } catch (error) {
      if (error instanceof Invalid) problems = error.details.errors ?? [];
      else if (error instanceof RuleBroken || error instanceof Conflict || error instanceof IllegalTransition)
        problems = [{ field: 'form', code: error.code, message: 'Somebody else has settled this application' }];
      else throw error;
    }
    return this.page(visit, id, what, formAgain(sent, problems), 422);
  }

  private async page(visit: Visit, id: string, what: What, form?: Form, status = 200): Promise<View> {
    const application = await this.applications.one(visit, id);
    const kinds = what === 'register' ? (await this.reviews.kinds(visit)).filter((k) => k.threshold) : [];
    const areas = what === 'register' ? await this.directory.areas(visit) : [];
    return show(
      {
        areas: areas.filter(({ active }) => active !== false).map(({ id, name }) => ({ value: id, text: name })),
        ...{ what, application, form: form ?? formOf({ version: application.version }) },
        kinds: kinds.map(({ code, label }) => ({ value: code, text: label })),
        back: { text: 'Back to applications', href: '/reviews/asb-applications' },
      },
      status,
    );
  }
}

function whatOf(what: string): What {
  if (what === 'register' || what === 'set-aside') return what;
  throw new NotFound('page');
}
