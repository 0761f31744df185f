import { Conflict, Id, IllegalTransition, Invalid, NotFound, RuleBroken, type FieldProblem } from '@concordat/platform';
import { Get, Param, Post, Query } from '@nestjs/common';
import { isId } from '@concordat/contracts';
import { Directory } from '../../apis/directory';
import { Identity } from '../../apis/identity';
import { Recommendations, type RecommendationView } from '../../apis/recommendations';
import { formAgain, formOf, type Form } from '../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';
import { labelled, type Field } from '../fields';
import { RECORDINGS, type Recording } from './forms';

const WHY_NOT: Readonly<Record<string, string>> = {
  'recommendation.changed':
    'Somebody else changed this first. What you entered is still here: look at the recommendation, then send it again',
  'recommendation.national': 'It is to a department, which is not asked here',
  'recommendation.not-accepted': 'The recommendation is not accepted',
  'recommendation.actions-open': 'It has actions that are not ended: end them first',
  'recommendation.repeats-this': 'That one is the later of the two',
  'recommendation.linked-already': 'It is linked already',
  'review-action.move-not-open': 'This cannot be done as the action stands now',
  'review-action.own-claim': 'Somebody else must look at what you have done or claimed',
  'review-action.own-line': 'Somebody outside the line of whoever did it must look at it',
  'review-action.over': 'Nothing more is to be done for this action',
};
interface Opened {
  readonly view: RecommendationView;
  readonly recording: Recording;
  readonly actionId: string | undefined;
}

/** Records one thing of a recommendation or of one of its actions. What was typed is kept when it is refused. */
@Page({
  at: 'reviews/recommendations/:id/record/:what',
  folder: 'reviews/recommendation-record',
  may: ['recommendation.answer', 'review-action.progress'],
  states: ['answer', 'agencies', 'action', 'claim', 'error'],
})
export class RecommendationRecordPage {
  constructor(
    private readonly recommendations: Recommendations,
    private readonly directory: Directory,
    private readonly identity: Identity,
  ) {}

  @Get()
  async show(
    @Visiting() visit: Visit,
    @Id() id: string,
    @Param('what') what: string,
    @Query('action') action?: string,
    @Query('agency') agency?: string,
  ): Promise<View> {
    const opened = await this.open(visit, id, what, action);
    if (what === 'action' && !isId(agency)) return this.agencies(visit, opened);
    return this.page(visit, what, opened, () => formOf({ version: opened.view.version }), agency);
  }

  @Post()
  async send(
    @Visiting() visit: Visit,
    @Id() id: string,
    @Param('what') what: string,
    @Sent() sent: Submitted,
    @Query('action') action?: string,
    @Query('agency') agency?: string,
  ): Promise<View | Redirect> {
    const opened = await this.open(visit, id, what, action);
    const body = opened.recording.body(sent);
    const below = opened.actionId ? `actions/${opened.actionId}/` : '';
    let problems: readonly FieldProblem[] = sent.errors;
    let version = sent.version;
    if (problems.length === 0) {
      try {
        await this.recommendations.record(visit, id, below + opened.recording.what, body, sent);
        return redirect(`/reviews/recommendations/${id}?done=${what}`);
      } catch (error) {
        if (error instanceof Invalid) problems = error.details.errors ?? [];
        else if (error instanceof RuleBroken || error instanceof Conflict || error instanceof IllegalTransition)
          problems = [{ field: 'form', code: error.code, message: WHY_NOT[error.code] ?? 'This cannot be done now' }];
        else throw error;
        if (error instanceof Conflict) ({ version } = opened.view);
      }
    }
    const again = (fields: readonly Field[]): Form =>
      formAgain(sent, labelled(problems, fields, sent.values), { version });
    return this.page(visit, what, opened, again, agency, 422);
  }

  private async open(visit: Visit, id: string, what: string, action?: string): Promise<Opened> {
    const recording = Object.hasOwn(RECORDINGS, what) ? RECORDINGS[what] : undefined;
    const view = await this.recommendations.view(visit, id);
    const found = view.actions.find((a) => a.id === action);
    const may = recording?.ofAction
      ? found && (found.may.includes(what) || (what === 'target' && view.may.coordinate))
      : what === 'answer'
        ? view.may.answer
        : view.may.coordinate;
    if (!recording || !may) throw new NotFound('page');
    return { view, recording, actionId: recording.ofAction ? action : undefined };
  }

  private async agencies(visit: Visit, { view, recording }: Opened): Promise<View> {
    const organisations = await this.directory.organisations(visit);
    const href = (agency: string) => `/reviews/recommendations/${view.id}/record/action?agency=${agency}`;
    const agencies = organisations.map(({ id, name }) => ({ name, href: href(id) }));
    return show(
      { title: recording.title, agencies, review: headed(view), back: backTo(view) },
      200,
      '/reviews/record/agencies.njk',
    );
  }

  private async page(
    visit: Visit,
    what: string,
    { view, recording, actionId }: Opened,
    formOver: (fields: readonly Field[]) => Form,
    agency?: string,
    status = 200,
  ): Promise<View> {
    const staff = isId(agency) ? await this.identity.staffOf(visit, agency) : [];
    const others = what === 'repeat' ? (await this.recommendations.track(visit, {})).items : [];
    const fields = recording.fields(view, {
      people: staff.filter((s) => s.active).map((s) => ({ value: s.id, text: s.name })),
      others: [...new Map(others.filter((o) => o.id !== view.id).map((o) => [o.id, o])).values()].map((o) => ({
        value: o.id,
        text: `${o.reference} R${o.number}: ${o.text}`,
      })),
      actionId,
    });
    const { title, button, hint } = recording;
    return show(
      {
        ...{ title, button, hint, fields, form: formOver(fields), review: headed(view, actionId) },
        back: backTo(view),
      },
      status,
      '/reviews/record/page.njk',
    );
  }
}

/** What stands above a form of it, in the place of a review. */
function headed(view: RecommendationView, actionId?: string) {
  const action = view.actions.find(({ id }) => id === actionId);
  return {
    reference: `${view.reference} R${view.number}`,
    kind: { label: view.kind },
    stateTitle: action ? `R${view.number}.${action.number}, ${action.text}` : view.text,
    href: `/reviews/recommendations/${view.id}`,
  };
}

const backTo = ({ id }: RecommendationView) => ({
  text: 'Back to the recommendation',
  href: `/reviews/recommendations/${id}`,
});
