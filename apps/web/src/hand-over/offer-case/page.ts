import { Id } from '@concordat/platform';
import { Get, Param, Post } from '@nestjs/common';
import { Transfers } from '../../apis/transfers';
import { headingOf } from '../../cases/opened';
import { formAgain, formOf, type Form } from '../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';
import { KEPT_DEFAULT, KEPT_PARTS } from '../transfer-words';
import { demandTransferable } from '../transferable';
import { OUTSIDE, problemsIn, toText, Whom, type Destination } from '../whom';
import { checkOf, parse } from './form';

/** Offers a case to somebody of one agency, or records that it passed outside, after a last look. */
@Page({
  at: 'cases/:id/transfer/:to',
  folder: 'hand-over/offer-case',
  may: 'transfer.offer',
  states: ['empty', 'outside', 'error', 'check', 'open-already', 'conflict'],
})
export class OfferCasePage {
  constructor(
    private readonly whom: Whom,
    private readonly transfers: Transfers,
  ) {}

  @Get()
  async show(@Visiting() visit: Visit, @Id() id: string, @Param('to') to: string): Promise<View> {
    const [destination, ownership] = await Promise.all([
      this.whom.destination(visit, id, to),
      this.transfers.ownership(visit, id),
    ]);
    demandTransferable(ownership);
    return page(destination, formOf({ version: ownership.version, values: { keep: KEPT_DEFAULT } }));
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
    const destination = await this.whom.destination(visit, id, to);
    if (problems.length > 0) return page(destination, formAgain(sent, problems), 422);
    if (stage === 'change') return page(destination, formAgain(sent, []));
    if (stage !== 'confirm') return check(destination, sent);
    try {
      const made = await this.transfers.offer(visit, id, body, { key: sent.key, version: sent.version });
      return redirect(`/hand-over/transfers/${made.id}?done=offered`);
    } catch (error) {
      return again(destination, sent, error);
    }
  }
}

function again(destination: Destination, sent: Submitted, error: unknown): View {
  const problems = problemsIn(error, {
    field: destination.agency ? 'recipient' : 'outsideBody',
    message: 'This case is on offer already. Wait for the answer, or take that offer back',
  });
  if (problems) return page(destination, formAgain(sent, problems), 422);
  const yours = checkOf(sent, toText(destination, sent)).answers;
  const form = formAgain(sent, [], { version: destination.opened.record.version });
  return page(destination, form, 409, { closed: false, theirs: [], yours });
}

function check(destination: Destination, sent: Submitted): View {
  const { opened, agency } = destination;
  const effect = agency
    ? 'They are shown your reason and the case’s reference. You own the case until they accept; then it changes hands at once, with everything in it.'
    : 'It is put on record that the case passed on. Nothing is sent, and nobody gains access.';
  return show(
    {
      ...{ record: opened.record, heading: headingOf(opened), form: formAgain(sent, []) },
      ...checkOf(sent, toText(destination, sent)),
      ...{ effect, checkTitle: 'Check whom the case passes to', cancel: `/cases/${opened.record.id}/hand-over` },
      button: agency ? 'Offer case' : 'Record transfer',
    },
    200,
    '/hand-over/check.njk',
  );
}

function page({ opened, agency, recipients }: Destination, form: Form, status = 200, conflict?: object): View {
  return show(
    {
      ...{ record: opened.record, heading: headingOf(opened), form, conflict, agency, recipients },
      kept: KEPT_PARTS,
    },
    status,
  );
}
