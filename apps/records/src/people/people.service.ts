import { demand, mayNot } from '@concordat/access';
import { UnitOfWork, type Tx } from '@concordat/messaging';
import { valid, type Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { shownTo } from '../confidential';
import { Looks } from '../looks';
import { changingOrgs, lookerAt, mergedInto, visiblePerson, type PersonRow } from '../people.repository';
import { historyOf, relationshipsOf } from './people.history';
import { PersonDetailsDto } from '../person.dto';
import { changePerson } from '../changing';

/** Reads and corrects people. A person is visible through a case that the caller's organisation takes part in, and not otherwise. */
@Injectable()
export class PeopleService {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly looks: Looks,
  ) {}

  /** One person with their cases and relationships; of a record that was merged away, the record that stands for it. */
  view(call: Call, id: string) {
    return this.unit.read({ action: 'person.view', call, objects: [{ t: 'person', id }] }, async (tx) => {
      const person = await visiblePerson(tx, (await mergedInto(tx, id)) ?? id);
      demand(tx.actor, 'person.view');
      await this.looks.demandPerson(tx, person);
      const relationships = await relationshipsOf(tx, person.id);
      tx.about({
        subjects: [id, person.id, ...relationships.map((r) => r.other.id)],
        objects: [
          { t: 'person', id: person.id, ver: String(person.version) },
          ...person.cases.map((c) => ({ t: 'case' as const, id: c.id })),
        ],
      });
      return {
        ...shownTo(lookerAt(tx, person), person.content),
        id: person.id,
        version: person.version,
        cases: person.cases.map(({ id: caseId, reference, roles }) => ({ id: caseId, reference, roles })),
        relationships,
        may: mayOf(tx, person),
      };
    });
  }

  /** What was known before, newest change first, each with the parts that it changed from and to. */
  history(call: Call, id: string) {
    const action = 'person.view-history';
    return this.unit.read({ action, call, objects: [{ t: 'person', id }] }, async (tx) => {
      // Reading the record and reading its history are two permissions, and it takes both (AUD-5).
      demand(tx.actor, 'person.view');
      demand(tx.actor, action);
      const person = await visiblePerson(tx, id);
      await this.looks.demandPerson(tx, person);
      tx.about({ subjects: [id], items: ['history'] });
      return { id, version: person.version, items: await historyOf(tx, person) };
    });
  }

  /** Parts that are sent take the place of what was known; what stays the same is neither a version nor an event (AUD-8). */
  async correct(call: Call, id: string) {
    const done = await this.unit.run({ action: 'person.correct', call, objects: [{ t: 'person', id }] }, (tx) =>
      changePerson(tx, id, 'person.correct', () => valid(PersonDetailsDto, call.body)),
    );
    return { ...done.value, receipt: done.receipt };
  }
}

const mayOf = (tx: Tx, person: PersonRow) => {
  const standing = { orgs: changingOrgs(tx, person) };
  const may = (action: 'person.correct' | 'person.relate' | 'person.merge' | 'person.distinguish'): boolean =>
    mayNot(tx.actor, action, standing) === null;
  return {
    correct: may('person.correct'),
    relate: may('person.relate'),
    match: mayNot(tx.actor, 'person.match') === null,
    history: mayNot(tx.actor, 'person.view-history') === null,
    merge: may('person.merge'),
    distinguish: may('person.distinguish'),
  };
};
