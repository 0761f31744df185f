import { Id } from '@concordat/platform';
import { Get, Param, Post } from '@nestjs/common';
import { HandOver, type HandOverPractice } from '../../apis/hand-over';
import { Transfers } from '../../apis/transfers';
import { headingOf } from '../../cases/opened';
import { formAgain, formOf, type Form } from '../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';
import { Refusals, type NotShared } from '../not-shared';
import { sharingChoices, usualPurpose } from '../sharing';
import { KEPT_DEFAULT, KEPT_PARTS } from '../transfer-words';
import { demandTransferable } from '../transferable';
import { OUTSIDE, problemsIn, toText, Whom, type Destination } from '../whom';
import { checkOf, parse } from './form';

type Ready = Destination & { readonly practice: HandOverPractice };

/** Offers a case to somebody of one agency, or records that it passed outside, after a last look. */
@Page({
  at: 'cases/:id/transfer/:to',
  folder: 'hand-over/offer-case',
  may: 'transfer.offer',
  states: ['empty', 'outside', 'error', 'check', 'open-already', 'not-shared', 'conflict'],
})
export class OfferCasePage {
  constructor(
    private readonly whom: Whom,
    private readonly transfers: Transfers,
    private readonly handOver: HandOver,
    private readonly refusals: Refusals,
  ) {}

  @Get()
  async show(@Visiting() visit: Visit, @Id() id: string, @Param('to') to: string): Promise<View> {
    const [ready, ownership] = await Promise.all([this.ready(visit, id, to), this.transfers.ownership(visit, id)]);
    demandTransferable(ownership);
    const purpose = usualPurpose(ready.practice, ready.opened.record.kind);
    return page(ready, formOf({ version: ownership.version, values: { keep: KEPT_DEFAULT, purpose } }));
  }

  @Post()
  async send(
    @Visiting() visit: Visit,
    @Id() id: string,
    @Param('to') to: string,
    @Sent() sent: Submitted,
  ): Promise<View | Redirect> {
    const { body, problems } = parse(sent, to === OUTSIDE);
    const stage = sent.text('_stage');
    const ready = await this.ready(visit, id, to);
    if (problems.length > 0) return page(ready, formAgain(sent, problems), 422);
    if (stage === 'change') return page(ready, formAgain(sent, []));
    if (stage !== 'confirm') return check(ready, sent);
    try {
      const made = await this.transfers.offer(visit, id, body, { key: sent.key, version: sent.version });
      return redirect(`/hand-over/transfers/${made.id}?done=offered`);
    } catch (error) {
      const refused = await this.refusals.told(visit, error, { whom: 'recipient' });
      // What they wrote is kept: another purpose may be allowed.
      return refused ? page(ready, formAgain(sent, refused.problems), 403, { refused }) : again(ready, sent, error);
    }
  }

  private async ready(visit: Visit, id: string, to: string): Promise<Ready> {
    const [destination, practice] = await Promise.all([
      this.whom.destination(visit, id, to),
      this.handOver.practice(visit),
    ]);
    return { ...destination, practice };
  }
}

function again(ready: Ready, sent: Submitted, error: unknown): View {
  const problems = problemsIn(error, {
    field: ready.agency ? 'recipient' : 'outsideBody',
    message: 'This case is on offer already. Wait for the answer, or take that offer back',
  });
  if (problems) return page(ready, formAgain(sent, problems), 422);
  const yours = checkOf(sent, toText(ready, sent), ready.practice).answers;
  const form = formAgain(sent, [], { version: ready.opened.record.version });
  return page(ready, form, 409, { conflict: { closed: false, theirs: [], yours } });
}

function check(ready: Ready, sent: Submitted): View {
  const { opened, agency, practice } = ready;
  const effect = agency
    ? 'They are shown your reason and the case’s reference. You own the case until they accept; then it changes hands at once, with everything in it.'
    : 'It is put on record that the case passed on. Nothing is sent, and nobody gains access.';
  return show(
    {
      ...{ record: opened.record, heading: headingOf(opened), form: formAgain(sent, []) },
      ...checkOf(sent, toText(ready, sent), practice),
      ...{ effect, checkTitle: 'Check whom the case passes to', cancel: `/cases/${opened.record.id}/hand-over` },
      button: agency ? 'Offer case' : 'Record transfer',
    },
    200,
    '/hand-over/check.njk',
  );
}

/** What has come between, where something has. */
interface Between {
  readonly conflict?: object;
  readonly refused?: NotShared;
}

function page({ opened, agency, recipients, practice }: Ready, form: Form, status = 200, between: Between = {}): View {
  return show(
    {
      ...{ record: opened.record, heading: headingOf(opened), form, agency, recipients, ...between },
      ...{ kept: KEPT_PARTS, sharing: sharingChoices(practice) },
    },
    status,
  );
}
