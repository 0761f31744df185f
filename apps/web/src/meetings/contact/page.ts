import { Id, type FieldProblem } from '@concordat/platform';
import { Get, Post, Query } from '@nestjs/common';
import { AdvocateContacts } from '../../apis/advocate-contacts';
import { Directory } from '../../apis/directory';
import { formAgain, formOf, type Form } from '../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';
import { ConferencePeople } from '../people';
import { tried } from '../sent-on';
import { choicesOf, CONTACT_OUTCOMES, CONTACT_SAFETIES, CONTACT_STATES, CONTACT_WAYS } from '../words';

/** One person to speak with before a meeting: what came of it so far, and another attempt. */
@Page({
  at: 'advocate-contacts/:id',
  folder: 'meetings/contact',
  may: 'advocate-contact.list',
  states: ['asked', 'error'],
})
export class AdvocateContactPage {
  constructor(
    private readonly contacts: AdvocateContacts,
    private readonly people: ConferencePeople,
    private readonly directory: Directory,
  ) {}

  @Get()
  show(@Visiting() visit: Visit, @Id() id: string, @Query('done') done?: string): Promise<View> {
    return this.page(visit, id, undefined, 200, done === 'kept');
  }

  @Post()
  async send(@Visiting() visit: Visit, @Id() id: string, @Sent() sent: Submitted): Promise<View | Redirect> {
    const on = sent.date('on', { what: 'The day' });
    if (!on && sent.errors.length === 0) sent.wrong('on-day', 'required', 'Enter the day');
    const [way, safe, outcome, time, words] = ['way', 'safe', 'outcome', 'time', 'words'].map((n) => sent.text(n));
    if (!way) sent.wrong('way', 'required', 'Choose how');
    if (!safe) sent.wrong('safe', 'required', 'Choose whether this way is known to be safe');
    if (!outcome) sent.wrong('outcome', 'required', 'Choose what came of it');
    const messageAllowed = sent.ticked('messageAllowed') === true;
    const body = { on, time: time ?? '', way, safe, outcome, messageAllowed, words: words ?? '' };
    let problems: readonly FieldProblem[] | null = sent.errors;
    if (problems.length === 0)
      problems = await tried(() => this.contacts.record(visit, id, body, { key: sent.key, version: sent.version }));
    if (!problems) return redirect(`/advocate-contacts/${id}?done=kept`);
    const fieldOf = (field: string): string => (field === 'on' ? 'on-day' : field);
    return this.page(visit, id, formAgain(sent, problems, { fieldOf }), 422);
  }

  private async page(visit: Visit, id: string, form?: Form, status = 200, done = false): Promise<View> {
    const contact = await this.contacts.view(visit, id);
    const [known, names] = await Promise.all([
      this.people.of(visit, [contact.caseId]),
      this.directory.names(
        visit,
        contact.attempts.map(({ byId }) => byId),
      ),
    ]);
    return show(
      {
        ...{ contact, tag: CONTACT_STATES[contact.state], flash: done ? { text: 'It is kept' } : null },
        subject: known.get(contact.caseId)?.nameOf(contact.subjectId) ?? 'Somebody of this case',
        reference: known.get(contact.caseId)?.reference,
        attempts: contact.attempts.map((each) => ({
          ...{ ...each, by: names.person(each.byId) },
          ...{ way: CONTACT_WAYS[each.way], outcome: CONTACT_OUTCOMES[each.outcome] },
        })),
        ...{ ways: choicesOf(CONTACT_WAYS), safeties: choicesOf(CONTACT_SAFETIES) },
        outcomes: choicesOf(CONTACT_OUTCOMES),
        form: { ...(form ?? formOf()), version: contact.version },
        back: { text: 'Back to people to speak with', href: '/advocate-contacts' },
      },
      status,
    );
  }
}
