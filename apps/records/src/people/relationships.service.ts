import { demand } from '@concordat/access';
import { newId, RelationshipChanged } from '@concordat/contracts';
import { UnitOfWork, type Tx } from '@concordat/messaging';
import { Conflict, IllegalTransition, Invalid, NotFound, valid, type Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { changingOrgs, visiblePerson } from '../people.repository';
import { isRelated, keepRelationship } from '../relationships.repository';
import { EndRelationshipDto, RelateDto } from '../person.dto';

interface Row {
  readonly id: string;
  readonly personId: string;
  readonly otherId: string;
  readonly kind: string;
  readonly since: string | null;
  readonly until: string | null;
  readonly endedBy: string | null;
}

/** How people are related, over time. What has ended stays, with its end. */
@Injectable()
export class RelationshipsService {
  constructor(private readonly unit: UnitOfWork) {}

  /** Records that a person is the `kind` of another, from a date if it is known. Both must be visible to the caller. */
  async relate(call: Call, id: string) {
    const act = { action: 'person.relate', call, objects: [{ t: 'person' as const, id }] } as const;
    const done = await this.unit.run(act, async (tx) => {
      const person = await visiblePerson(tx, id);
      demand(tx.actor, 'person.relate', { orgs: changingOrgs(tx, person) });
      const { otherId, kind, since, until } = valid(RelateDto, call.body);
      if (otherId === id)
        throw new Invalid([{ field: 'otherId', code: 'person.same', message: 'Choose another person' }]);
      if (until && since && until < since.slice(0, until.length)) throw endsFirst();
      await visiblePerson(tx, otherId).catch(() => {
        throw new Invalid([{ field: 'otherId', code: 'person.unknown', message: 'Choose a person whom you may see' }]);
      });
      const stream = await tx.lock(id);
      if (await isRelated(tx, id, otherId, kind)) throw new Conflict('relationship.known', 'This is recorded already');
      const relationshipId = newId();
      const told = { id: relationshipId, personId: id, otherId, kind, since: since ?? null, until: until ?? null };
      await keepRelationship(tx, told, null);
      stream.publish(RelationshipChanged, { relationshipId, personId: id, otherId, kind, ended: until !== undefined });
      tx.about({ subjects: [id, otherId] });
      return { id: relationshipId };
    });
    return { ...done.value, receipt: done.receipt };
  }

  /** A relationship has ended: on a date if it is known. It was one until then, so it stays. */
  async end(call: Call, id: string, relationshipId: string) {
    const act = { action: 'person.relate', call, objects: [{ t: 'person' as const, id }] } as const;
    const done = await this.unit.run(act, async (tx) => {
      const person = await visiblePerson(tx, id);
      const stream = await tx.lock(id);
      const row = await relationshipOf(tx, id, relationshipId);
      demand(tx.actor, 'person.relate', { orgs: changingOrgs(tx, person) });
      const { until } = valid(EndRelationshipDto, call.body);
      if (row.endedBy !== null || row.until !== null)
        throw new IllegalTransition('relationship.ended', 'This has ended already', 'ended');
      if (until && row.since && until < row.since.slice(0, until.length)) throw endsFirst();
      await tx.execute('UPDATE relationship SET until = $2, ended_by = $3 WHERE id = $1', [
        relationshipId,
        until ?? tx.now.toISOString().slice(0, 10),
        tx.actor.id,
      ]);
      const { personId, otherId, kind } = row;
      stream.publish(RelationshipChanged, { relationshipId, personId, otherId, kind, ended: true });
      tx.about({ subjects: [personId, otherId] });
      return { id: relationshipId };
    });
    return { ...done.value, receipt: done.receipt };
  }
}

async function relationshipOf(tx: Tx, personId: string, id: string): Promise<Row> {
  const rows = await tx.query<Row & Record<string, unknown>>(
    `SELECT id, person_id AS "personId", other_id AS "otherId", kind, since, until, ended_by AS "endedBy"
       FROM relationship WHERE id = $1 AND $2 IN (person_id, other_id)`,
    [id, personId],
  );
  if (!rows[0]) throw new NotFound('relationship');
  return rows[0];
}

const endsFirst = (): Invalid =>
  new Invalid([{ field: 'until', code: 'date.before-start', message: 'This must not be before the beginning' }]);
