import { Id, type FieldProblem } from '@concordat/platform';
import { Get, Post, Query } from '@nestjs/common';
import { Conferences } from '../../apis/conferences';
import type { MeetingView } from '../../apis/meetings';
import { Directory } from '../../apis/directory';
import { today } from '../../design/civil-date';
import { formAgain, formOf, type Form } from '../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';
import { divertedShown } from '../diverted';
import { ConferencePeople, namesIn } from '../people';
import { tried } from '../sent-on';
import { actionShown, ITEM_STATES, MEETING_STEPS, STEP_BY, STEP_TAKEN } from '../words';
import { orderAsked } from './moved';
import { dueWords, lengthOf, standing, timesOf } from '../said';

const FLASHES: Readonly<Record<string, string>> = {
  planned: 'The meeting is planned',
  called: 'The meeting is called, and its agenda issued',
  moved: 'The agenda is in its new order',
  deferred: 'The case is put off to the next meeting',
  cancelled: 'The meeting is cancelled, and everybody named for it is told',
  rearranged: 'The meeting is rearranged, and everybody named for it is told',
  observers: 'Who observes the meeting is kept',
  signed: 'You have signed',
  returned: 'What your agency answered is kept',
};

/** A meeting: where it stands, its agenda in the order in which it is heard, who has signed, and what is left of earlier ones. */
@Page({
  at: 'meetings/:id',
  folder: 'meetings/meeting',
  may: 'meeting.view',
  states: ['planned', 'agenda-issued', 'in-session', 'nothing-to-see', 'observing', 'cancelled', 'error'],
})
export class MeetingPage {
  constructor(
    private readonly conferences: Conferences,
    private readonly people: ConferencePeople,
    private readonly directory: Directory,
  ) {}

  @Get()
  async show(@Visiting() visit: Visit, @Id() id: string, @Query('done') done?: string): Promise<View> {
    const view = await this.conferences.meeting(visit, id);
    const flash = done === 'step' ? STEP_TAKEN[view.meeting.state] : done === undefined ? undefined : FLASHES[done];
    return this.page(visit, view, formOf({ version: view.meeting.version }), 200, flash);
  }

  @Post()
  async send(@Visiting() visit: Visit, @Id() id: string, @Sent() sent: Submitted): Promise<View | Redirect> {
    const sending = { key: sent.key, version: sent.version };
    const view = await this.conferences.meeting(visit, id);
    const order = orderAsked(
      view.items.map((i) => i.id),
      { order: sent.list('order'), top: sent.text('top'), up: sent.text('up'), down: sent.text('down') },
    );
    const problems: readonly FieldProblem[] | null = await tried(() =>
      order
        ? this.conferences.put(visit, `/meetings/${id}/order`, { items: order }, sent.version)
        : this.conferences.post(
            visit,
            `/meetings/${id}/steps`,
            { do: sent.text('do') ?? '', ...(sent.ticked('statementRead') ? { statementRead: true } : {}) },
            sending,
          ),
    );
    if (!problems) return redirect(`/meetings/${id}?done=${order ? 'moved' : 'step'}`);
    return this.page(visit, view, formAgain(sent, problems, { version: view.meeting.version }), 422);
  }

  private async page(visit: Visit, view: MeetingView, form: Form, status = 200, flash?: string): Promise<View> {
    const { meeting, items, signatures, conflicts, actionsLeft } = view;
    const shown = items.filter(({ state }) => state !== 'deferred');
    const [known, names] = await Promise.all([
      this.people.of(
        visit,
        [...items, ...view.lapsed].map((i) => i.caseId),
      ),
      this.directory.names(visit, [
        ...[...signatures, ...conflicts].map((s) => s.userId),
        meeting.calledBy,
        ...view.notices.map((n) => n.byId),
        ...view.observers.map((o) => o.userId),
      ]),
    ]);
    const org = visit.person.organisation.id;
    const times = timesOf(shown.length, meeting.startsAt, view.timeBoxMinutes);
    return show(
      {
        ...{ view, meeting, form, flash: flash ? { text: flash } : null },
        ...{ stateText: standing(meeting, today()), stepText: view.step && MEETING_STEPS[view.step.do] },
        calledBy: names.person(meeting.calledBy),
        observers: view.observers.map((o) => ({
          ...{ who: `${names.person(o.userId)}, ${names.organisation(o.orgId)}`, why: o.why },
          signed: o.signedAt !== null,
        })),
        notices: view.notices.map((notice) => ({ ...notice, by: names.person(notice.byId) })),
        ...{ length: lengthOf(shown.length, view.timeBoxMinutes), due: dueWords(meeting, today()) },
        nextBy: view.step && !view.may.step && !view.observing ? STEP_BY[view.step.do] : null,
        items: items.map((item, index) => ({
          ...{ ...item, ...namesIn(item, known.get(item.caseId)), tag: ITEM_STATES[item.state] },
          ...{
            by: names.organisation(item.referredBy),
            answered: item.returned.includes(org),
            // Cases that the visitor may not see are heard between them, so that nobody could come in time by these.
            planned: view.hidden === 0 && view.may.lead ? times[shown.indexOf(item)] : undefined,
            first: index === 0,
            last: index === items.length - 1,
          },
          diverted: divertedShown(item.diverts, view),
          away: conflicts.filter((c) => c.itemId === item.id).map((c) => names.person(c.userId)),
        })),
        signed: signatures.map((s) => `${names.person(s.userId)}, ${names.organisation(s.orgId)}`),
        lapsed: view.lapsed.map((each) => ({
          ...each,
          reference: known.get(each.caseId)?.reference,
          subject: known.get(each.caseId)?.nameOf(each.subjectId),
        })),
        left: actionsLeft.map((action) => actionShown(action, names)),
        back: { text: `Back to ${view.forum.title}`, href: `/forums/${view.forum.id}` },
      },
      status,
    );
  }
}
