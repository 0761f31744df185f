import { demand, mayNot } from '@concordat/access';
import { civilDate, instantOn } from '@concordat/clocks';
import { AdvocateContactChanged, Invalid } from '@concordat/contracts';
import { UnitOfWork, type Tx } from '@concordat/messaging';
import { expectVersion, valid, type Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { cameTooLate, contactAfter, wrongAttempt } from '../advocate-contact';
import { attemptsOf, contactById, contactsToMake, keepAttempt, type Contact } from '../advocate-contacts.repository';
import { allForums } from '../forums.repository';
import { RecordAttemptDto } from './advocate-contacts.dto';

/** Contact with the person harmed before a meeting, by the agency of an advocate (domain/risk-conferences.md §2.1, §2.5). */
@Injectable()
export class AdvocateContactsService {
  constructor(private readonly unit: UnitOfWork) {}

  list(call: Call) {
    return this.unit.read({ action: 'advocate-contact.list', call }, async (tx) => {
      demand(tx.actor, 'advocate-contact.list');
      const contacts = await contactsToMake(tx, tx.actor.orgId ?? '');
      about(tx, contacts);
      const titles = await titlesOf(tx);
      return { items: contacts.map((contact) => told(tx, contact, titles)) };
    });
  }

  view(call: Call, id: string) {
    const objects = [{ t: 'advocate-contact' as const, id }];
    return this.unit.read({ action: 'advocate-contact.list', call, objects }, async (tx) => {
      const contact = await contactById(tx, id);
      demand(tx.actor, 'advocate-contact.list');
      about(tx, [contact]);
      return {
        ...told(tx, contact, await titlesOf(tx)),
        attempts: await attemptsOf(tx, id),
        may: { record: mayNot(tx.actor, 'advocate-contact.record', { orgs: [contact.orgId] }) === null },
      };
    });
  }

  /** Puts an attempt on record. What went before stays as it is. */
  async record(call: Call, id: string) {
    const objects = [{ t: 'advocate-contact' as const, id }];
    const done = await this.unit.run({ action: 'advocate-contact.record', call, objects }, async (tx) => {
      const contact = await contactById(tx, id, true);
      expectVersion(call, 'advocate-contact', contact.version);
      demand(tx.actor, 'advocate-contact.record', { orgs: [contact.orgId] });
      const { on, time, way, safe, messageAllowed = false, outcome, words = '' } = valid(RecordAttemptDto, call.body);
      const attempt = { at: instantOn(on, time), way, safe, messageAllowed, outcome, words: words.trim() };
      const problems = wrongAttempt(attempt, tx.now);
      if (problems.length > 0) throw new Invalid(problems);
      const stream = await tx.lock(contact.caseId);
      const state = contactAfter(contact.state, outcome);
      const version = await keepAttempt(tx, contact, attempt, state);
      const { caseId, referralId, forumId, orgId } = contact;
      stream.publish(AdvocateContactChanged, { caseId, contactId: id, referralId, forumId, orgId, state });
      about(tx, [{ ...contact, version }]);
      tx.about({ decision: outcome });
      return { id, version, status: state };
    });
    return { ...done.value, receipt: done.receipt };
  }
}

const titlesOf = async (tx: Tx): Promise<ReadonlyMap<string, string>> =>
  new Map((await allForums(tx)).map(({ id, title }) => [id, title]));

const told = (tx: Tx, contact: Contact, titles: ReadonlyMap<string, string>) => ({
  ...contact,
  forum: titles.get(contact.forumId),
  late: cameTooLate(contact.state, contact.heldOn, civilDate(tx.now)),
});

function about(tx: Tx, contacts: readonly Contact[]): void {
  tx.about({
    subjects: contacts.map((contact) => contact.subjectId),
    objects: contacts.flatMap(({ id, version, caseId }) => [
      { t: 'advocate-contact' as const, id, ver: String(version) },
      { t: 'case' as const, id: caseId },
    ]),
  });
}
