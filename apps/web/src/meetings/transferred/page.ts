import { Id } from '@concordat/platform';
import { Get, Post, Query } from '@nestjs/common';
import { Directory } from '../../apis/directory';
import { ForumTransfers } from '../../apis/forum-transfers';
import { formAgain, formOf, type Form } from '../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';
import { divertedShown } from '../diverted';
import { ConferencePeople } from '../people';
import { tried } from '../sent-on';
import { ACTION_STATES } from '../words';

const FLASHES: Readonly<Record<string, string>> = {
  sent: 'The case is transferred',
  acknowledged: 'The transfer is acknowledged, and the case referred here',
};

/** A transfer as those who lead the one forum or the other see it: what went with it, and that it was acknowledged. */
@Page({
  at: 'forum-transfers/:id',
  folder: 'meetings/transferred',
  may: 'forum-transfer.view',
  states: ['sent', 'acknowledged', 'error'],
})
export class TransferredPage {
  constructor(
    private readonly transfers: ForumTransfers,
    private readonly people: ConferencePeople,
    private readonly directory: Directory,
  ) {}

  @Get()
  show(@Visiting() visit: Visit, @Id() id: string, @Query('done') done?: string): Promise<View> {
    return this.page(visit, id, undefined, 200, done === undefined ? undefined : FLASHES[done]);
  }

  @Post()
  async send(@Visiting() visit: Visit, @Id() id: string, @Sent() sent: Submitted): Promise<View | Redirect> {
    const words = sent.text('words') ?? '';
    if (!words) sent.wrong('words', 'required', 'Say what is done here');
    const problems = words
      ? await tried(() => this.transfers.acknowledge(visit, id, { words }, { key: sent.key, version: sent.version }))
      : sent.errors;
    if (!problems) return redirect(`/forum-transfers/${id}?done=acknowledged`);
    return this.page(visit, id, formAgain(sent, problems), 422);
  }

  private async page(visit: Visit, id: string, form?: Form, status = 200, flash?: string): Promise<View> {
    const transfer = await this.transfers.view(visit, id);
    const [known, names] = await Promise.all([
      this.people.of(visit, [transfer.caseId]),
      this.directory.names(visit, [transfer.sentBy, transfer.acknowledgedBy]),
    ]);
    return show(
      {
        ...{ transfer, flash: flash ? { text: flash } : null },
        subject: known.get(transfer.caseId)?.nameOf(transfer.subjectId) ?? 'Somebody of this case',
        reference: known.get(transfer.caseId)?.reference,
        diverted: divertedShown(transfer.diverts, { diverts: transfer.asked }),
        informs: transfer.informs.map((code) => transfer.titles.find((each) => each.code === code)?.title ?? code),
        ...{ sentBy: names.person(transfer.sentBy), acknowledgedBy: names.person(transfer.acknowledgedBy) },
        meetings: (transfer.with ?? []).map((each) => ({
          ...each,
          actions: (each.actions ?? []).map((action) => ({
            ...{ ...action, owner: names.organisation(action.ownerOrg), stands: ACTION_STATES[action.state].text },
          })),
        })),
        form: { ...(form ?? formOf()), version: transfer.version },
        back: { text: 'Back to meetings', href: '/forums' },
      },
      status,
    );
  }
}
