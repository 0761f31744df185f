import { Id, NotFound, type FieldProblem } from '@concordat/platform';
import { Get, Post, Query } from '@nestjs/common';
import { Conferences } from '../../apis/conferences';
import type { ItemView } from '../../apis/meetings';
import { Directory } from '../../apis/directory';
import { conflictView } from '../../design/conflict';
import { dateParts, formAgain, formOf, type Form } from '../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';
import { ConferencePeople } from '../people';
import { tried } from '../sent-on';
import { asked, type Asked } from './asked';
import { shown } from './shown';

const FLASHES: Readonly<Record<string, string>> = {
  returned: 'What your agency answered is kept',
  open: 'The case is open',
  presence: 'Who is there is kept',
  notes: 'The summary is kept',
  action: 'The action is proposed',
  hear: 'What was decided is kept',
  put: 'It is put to the vote',
  vote: 'The vote is kept',
  home: 'Which agency it is is kept',
};

/** A case in session: who is there, what each agency holds, the risk as it is summed up, actions, and what is decided. */
@Page({
  at: 'meetings/:id/cases/:itemId',
  folder: 'meetings/session',
  may: 'agenda-item.view',
  states: ['before', 'diverted', 'unsigned', 'open', 'voting', 'voted', 'heard', 'error', 'conflict'],
})
export class SessionPage {
  constructor(
    private readonly conferences: Conferences,
    private readonly people: ConferencePeople,
    private readonly directory: Directory,
  ) {}

  @Get()
  async show(
    @Visiting() visit: Visit,
    @Id() id: string,
    @Id('itemId') itemId: string,
    @Query('done') done?: string,
  ): Promise<View> {
    const view = await this.open(visit, id, itemId);
    const flash = done === undefined ? undefined : FLASHES[done];
    return this.page(visit, view, formOf({ version: view.item.version, values: known(view, visit) }), 200, flash);
  }

  @Post()
  async send(
    @Visiting() visit: Visit,
    @Id() id: string,
    @Id('itemId') itemId: string,
    @Sent() sent: Submitted,
  ): Promise<View | Redirect> {
    const what = asked(sent);
    let problems: readonly FieldProblem[] | null = sent.errors;
    if (sent.errors.length === 0) problems = await tried(() => this.does(visit, itemId, what, sent));
    const here = `/meetings/${id}/cases/${itemId}`;
    if (!problems) return redirect(`${here}?done=${what.done}`);
    const view = await this.open(visit, id, itemId);
    if (what.done === 'notes' && problems.some((p) => p.code === 'agenda-item-notes.changed')) {
      const { harm = '', contributory = '', protective = '' } = view.notes ?? {};
      const by = view.summary.by ?? view.item.changedBy;
      const names = await this.directory.names(visit, [by]);
      return conflictView({
        ...{
          sent,
          version: view.summary.version,
          action: here,
          discard: here,
          mine: what.body,
          theirs: { harm, contributory, protective },
        },
        ...{ by: names.person(by), at: view.summary.at },
      });
    }
    const fieldOf = (field: string): string =>
      field === 'dueOn' || field === 'againFrom'
        ? `${field}-day`
        : field === 'recorded'
          ? `recorded.${sent.text('decision') ?? ''}`
          : field;
    const form = formAgain(sent, problems, { version: view.item.version, fieldOf });
    // The page has other forms than the one that was sent: they stay as they are kept.
    return this.page(visit, view, { ...form, values: { ...known(view, visit), ...form.values } }, 422);
  }

  private does(visit: Visit, itemId: string, { method, path, body }: Asked, sent: Submitted): Promise<unknown> {
    const at = `/agenda-items/${itemId}/${path}`;
    return method === 'PUT'
      ? this.conferences.put(visit, at, body, sent.version)
      : this.conferences.post(visit, at, body, { key: sent.key, version: sent.version });
  }

  /** A case under the address of its own meeting: under that of another there is none. */
  private async open(visit: Visit, id: string, itemId: string): Promise<ItemView> {
    const view = await this.conferences.item(visit, itemId);
    if (view.meeting.id !== id) throw new NotFound('agenda-item');
    return view;
  }

  private async page(visit: Visit, view: ItemView, form: Form, status = 200, flash?: string): Promise<View> {
    const since = Date.now();
    const staff = [...view.signatures, ...view.conflicts].map((s) => s.userId);
    const [known, names] = await Promise.all([
      this.people.of(visit, [view.item.caseId]),
      this.directory.names(visit, [
        ...staff,
        ...view.research.map((r) => r.byId),
        ...view.observers.map((o) => o.userId),
      ]),
    ]);
    const more = {
      ...{ form, since, notesForm: { ...form, version: view.summary.version } },
      flash: flash ? { text: flash } : null,
    };
    return show({ ...shown(view, known.get(view.item.caseId), names, visit.person.organisation.id), ...more }, status);
  }
}

/** What the forms begin with: what is kept, and an action of one's own agency by the next meeting. */
const known = ({ notes, nextOn }: ItemView, visit: Visit): Record<string, string> => ({
  ...{ harm: notes?.harm ?? '', contributory: notes?.contributory ?? '', protective: notes?.protective ?? '' },
  ownerOrg: visit.person.organisation.id,
  ...(nextOn ? dateParts('dueOn', nextOn) : {}),
});
