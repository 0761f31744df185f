import { Id, NotFound, type FieldProblem } from '@concordat/platform';
import { Get, Post, Query } from '@nestjs/common';
import { Conferences } from '../../apis/conferences';
import { MinutesPapers } from '../../apis/minutes-papers';
import { formAgain, formOf, type Form } from '../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';
import { ShownMinutes } from '../minuted';
import { tried } from '../sent-on';

const FLASHES: Readonly<Record<string, string>> = {
  approve: 'The minutes are approved',
  issue: 'The minutes are issued',
  proposed: 'The amendment is proposed. A chair answers it',
  agree: 'The amendment is agreed',
  refuse: 'The amendment is refused',
};

/** Minutes, made from the record as the reader may see it, fit to be printed. A chair approves them and then issues them. */
@Page({
  at: 'meetings/:id/minutes',
  folder: 'meetings/minutes',
  may: 'meeting.read-minutes',
  states: ['draft', 'issued', 'amended', 'error'],
})
export class MinutesPage {
  constructor(
    private readonly conferences: Conferences,
    private readonly minutes: ShownMinutes,
    private readonly papers: MinutesPapers,
  ) {}

  @Get()
  show(@Visiting() visit: Visit, @Id() id: string, @Query('done') done?: string): Promise<View> {
    return this.page(visit, id, undefined, 200, done === undefined ? undefined : FLASHES[done]);
  }

  @Post()
  async send(@Visiting() visit: Visit, @Id() id: string, @Sent() sent: Submitted): Promise<View | Redirect> {
    const sending = { key: sent.key, version: sent.version };
    if (sent.text('amendment')) return this.answer(visit, id, sent);
    if (sent.text('do') === 'paper')
      return redirect(`/minutes-papers/${(await this.papers.request(visit, id, sent.key)).id}`);
    const issuing = sent.text('do') === 'issue';
    const [what, body] = issuing ? ['steps', { do: 'issue-minutes' }] : ['approvals', {}];
    const problems: readonly FieldProblem[] | null = await tried(() =>
      this.conferences.post(visit, `/meetings/${id}/${what}`, body, sending),
    );
    if (!problems) return redirect(`/meetings/${id}/minutes?done=${issuing ? 'issue' : 'approve'}`);
    return this.page(visit, id, formAgain(sent, problems), 422);
  }

  /** A chair's answer to what is proposed: the version that was seen stands beside the id, because the page has many. */
  private async answer(visit: Visit, id: string, sent: Submitted): Promise<View | Redirect> {
    const [amendment = '', version = ''] = (sent.text('amendment') ?? '').split('.');
    if (!/^[0-9a-f-]{36}$/.test(amendment)) throw new NotFound('page');
    const answer = sent.text('do') === 'agree' ? 'agree' : 'refuse';
    const body = { do: answer, words: sent.text('words') ?? '' };
    const sending = { key: sent.key, version: Number(version) };
    const problems = await tried(() =>
      this.conferences.post(visit, `/minute-amendments/${amendment}/answers`, body, sending),
    );
    if (!problems) return redirect(`/meetings/${id}/minutes?done=${answer}`);
    return this.page(visit, id, formAgain(sent, problems), 422);
  }

  private async page(visit: Visit, id: string, form?: Form, status = 200, flash?: string): Promise<View> {
    const [shown, papers] = await Promise.all([this.minutes.of(visit, id), this.papers.ofMeeting(visit, id)]);
    return show(
      {
        ...{ ...shown, papers, flash: flash ? { text: flash } : null },
        form: { ...(form ?? formOf()), version: shown.meeting.version },
        back: { text: 'Back to the meeting', href: `/meetings/${id}` },
      },
      status,
    );
  }
}
