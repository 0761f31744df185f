import { demand } from '@concordat/access';
import { UnitOfWork, type Tx } from '@concordat/messaging';
import { Conflict, Invalid, valid, type Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { personToChange } from '../changing';
import { changingOrgs, lockedPerson, visiblePerson, type PersonRow } from '../people.repository';
import { indexed } from '../person-index';
import { SamePerson } from '../same-person';
import { DistinguishDto } from './duplicates.dto';

/** Somebody has found two people to be two: they are not offered to each other until what is known of either changes (DUP-6). */
@Injectable()
export class DistinctionsService {
  constructor(
    private readonly unit: UnitOfWork,
    same: SamePerson,
  ) {
    same.bring({ distinguish: (call, id, otherId, importId) => this.broughtIn(call, id, otherId, importId) });
  }

  async distinguish(call: Call, id: string) {
    const act = { action: 'person.distinguish', call, objects: [{ t: 'person' as const, id }] } as const;
    const done = await this.unit.run(act, async (tx) => {
      const person = await personToChange(tx, id, 'person.distinguish');
      const { otherId, otherVersion, reason } = valid(DistinguishDto, call.body);
      if (otherId === id)
        throw new Invalid([{ field: 'otherId', code: 'person.same', message: 'Choose another person' }]);
      const other = await visiblePerson(tx, otherId).catch(() => {
        throw new Invalid([{ field: 'otherId', code: 'person.unknown', message: 'Choose a person whom you may see' }]);
      });
      if (other.version !== otherVersion)
        throw new Conflict('person.changed', 'Somebody else changed the other record first', {
          currentVersion: person.version,
        });
      demand(tx.actor, 'person.distinguish', { orgs: changingOrgs(tx, other) });
      await keepApart(tx, person, other, reason);
      tx.about({ subjects: [id, otherId], decision: 'different-people', detail: { reason } });
      return { id, otherId };
    });
    return { ...done.value, receipt: done.receipt };
  }

  /** The same of somebody who was brought in, found by whoever looked at the dry run. Throws NotFound for one who is not visible. */
  private async broughtIn(call: Call, id: string, otherId: string, importId: string) {
    const objects = [
      { t: 'person' as const, id },
      { t: 'import' as const, id: importId },
    ];
    await this.unit.run({ action: 'person.distinguish', call, objects }, async (tx) => {
      const [person, other] = [await lockedPerson(tx, id), await visiblePerson(tx, otherId)];
      for (const each of [person, other]) demand(tx.actor, 'person.distinguish', { orgs: changingOrgs(tx, each) });
      await keepApart(tx, person, other, WHEN_BROUGHT_IN);
      tx.about({ subjects: [id, otherId], decision: 'different-people' });
      return { id, otherId };
    });
  }
}

const WHEN_BROUGHT_IN = 'Found to be somebody else when the record was brought in from another system';

async function keepApart(tx: Tx, person: PersonRow, other: PersonRow, reason: string): Promise<void> {
  const [first, second] = person.id < other.id ? [person, other] : [other, person];
  await tx.execute(
    `INSERT INTO person_distinct (person_id, other_id, digest, other_digest, at, by_id, org_id, reason) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
         ON CONFLICT (person_id, other_id) DO UPDATE SET digest = EXCLUDED.digest, other_digest = EXCLUDED.other_digest, at = EXCLUDED.at,
           by_id = EXCLUDED.by_id, org_id = EXCLUDED.org_id, reason = EXCLUDED.reason`,
    [
      ...[first.id, second.id, indexed(first).digest, indexed(second).digest],
      ...[tx.now, tx.actor.id, tx.actor.orgId, reason],
    ],
    'distinguish-people',
  );
}
