import { Conflict, Id, Invalid, NotFound, RuleBroken, type FieldProblem } from '@concordat/platform';
import { Get, Post, Query } from '@nestjs/common';
import { Chronology, type Entry } from '../../apis/chronology';
import { Records } from '../../apis/records';
import { Reviews, type ReviewView } from '../../apis/reviews';
import { civilDateOf } from '../../design/filters';
import { formAgain, formOf, type Form } from '../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';
import { choices } from '../fields';

const MOST = 100;
const WHY_NOT: Readonly<Record<string, string>> = {
  'chronology.not-permitted': 'No agreement permits that your agency gives these to the review. None is kept',
  'chronology.for-a-person':
    'Somebody of your agency must decide on this first, and was asked. Send it again once they have. None is kept',
  'chronology.not-taken': 'Reviews of this kind take no evidence here',
};

/**
 * Takes into a review what one's own agency has recorded in the chronology of a case. What is sent is read anew from the case, so
 * that the review has what stands there.
 */
@Page({
  at: 'reviews/:id/take-entries',
  folder: 'reviews/take-entries',
  may: 'review.give-evidence',
  states: ['choose-case', 'choose-entries', 'error'],
})
export class TakeEntriesPage {
  constructor(
    private readonly reviews: Reviews,
    private readonly records: Records,
    private readonly chronology: Chronology,
  ) {}

  @Get()
  async show(
    @Visiting() visit: Visit,
    @Id() id: string,
    @Query('case') caseId?: string,
    @Query('cursor') cursor?: string,
  ): Promise<View> {
    const review = await this.open(visit, id);
    if (caseId) return this.entries(visit, review, caseId, formOf({ version: review.version }), { cursor });
    const query = { sort: 'reference', limit: MOST, ...(cursor ? { cursor } : {}) };
    const { items, previous, next } = await this.records.cases(visit, query);
    const at = (to: string | null) => to && `/reviews/${id}/take-entries?cursor=${encodeURIComponent(to)}`;
    return show({
      ...{ review, cases: items.map((c) => ({ id: c.id, reference: c.reference })), caseId: null },
      ...{ previous: at(previous), next: at(next), back: backTo(id) },
    });
  }

  @Post()
  async send(
    @Visiting() visit: Visit,
    @Id() id: string,
    @Sent() sent: Submitted,
    @Query('case') caseId?: string,
    @Query('cursor') cursor?: string,
  ): Promise<View | Redirect> {
    const review = await this.open(visit, id);
    if (!caseId) throw new NotFound('page');
    const chosen = sent.list('entries');
    const { own, reference } = await this.own(visit, review, caseId, cursor);
    const entries = own.filter((e) => chosen.includes(e.id)).map((e) => takenOf(e, reference));
    let problems: readonly FieldProblem[];
    let { version } = sent;
    try {
      await this.reviews.record(visit, id, 'chronology/takings', { entries, informs: sent.list('informs') }, sent);
      return redirect(`/reviews/${id}/chronology?done=taken`);
    } catch (error) {
      const form = (message: string) => [{ field: 'form', code: 'refused', message }];
      if (error instanceof Invalid)
        problems = (error.details.errors ?? []).map((p) =>
          p.field.startsWith('entries') ? { ...p, field: 'entries' } : p,
        );
      else if (error instanceof RuleBroken) problems = form(WHY_NOT[error.code] ?? 'This cannot be done now');
      else if (error instanceof Conflict) {
        problems = form('Somebody else changed this review first. What you chose is still here: send it again');
        ({ version } = review);
      } else throw error;
    }
    const again = formAgain(sent, problems, { version });
    return this.entries(visit, review, caseId, again, { cursor, status: 422 });
  }

  private async open(visit: Visit, id: string): Promise<ReviewView> {
    const review = await this.reviews.view(visit, id);
    if (!review.definition.evidence || !review.may.confirm) throw new NotFound('page');
    return review;
  }

  /** What the visitor's agency has recorded itself in a case: neither withdrawn nor sensitive. */
  private async own(visit: Visit, { may }: ReviewView, caseId: string, cursor: string | undefined) {
    const query = { limit: MOST, ...(may.for ? { agency: may.for } : {}), ...(cursor ? { cursor } : {}) };
    const [{ reference }, list] = await Promise.all([
      this.records.case(visit, caseId),
      this.chronology.list(visit, caseId, query),
    ]);
    const own = list.items.filter((e) => e.orgId === may.for && e.fact !== undefined && !e.sensitive);
    return { own, reference, categories: list.categories, previous: list.previous, next: list.next };
  }

  private async entries(
    visit: Visit,
    review: ReviewView,
    caseId: string,
    form: Form,
    { cursor, status = 200 }: { cursor?: string | undefined; status?: number },
  ): Promise<View> {
    const { own, reference, categories, previous, next } = await this.own(visit, review, caseId, cursor);
    const at = (to: string | null) =>
      to && `/reviews/${review.id}/take-entries?case=${caseId}&cursor=${encodeURIComponent(to)}`;
    const titled = (code: string): string => categories.find((c) => c.code === code)?.title ?? code;
    const fields = [
      choices(
        'entries',
        'Which entries?',
        own.map((e) => ({ value: e.id, text: `${whenOf(e)}, ${titled(e.category)}: ${shortened(e.fact ?? '')}` })),
      ),
      choices(
        'informs',
        'What do they tell of?',
        (review.definition.evidence?.informs ?? []).map(({ code, title }) => ({ value: code, text: title })),
      ),
    ];
    return show(
      {
        ...{ review, caseId, reference, form, fields, any: own.length > 0 },
        ...{ previous: at(previous), next: at(next), back: backTo(review.id) },
      },
      status,
    );
  }
}

const SHORT = 160;
const shortened = (fact: string): string => (fact.length > SHORT ? `${fact.slice(0, SHORT)} …` : fact);
const whenOf = ({ starts, about }: Entry): string => `${about ? 'About ' : ''}${civilDateOf(starts)}`;
const backTo = (id: string) => ({ text: 'Back to the chronology', href: `/reviews/${id}/chronology` });

const takenOf = (entry: Entry, reference: string) => ({
  ...{ entryId: entry.id, date: entry.starts, event: entry.fact ?? '', source: entry.sourceRef || reference },
  ...(entry.about ? { approximate: true } : {}),
  ...(entry.comment ? { comment: entry.comment } : {}),
  ...(entry.thirdParty ? { thirdParty: true } : {}),
});
