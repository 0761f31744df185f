import { newId, PersonJoinedCase } from '@concordat/contracts';
import { UnitOfWork, type Tx } from '@concordat/messaging';
import { Conflict, Invalid, valid, type Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { peopleIn } from '../case-people';
import { visiblePerson } from '../people.repository';
import { corrected } from '../person';
import { indexNewPeople } from '../person-index';
import { addToTimeline } from '../timeline';
import { demandWriting, lockedCase } from '../visible-case';
import { AddPersonDto } from './joining.dto';
import { createPersonIn, placeInCase, readersOf } from './joining.repository';

/** Adds people to a case that is open already. */
@Injectable()
export class JoiningService {
  constructor(private readonly unit: UnitOfWork) {}

  /**
   * Somebody whom the caller sees in another case, or somebody new. From then on every agency that reads the case sees them:
   * the act names those agencies.
   */
  async add(call: Call, id: string) {
    const act = { action: 'case.add-person', call, objects: [{ t: 'case' as const, id }] } as const;
    const done = await this.unit.run(act, async (tx) => {
      const { row, stream } = await lockedCase(tx, id);
      demandWriting(tx, row, 'case.add-person');
      const dto = valid(AddPersonDto, call.body);
      if ((dto.personId === undefined) === (dto.person === undefined))
        throw new Invalid([{ field: 'personId', code: 'required', message: 'Choose somebody, or say who they are' }]);
      const roles = [...new Set(dto.roles)];
      const before = await peopleIn(tx, id);
      const personId = dto.personId ? await known(tx, dto.personId) : newId();
      if (before.includes(personId)) throw new Conflict('case-person.known', 'They are in this case already');
      if (dto.person) {
        const source = { orgId: tx.actor.orgId ?? '', at: tx.now.toISOString() };
        const { details, parts } = corrected({}, dto.person, source);
        if (parts.length === 0)
          throw new Invalid([{ field: 'person', code: 'required', message: 'Say something of who they are' }]);
        await createPersonIn(tx, id, { id: personId, content: details }, roles);
        indexNewPeople(tx, [{ id: personId, content: details }]);
      } else await placeInCase(tx, id, personId, roles);
      const recipients = await readersOf(tx, id);
      await addToTimeline(tx, id, { at: tx.now, what: 'person-added', orgId: tx.actor.orgId, byId: tx.actor.id });
      stream.publish(PersonJoinedCase, { caseId: id, personId, roles });
      tx.about({
        subjects: [personId],
        objects: [{ t: 'person', id: personId }],
        recipients: recipients.map((org) => ({ org })),
      });
      return { id: personId };
    });
    return { ...done.value, receipt: done.receipt };
  }
}

async function known(tx: Tx, id: string): Promise<string> {
  const person = await visiblePerson(tx, id).catch(() => null);
  if (!person)
    throw new Invalid([{ field: 'personId', code: 'person.unknown', message: 'Choose a person whom you may see' }]);
  return person.id;
}
