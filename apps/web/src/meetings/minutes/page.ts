import { Id, type FieldProblem } from '@concordat/platform';
import { Get, Post, Query } from '@nestjs/common';
import { Conferences } from '../../apis/conferences';
import { Directory } from '../../apis/directory';
import { formAgain, formOf, type Form } from '../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';
import { ConferencePeople, namesIn } from '../people';
import { tried } from '../sent-on';
import { actionShown, ANSWERS, MEETING_STATES } from '../words';

const FLASHES: Readonly<Record<string, string>> = {
  approve: 'The minutes are approved',
  issue: 'The minutes are issued',
};

/** Minutes, made from the record as the reader may see it, fit to be printed. A chair approves them and then issues them. */
@Page({
  at: 'meetings/:id/minutes',
  folder: 'meetings/minutes',
  may: 'meeting.read-minutes',
  states: ['draft', 'issued', 'error'],
})
export class MinutesPage {
  constructor(
    private readonly conferences: Conferences,
    private readonly people: ConferencePeople,
    private readonly directory: Directory,
  ) {}

  @Get()
  show(@Visiting() visit: Visit, @Id() id: string, @Query('done') done?: string): Promise<View> {
    return this.page(visit, id, undefined, 200, done === undefined ? undefined : FLASHES[done]);
  }

  @Post()
  async send(@Visiting() visit: Visit, @Id() id: string, @Sent() sent: Submitted): Promise<View | Redirect> {
    const sending = { key: sent.key, version: sent.version };
    const issuing = sent.text('do') === 'issue';
    const [what, body] = issuing ? ['steps', { do: 'issue-minutes' }] : ['approvals', {}];
    const problems: readonly FieldProblem[] | null = await tried(() =>
      this.conferences.post(visit, `/meetings/${id}/${what}`, body, sending),
    );
    if (!problems) return redirect(`/meetings/${id}/minutes?done=${issuing ? 'issue' : 'approve'}`);
    return this.page(visit, id, formAgain(sent, problems), 422);
  }

  private async page(visit: Visit, id: string, form?: Form, status = 200, flash?: string): Promise<View> {
    const { meeting, forum, items, signatures, conflicts, actionsLeft, ...minutes } = await this.conferences.minutes(
      visit,
      id,
    );
    const staff = [
      ...signatures.map((s) => s.userId),
      ...conflicts.map((c) => c.userId),
      meeting.readBy,
      meeting.approvedBy,
      meeting.calledBy,
    ];
    const [known, names] = await Promise.all([
      this.people.of(
        visit,
        items.map((i) => i.caseId),
      ),
      this.directory.names(visit, staff),
    ]);
    const title = (list: readonly { code: string; title: string }[], code: string | null): string =>
      list.find((each) => each.code === code)?.title ?? '';
    return show(
      {
        ...{ meeting, forum, minutes, stateText: MEETING_STATES[meeting.state], flash: flash ? { text: flash } : null },
        form: { ...(form ?? formOf()), version: meeting.version },
        ...{ readBy: names.person(meeting.readBy), approvedBy: names.person(meeting.approvedBy) },
        calledBy: names.person(meeting.calledBy),
        signed: signatures.map((s) => `${names.person(s.userId)}, ${names.organisation(s.orgId)}`),
        items: items.map((item) => ({
          ...{ ...item, who: namesIn(item, known.get(item.caseId)), decided: title(minutes.decisions, item.decision) },
          present: item.presence
            .filter((p) => p.present)
            .map((p) => `${names.person(p.userId)}, ${names.organisation(p.orgId)}`),
          away: conflicts.filter((c) => c.itemId === item.id).map((c) => names.person(c.userId)),
          held: item.research.map((r) => ({
            org: names.organisation(r.orgId),
            answer: ANSWERS[r.answer],
            words: r.words,
          })),
          actions: item.actions.map((action) => actionShown(action, names)),
        })),
        left: actionsLeft.map((action) => actionShown(action, names)),
        back: { text: 'Back to the meeting', href: `/meetings/${id}` },
      },
      status,
    );
  }
}
