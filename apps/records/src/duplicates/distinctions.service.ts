import { demand } from '@concordat/access';
import { UnitOfWork } from '@concordat/messaging';
import { Conflict, Invalid, valid, type Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { personToChange } from '../changing';
import { changingOrgs, visiblePerson } from '../people.repository';
import { indexed } from '../person-index';
import { DistinguishDto } from './duplicates.dto';

/** Somebody has found two people to be two: they are not offered to each other until what is known of either changes (DUP-6). */
@Injectable()
export class DistinctionsService {
  constructor(private readonly unit: UnitOfWork) {}

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
      const [first, second] = id < otherId ? [person, other] : [other, person];
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
      tx.about({ subjects: [id, otherId], decision: 'different-people', detail: { reason } });
      return { id, otherId };
    });
    return { ...done.value, receipt: done.receipt };
  }
}
