import { Id, NotFound } from '@concordat/platform';
import { Get, Post } from '@nestjs/common';
import { Conferences } from '../../apis/conferences';
import type { ItemView } from '../../apis/meetings';
import { Directory } from '../../apis/directory';
import { conflictView } from '../../design/conflict';
import { formAgain, formOf, type Form } from '../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';
import { divertedShown } from '../diverted';
import { ConferencePeople, namesIn } from '../people';
import { tried } from '../sent-on';
import { ANSWERS, choicesOf } from '../words';

/** What one's agency holds about the people of a case: known, not known, or nothing that bears on the risk. */
@Page({
  at: 'meetings/:id/cases/:itemId/research',
  folder: 'meetings/research',
  may: 'agenda-item.research',
  states: ['asking', 'error', 'conflict'],
})
export class ResearchPage {
  constructor(
    private readonly conferences: Conferences,
    private readonly people: ConferencePeople,
    private readonly directory: Directory,
  ) {}

  @Get()
  async show(@Visiting() visit: Visit, @Id() id: string, @Id('itemId') itemId: string): Promise<View> {
    const view = await this.conferences.item(visit, itemId);
    if (!view.may.research) throw new NotFound('page');
    const mine = this.mine(visit, view);
    const values = mine ? { answer: mine.answer, words: mine.words, informs: mine.informs } : {};
    return this.page(visit, id, view, formOf({ version: mine?.version ?? 0, values }));
  }

  @Post()
  async send(
    @Visiting() visit: Visit,
    @Id() id: string,
    @Id('itemId') itemId: string,
    @Sent() sent: Submitted,
  ): Promise<View | Redirect> {
    const body = { answer: sent.text('answer') ?? '', words: sent.text('words') ?? '', informs: sent.list('informs') };
    const problems = await tried(() =>
      this.conferences.put(visit, `/agenda-items/${itemId}/research`, body, sent.version),
    );
    // A colleague's answer is no error of the form: both are shown.
    if (problems?.some((p) => p.code === 'research.changed')) return this.conflict(visit, id, itemId, body, sent);
    if (!problems) return redirect(`/meetings/${id}/cases/${itemId}?done=returned`);
    return this.page(visit, id, await this.conferences.item(visit, itemId), formAgain(sent, problems), 422);
  }

  private async conflict(visit: Visit, id: string, itemId: string, body: object, sent: Submitted): Promise<View> {
    const mine = this.mine(visit, await this.conferences.item(visit, itemId));
    const here = `/meetings/${id}/cases/${itemId}/research`;
    const names = await this.directory.names(visit, [mine?.byId]);
    return conflictView({
      ...{
        sent,
        version: mine?.version ?? 0,
        action: here,
        discard: here,
        by: names.person(mine?.byId),
        at: mine?.at ?? null,
      },
      ...{ mine: body, theirs: mine ? { answer: mine.answer, words: mine.words, informs: mine.informs } : {} },
    });
  }

  private mine = (visit: Visit, { research }: ItemView) =>
    research.find((r) => r.orgId === visit.person.organisation.id);

  private async page(visit: Visit, id: string, view: ItemView, form: Form, status = 200): Promise<View> {
    const { item, meeting, forum, document, members } = view;
    const [known, names] = await Promise.all([this.people.of(visit, [item.caseId]), this.directory.names(visit)]);
    const own = visit.person.organisation.id;
    return show(
      {
        ...{ ...namesIn(item, known.get(item.caseId)), item, meeting, forum, form, answers: choicesOf(ANSWERS) },
        diverted: divertedShown(item.diverts, document),
        informs: document.informs.map(({ code, title }) => ({ value: code, text: title })),
        to: members.filter((m) => m.inCase && m.orgId !== own).map((m) => names.organisation(m.orgId)),
        back: { text: 'Back to the case', href: `/meetings/${id}/cases/${item.id}` },
      },
      status,
    );
  }
}
