import { Conflict, Id, IllegalTransition, Invalid, NotFound, RuleBroken, type FieldProblem } from '@concordat/platform';
import { Get, Param, Post, Query } from '@nestjs/common';
import { Directory, type Names } from '../../apis/directory';
import { EvidenceApi, type ChronologyItem } from '../../apis/evidence';
import { Identity } from '../../apis/identity';
import { Reviews, type ReviewView } from '../../apis/reviews';
import { formAgain, formOf, type Form } from '../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';
import { ANSWERS_RECORDED } from './answers';
import { DECISION } from './decision';
import { whenOf } from '../evidence-words';
import { labelled, type Field } from '../fields';
import { EVIDENCE, toldValues } from './evidence';
import { RECORDINGS, type Recording } from './forms';
import { LEAVING } from './leaving';
import { MANAGEMENT } from './management';
import { PANEL } from './panel';

const ALL: Readonly<Record<string, Recording>> = {
  ...RECORDINGS,
  ...PANEL,
  ...LEAVING,
  ...MANAGEMENT,
  ...EVIDENCE,
  ...ANSWERS_RECORDED,
  decision: DECISION,
};

/** For these, the agency is chosen first and then one of its people. */
const PEOPLED: ReadonlySet<string> = new Set(['member', 'appoint']);

/** What a rule that was broken means to whoever recorded something. */
const WHY_NOT: Readonly<Record<string, string>> = {
  'review.changed':
    'Somebody else changed this review first. What you entered is still here: look at the review, then send it again',
  'review.paused-already': 'The review is paused for this reason already',
  'review.not-paused': 'This pause has ended already',
  'review.not-decided': 'There is no decision to tell anybody of',
  'review.dates-in-order': 'These dates are in order now',
  'review.member-named': 'They are named already',
  'review.linked-already': 'This is said already',
  'review.kind-not-later': 'It follows the version in force already',
  'review.kind-does-not-fit':
    'That version has no place for something that is recorded: the review stays with the one that it follows',
  'review.joined-circle': 'The other review is taken in by this one',
  'publication.not-open': 'The review has not come to its publication',
  'publication.paused': 'Proceedings hold up publication',
  'publication.family-time': 'The family has asked for time: it is published when that is over',
  'review.not-chased-answered': 'They have answered meanwhile',
  'review.not-chased-too-early':
    'It is too early for this: see by when they are to answer, and when those who lead the agency were asked',
  'review.not-chased-not-reminded': 'They have not been reminded: record that first',
  'review.not-chased-not-escalated': 'Those who lead the agency have not been asked: record that first',
  'review.not-chased-not-allowed':
    'The version of its kind that this review follows waits for every answer. It can follow the version in force',
  'meeting.over': 'This meeting was held or called off',
  'publication.not-decided': 'It is not decided that this is published',
  'publication.no-file': 'No file that is published was released',
  'chronology.not-permitted': 'No agreement permits that your agency gives this to the review. It is not kept',
  'chronology.for-a-person':
    'Somebody of your agency must decide on this first, and was asked. Send it again once they have. It is not kept',
  'chronology.not-taken': 'Reviews of this kind take no evidence here',
  'chronology.joined-already': 'They are one event already',
  'chronology.empty': 'There is nothing in it to freeze',
  'appeal.open': 'Another appeal is not decided yet',
  'appeal.not-taken': 'Reviews of this kind keep no appeals here',
  'appeal.none-open': 'There is no appeal to decide',
  'appeal.not-taken-up': 'The review must take the appeal up first: that is its next step',
  'appeal.own': 'You had a part in what is appealed against. Somebody else must decide it',
  'letter.nothing-to-tell': 'There is nothing to tell of this yet. Record first what was decided or agreed',
  'letter.not-written': 'Reviews of this kind have no such letters',
  'letter.not-released': 'A second person must release it first',
  'letter.sent-already': 'It is recorded already that it was sent',
  'submission.package-open': 'The package cannot be sent yet: a file of it is missing or not released',
  'submission.no-panel': 'Reviews of this kind go to no central quality panel',
  'review.over': 'The review has come to its end',
  'review.chaired-already': 'Somebody chairs it already: end that appointment first',
  'review.sits-already': 'They sit on the panel already',
  'review.asked-already': 'They are asked already',
  'management-review.own-agency': 'Somebody outside the agency must read it',
  'management-review.own-submission': 'Somebody else must read what you have recorded',
  'review.not-extended-law': 'A time limit set by law cannot be extended',
  'review.not-extended-done': 'This is done already',
  'review.not-extended-not-from-the-latest-date': 'The date has changed since. Look at the review again',
};

/** Records one thing of a review. What was typed is kept when it is refused. */
@Page({
  at: 'reviews/:id/record/:what',
  folder: 'reviews/record',
  may: ['review.advance', 'review.confirm'],
  states: [
    'date',
    'allow',
    'notice',
    'confirm',
    'decision',
    'pause',
    'resume',
    'extend',
    'agencies',
    'member',
    'recommendation',
    'appoint',
    'declare',
    'meeting',
    'return',
    'publication',
    'imr-submit',
    'family-contact',
    'evidence',
    'applicant-letter',
    'correct-entry',
    'chase',
    'plan-meeting',
    'not-permitted',
    'error',
    'conflict',
  ],
})
export class RecordPage {
  constructor(
    private readonly reviews: Reviews,
    private readonly directory: Directory,
    private readonly identity: Identity,
    private readonly evidence: EvidenceApi,
  ) {}

