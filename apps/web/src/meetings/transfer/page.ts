import { Id, NotFound, type FieldProblem } from '@concordat/platform';
import { Get, Post } from '@nestjs/common';
import { ForumTransfers } from '../../apis/forum-transfers';
import { formAgain, formOf, type Form } from '../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';
import { divertsAsked, divertsFrom, divertValues } from '../diverted';
import { ReferralFrame } from '../referral-frame';
import { tried } from '../sent-on';

/** Transfers a referral to the forum of another area, because whom it is about has moved. */
@Page({
  at: 'cases/:id/forum-referrals/:referralId/transfer',
  folder: 'meetings/transfer',
  may: 'forum-transfer.send',
  states: ['asking', 'diverts', 'error'],
})
export class TransferPage {
  constructor(
    private readonly transfers: ForumTransfers,
    private readonly frame: ReferralFrame,
  ) {}

  @Get()
  show(@Visiting() visit: Visit, @Id() id: string, @Id('referralId') referralId: string): Promise<View> {
    return this.page(visit, id, referralId);
  }

  @Post()
  async send(
    @Visiting() visit: Visit,
    @Id() id: string,
    @Id('referralId') referralId: string,
    @Sent() sent: Submitted,
  ): Promise<View | Redirect> {
    const [toForum, reason] = [sent.text('toForum'), sent.text('reason')];
    const informs = sent.list('informs');
    const { forum } = await this.frame.open(visit, id, referralId);
    const diverts = divertsFrom(sent, forum.document.diverts ?? []);
    if (!toForum) sent.wrong('toForum', 'required', 'Choose to which forum');
    if (informs.length === 0) sent.wrong('informs', 'required', 'Choose what this tells of');
    if (!reason) sent.wrong('reason', 'required', 'Say why it is transferred');
    let problems: readonly FieldProblem[] | null = sent.errors;
    if (problems.length === 0) {
      let made = '';
      problems = await tried(async () => {
        const sending = { key: sent.key, version: sent.version };
        made = (await this.transfers.send(visit, referralId, { toForum, informs, reason, diverts }, sending)).id;
      });
      if (!problems) return redirect(`/forum-transfers/${made}?done=sent`);
    }
    return this.page(visit, id, referralId, formAgain(sent, problems), 422);
  }

  private async page(visit: Visit, id: string, referralId: string, form?: Form, status = 200): Promise<View> {
    const { referral, forum, forums, frame } = await this.frame.open(visit, id, referralId);
    if (!referral.transfer) throw new NotFound('page');
    const others = forums.filter((each) => each.id !== forum.id && each.kind === forum.kind);
    return show(
      {
        ...frame,
        forums: others.map((each) => ({
          ...{ value: each.id, text: each.title },
          ...(each.leadInCase ? {} : { hint: 'Whoever chairs or coordinates it does not take part in the case yet' }),
        })),
        informs: forum.document.informs.map(({ code, title }) => ({ value: code, text: title })),
        diverts: divertsAsked(forum.document.diverts ?? [], forums),
        form: { ...(form ?? formOf({ values: divertValues(referral.diverts) })), version: referral.version },
      },
      status,
    );
  }
}
