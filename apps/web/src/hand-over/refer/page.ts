import { Forbidden, Id } from '@concordat/platform';
import { Get, Param, Post } from '@nestjs/common';
import { CaseFacts } from '../../apis/case-facts';
import { HandOver, type HandOverPractice } from '../../apis/hand-over';
import { headingOf } from '../../cases/opened';
import { formAgain, formOf, type Form } from '../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';
import { Refusals, type NotShared } from '../not-shared';
import { sharingChoices } from '../sharing';
import { OUTSIDE, problemsIn, toText, Whom, type Destination } from '../whom';
import { choicesOf, itemsText } from '../words';
import { checkOf, parse, peopleChoices } from './form';

interface Ready extends Destination {
  readonly practice: HandOverPractice;
  /** What is planned and not done yet, for which it may be; some may refer for nothing else. */
  readonly planned: readonly { readonly value: string; readonly text: string }[];
  readonly onlyForAction: boolean;
}

/** Refers a case to somebody of one agency, or records that it was referred outside, after a last look. */
@Page({
  at: 'cases/:id/refer/:to',
  folder: 'hand-over/refer',
  may: ['referral.offer', 'referral.offer-for-action'],
  states: ['empty', 'outside', 'for-action', 'error', 'check', 'open-already', 'not-shared', 'conflict'],
})
export class ReferPage {
  constructor(
    private readonly whom: Whom,
    private readonly handOver: HandOver,
    private readonly facts: CaseFacts,
    private readonly refusals: Refusals,
  ) {}

  @Get()
  async show(@Visiting() visit: Visit, @Id() id: string, @Param('to') to: string): Promise<View> {
    const ready = await this.ready(visit, id, to);
    const { record } = ready.opened;
    const subjects = record.people.filter((p) => p.roles?.includes('subject')).map((p) => p.id);
    return this.page(ready, formOf({ version: record.version, values: { people: subjects } }));
  }

  @Post()
  async send(
    @Visiting() visit: Visit,
    @Id() id: string,
    @Param('to') to: string,
    @Sent() sent: Submitted,
  ): Promise<View | Redirect> {
    const ready = await this.ready(visit, id, to);
    const { body, problems } = parse(sent, to === OUTSIDE, ready.onlyForAction);
    const stage = sent.text('_stage');
    if (problems.length > 0 || stage === 'change')
      return this.page(ready, formAgain(sent, problems), problems.length > 0 ? 422 : 200);
    if (stage !== 'confirm') return this.check(ready, sent);
    try {
      const { id: made } = await this.handOver.refer(visit, id, body, { key: sent.key, version: sent.version });
      return redirect(`/hand-over/referrals/${made}?done=offered`);
    } catch (error) {
      const refused = await this.refusals.told(visit, error, { whom: 'recipient', what: 'view' });
      return refused ? this.notShared(ready, sent, refused) : this.again(ready, sent, error);
    }
  }

  private again(ready: Ready, sent: Submitted, error: unknown): View {
    const problems = problemsIn(error, {
      field: ready.agency ? 'recipient' : 'outsideBody',
      message: 'They have not answered an earlier referral of this case yet',
    });
    if (problems)
      return this.page(
        ready,
        formAgain(sent, problems, { fieldOf: (f) => (f === 'consent' ? 'consent.answer' : f) }),
        422,
      );
    const yours = this.looked(ready, sent).answers;
    const form = formAgain(sent, [], { version: ready.opened.record.version });
    return this.page(ready, form, 409, { closed: false, theirs: [], yours });
  }

  /** What they wrote is kept: another purpose, or less, may be allowed. */
  private notShared(ready: Ready, sent: Submitted, refused: NotShared): View {
    return this.page(ready, formAgain(sent, refused.problems), 403, undefined, refused);
  }

  private async ready(visit: Visit, id: string, to: string): Promise<Ready> {
    const [destination, { may }, practice, facts] = await Promise.all([
      this.whom.destination(visit, id, to),
      this.handOver.ofCase(visit, id),
      this.handOver.practice(visit),
      this.facts.view(visit, id),
    ]);
    if (!may.refer || (may.onlyForAction && to === OUTSIDE))
      throw new Forbidden('page.forbidden', 'The lead agency decides whom this case is referred to');
    const planned = facts.steps.filter((s) => s.endedAt === null).map((s) => ({ value: s.id, text: s.text }));
    return { ...destination, practice, planned, onlyForAction: may.onlyForAction };
  }

  private looked(ready: Ready, sent: Submitted) {
    return checkOf(sent, { ...ready, to: toText(ready, sent), record: ready.opened.record });
  }

  private check(ready: Ready, sent: Submitted): View {
    const { opened, practice, agency } = ready;
    const days = practice.urgencies.find((u) => u.code === sent.text('urgency'))?.days;
    const effect = agency
      ? `They are shown your reason and what is on offer, and see what is in it once they accept. The offer ends if it is not answered within ${days} ${days === 1 ? 'day' : 'days'}.`
      : 'It is put on record that this was disclosed. Nothing is sent, and nobody gains access.';
    return show(
      {
        ...{ record: opened.record, heading: headingOf(opened), form: formAgain(sent, []) },
        ...this.looked(ready, sent),
        ...{ effect, checkTitle: 'Check what you share', cancel: `/cases/${opened.record.id}/hand-over` },
        button: agency ? 'Send referral' : 'Record referral',
      },
      200,
      '/hand-over/check.njk',
    );
  }

  private page(ready: Ready, form: Form, status = 200, conflict?: object, refused?: NotShared): View {
    const { opened, practice, agency, recipients, planned, onlyForAction } = ready;
    const views = practice.views.map((v) => ({ value: v.code, text: v.title, hint: itemsText(v.items) }));
    return show(
      {
        ...{ record: opened.record, heading: headingOf(opened), form, conflict, refused, agency, recipients, views },
        ...{ planned, onlyForAction },
        people: peopleChoices(opened.record),
        sharing: sharingChoices(practice),
        legalBases: choicesOf(practice.legalBases),
        urgencies: choicesOf(practice.urgencies),
      },
      status,
    );
  }
}
