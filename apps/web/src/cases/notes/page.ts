import { Id, Invalid, type FieldProblem } from '@concordat/platform';
import { Get, Post, Query } from '@nestjs/common';
import { Directory } from '../../apis/directory';
import { Identity } from '../../apis/identity';
import { Notes } from '../../apis/notes';
import { formAgain, formOf, type Form } from '../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';
import { agenciesOf, Cases, headingOf, subNavigationOf, type OpenedCase } from '../opened';

const MESSAGES: Readonly<Record<string, string>> = {
  'text too-long': 'The note must be 10,000 characters or fewer',
  'mentions staff.unknown': 'Select staff of agencies that read this case',
  'mentions too-many': 'Select 20 people or fewer',
};

/** What those who work on a case tell each other. Whoever is mentioned finds it in their work. */
@Page({
  at: 'cases/:id/notes',
  folder: 'cases/notes',
  may: 'note.list',
  states: ['empty', 'filled', 'read-only', 'added', 'error'],
})
export class NotesPage {
  constructor(
    private readonly cases: Cases,
    private readonly notes: Notes,
    private readonly directory: Directory,
    private readonly identity: Identity,
  ) {}

  @Get()
  show(
    @Visiting() visit: Visit,
    @Id() id: string,
    @Query('cursor') cursor?: string,
    @Query('done') done?: string,
  ): Promise<View> {
    return this.page(visit, id, formOf(), { cursor, done });
  }

  @Post()
  async add(@Visiting() visit: Visit, @Id() id: string, @Sent() sent: Submitted): Promise<View | Redirect> {
    const text = sent.text('text');
    if (!text) sent.wrong('text', 'required', 'Enter the note');
    let problems: readonly FieldProblem[] = sent.errors;
    if (problems.length === 0) {
      try {
        await this.notes.add(visit, id, { text, mentions: sent.list('mentions') }, { key: sent.key });
        return redirect(`/cases/${id}/notes?done=added`);
      } catch (error) {
        if (!(error instanceof Invalid)) throw error;
        problems = (error.details.errors ?? []).map((p) => ({
          ...p,
          message: MESSAGES[`${p.field} ${p.code}`] ?? p.message,
        }));
      }
    }
    return this.page(visit, id, formAgain(sent, problems), { status: 422 });
  }

  private async page(
    visit: Visit,
    id: string,
    form: Form,
    { status = 200, cursor, done }: { status?: number; cursor?: string | undefined; done?: string | undefined },
  ): Promise<View> {
    const opened = await this.cases.open(visit, id);
    const list = await this.notes.list(visit, id, cursor);
    const names = await this.directory.names(
      visit,
      list.items.flatMap((n) => [n.by, ...n.mentions]),
    );
    const href = (to: string | null): string | null => to && `/cases/${id}/notes?cursor=${encodeURIComponent(to)}`;
    return show(
      {
        record: opened.record,
        heading: headingOf(opened),
        navigationOfCase: subNavigationOf(id, 'notes'),
        form,
        may: list.may,
        entries: list.items.map((n) => ({
          title: names.organisation(n.orgId),
          by: names.person(n.by),
          at: n.at,
          lines: [
            n.text,
            n.mentions.length > 0 ? `For ${n.mentions.map((m) => names.person(m)).join(', ')}` : null,
          ].filter(Boolean),
        })),
        staff: list.may.add ? await this.mentionable(visit, opened) : [],
        previous: href(list.previous),
        next: href(list.next),
        flash: done === 'added' ? { text: 'The note has been added' } : null,
      },
      status,
    );
  }

  /** Staff of agencies that read the case, but for whoever writes. */
  private async mentionable(visit: Visit, opened: OpenedCase): Promise<{ value: string; text: string }[]> {
    const agencies = agenciesOf(opened).now.filter((a) => a.level !== 'preview');
    const staff = await Promise.all(agencies.map(({ orgId }) => this.identity.staffOf(visit, orgId)));
    return staff.flatMap((members, i) =>
      members
        .filter((m) => m.active && m.id !== visit.me?.id)
        .map((m) => ({ value: m.id, text: `${m.name}, ${agencies[i]?.name ?? ''}` })),
    );
  }
}