  @Get()
  async show(
    @Visiting() visit: Visit,
    @Id() id: string,
    @Param('what') what: string,
    @Query('for') chosen?: string,
    @Query('agency') agency?: string,
  ): Promise<View> {
    const { view, recording } = await this.open(visit, id, what);
    if (PEOPLED.has(what) && !agency) return this.agencies(visit, view, recording, what);
    const values =
      recording.chosen && chosen
        ? { [recording.chosen]: chosen, ...(await this.prefilled(visit, id, recording, chosen)) }
        : {};
    return this.page(visit, view, recording, () => formOf({ version: view.version, values }), { agency });
  }

  @Post()
  async send(
    @Visiting() visit: Visit,
    @Id() id: string,
    @Param('what') what: string,
    @Sent() sent: Submitted,
    @Query('agency') agency?: string,
  ): Promise<View | Redirect> {
    const { view, recording } = await this.open(visit, id, what);
    const { what: at, body } = recording.send(sent, view);
    let problems: readonly FieldProblem[] = sent.errors;
    let version = sent.version;
    if (problems.length === 0) {
      try {
        await this.reviews.record(visit, id, at, body, sent);
        return redirect(`/reviews/${id}${recording.after ? `/${recording.after}` : ''}?done=${what}`);
      } catch (error) {
        if (error instanceof Invalid) problems = error.details.errors ?? [];
        else if (error instanceof RuleBroken || error instanceof Conflict || error instanceof IllegalTransition)
          problems = [
            {
              field: 'form',
              code: error.code,
              message: WHY_NOT[error.code] ?? 'This cannot be done as the review stands now',
            },
          ];
        else throw error;
        if (error instanceof Conflict) ({ version } = view);
      }
    }
    const again = (fields: readonly Field[]): Form => {
      const fieldOf = fieldIn(recording);
      const at = problems.map((problem) => ({ ...problem, field: fieldOf(problem.field) }));
      return formAgain(sent, labelled(at, fields, sent.values), { version });
    };
    return this.page(visit, view, recording, again, { agency, status: 422 });
  }

  private async open(visit: Visit, id: string, what: string): Promise<{ view: ReviewView; recording: Recording }> {
    const recording = Object.hasOwn(ALL, what) ? ALL[what] : undefined;
    const view = await this.reviews.view(visit, id);
    if (!recording || !(view.may.coordinate || (recording.named && view.may.confirm))) throw new NotFound('page');
    if (recording.drafting && !view.may.seeRelease) throw new NotFound('page');
    return { view, recording };
  }

  private async agencies(visit: Visit, view: ReviewView, { title }: Recording, what: string): Promise<View> {
    const organisations = await this.directory.organisations(visit);
    const agencies = organisations.map(({ id, name }) => ({
      name,
      href: `/reviews/${view.id}/record/${what}?agency=${id}`,
    }));
    return show({ ...{ title, agencies, review: view }, back: backTo(view) }, 200, 'agencies.njk');
  }

  private async page(
    visit: Visit,
    view: ReviewView,
    recording: Recording,
    formOver: (fields: readonly Field[]) => Form,
    { agency, status = 200 }: { agency?: string | undefined; status?: number },
  ): Promise<View> {
    const [names, staff] = await Promise.all([
      this.directory.names(
        visit,
        (view.document.panel ?? []).map((m) => m.userId),
      ),
      agency ? this.identity.staffOf(visit, agency) : [],
    ]);
    const people = staff.filter((s) => s.active).map((s) => ({ value: s.id, text: s.name }));
    const { title, button, hint } = recording;
    const organisations = (await this.directory.organisations(visit)).map(({ id, name }) => ({
      value: id,
      text: name,
    }));
    const fields = recording.fields(view, {
      ...{ organisation: (id) => names.organisation(id), person: (who) => names.person(who) },
      ...{ people, organisations, ...(await this.known(visit, view.id, recording, names)) },
    });
    const form = formOver(fields);
    return show({ ...{ title, button, hint, fields, form, review: view }, back: backTo(view) }, status);
  }

  /** Whom and what a recording's form lets choose. */
  private async known(visit: Visit, id: string, { needs }: Recording, names: Names) {
    const people = needs === 'family' ? (await this.evidence.family(visit, id)).people : [];
    const chronology = needs === 'chronology' ? await this.evidence.chronology(visit, id) : null;
    const items = (chronology?.events ?? []).flatMap((event) => event.items);
    const named = (i: ChronologyItem) => ({
      value: i.id,
      text: `Entry ${i.number}: ${names.organisation(i.orgId)}, ${whenOf(i)}`,
    });
    return {
      family: people.map((p) => ({ value: p.id, text: `${p.name}, ${p.relationship}` })),
      entries: items.map(named),
      ownEntries: items.filter(({ orgId }) => orgId === chronology?.may.as).map(named),
    };
  }

  /** What an entry says that is chosen to be put right. */
  private async prefilled(visit: Visit, id: string, recording: Recording, chosen: string) {
    if (!recording.prefilled) return {};
    const { events } = await this.evidence.chronology(visit, id);
    const item = events.flatMap(({ items }) => items).find((i) => i.id === chosen);
    return item ? toldValues(item) : {};
  }
}

/** The field that stands for a place of what is sent: a pair of dates, or a date and whose it is, are chosen in one. */
const fieldIn =
  ({ chosen }: Recording) =>
  (path: string): string =>
    chosen && ['earlier', 'later', 'party'].includes(path) ? chosen : path.replace(/^submission\./, '');

const backTo = ({ id }: ReviewView) => ({ text: 'Back to the review', href: `/reviews/${id}` });
