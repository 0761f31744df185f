import { Get } from '@nestjs/common';
import { AdvocateContacts } from '../../apis/advocate-contacts';
import { Page, show, type View } from '../../design/page';
import { Visiting, type Visit } from '../../session/visit';
import { ConferencePeople } from '../people';
import { CONTACT_STATES } from '../words';

/** Whom the advocate of one's agency is to speak with before a meeting, the next meeting first. */
@Page({
  at: 'advocate-contacts',
  folder: 'meetings/contacts',
  may: 'advocate-contact.list',
  states: ['filled', 'empty'],
})
export class AdvocateContactsPage {
  constructor(
    private readonly contacts: AdvocateContacts,
    private readonly people: ConferencePeople,
  ) {}

  @Get()
  async show(@Visiting() visit: Visit): Promise<View> {
    const contacts = await this.contacts.list(visit);
    const known = await this.people.of(
      visit,
      contacts.map((contact) => contact.caseId),
    );
    return show({
      contacts: contacts.map((contact) => ({
        ...contact,
        reference: known.get(contact.caseId)?.reference,
        subject: known.get(contact.caseId)?.nameOf(contact.subjectId),
        tag: CONTACT_STATES[contact.state],
      })),
      back: { text: 'Back to meetings', href: '/forums' },
    });
  }
}
