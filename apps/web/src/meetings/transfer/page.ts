import { Id, NotFound, type FieldProblem } from '@concordat/platform';
import { Get, Post } from '@nestjs/common';
import { Conferences } from '../../apis/conferences';
import { ForumTransfers } from '../../apis/forum-transfers';
import { Cases, headingOf, subNavigationOf } from '../../cases/opened';
import { formAgain, formOf, type Form } from '../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';
import { tried } from '../sent-on';

/** Transfers a referral to the forum of another area, because whom it is about has moved. */
@Page({
  at: 'cases/:id/forum-referrals/:referralId/transfer',
  folder: 'meetings/transfer',
  may: 'forum-transfer.send',
  states: ['asking', 'error'],
})
export class TransferPage {
  constructor(
    private readonly conferences: Conferences,
    private readonly transfers: ForumTransfers,
    private readonly cases: Cases,
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
    if (!toForum) sent.wrong('toForum', 'required', 'Choose to which forum');
    if (informs.length === 0) sent.wrong('informs', 'required', 'Choose what this tells of');
    if (!reason) sent.wrong('reason', 'required', 'Say why it is transferred');
    let problems: readonly FieldProblem[] | null = sent.errors;
    if (problems.length === 0) {
      let made = '';
      problems = await tried(async () => {
        const sending = { key: sent.key, version: sent.version };
        made = (await this.transfers.send(visit, referralId, { toForum, informs, reason }, sending)).id;
      });
      if (!problems) return redirect(`/forum-transfers/${made}?done=sent`);
    }
    return this.page(visit, id, referralId, formAgain(sent, problems), 422);
  }

  private async page(visit: Visit, id: string, referralId: string, form?: Form, status = 200): Promise<View> {
    const opened = await this.cases.open(visit, id);
    const { items, forums } = await this.conferences.referrals(visit, id);
    const referral = items.find((item) => item.id === referralId);
    const forum = forums.find((each) => each.id === referral?.forumId);
    if (!referral?.transfer || !forum) throw new NotFound('page');
    const others = forums.filter((each) => each.id !== forum.id && each.kind === forum.kind);
    const { record } = opened;
    return show(
      {
        ...{ record, heading: headingOf(opened), navigationOfCase: subNavigationOf(id, 'risk') },
        ...{ referral, forum: forum.title },
        forums: others.map((each) => ({
          ...{ value: each.id, text: each.title },
          ...(each.leadInCase ? {} : { hint: 'Whoever chairs or coordinates it does not take part in the case yet' }),
        })),
        informs: forum.document.informs.map(({ code, title }) => ({ value: code, text: title })),
        form: { ...(form ?? formOf()), version: referral.version },
      },
      status,
    );
  }
}
