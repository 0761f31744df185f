import { demand, mayNot } from '@concordat/access';
import { UnitOfWork, type Tx } from '@concordat/messaging';
import type { Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { Practice } from '../../practice';
import { visiblePerson } from '../../people.repository';
import { Looks } from '../../looks';
import { visibleCase } from '../../visible-case';
import {
  partakersOf,
  restrictionsOfCase,
  restrictionsOfPerson,
  staffOf,
  type RestrictionRow,
} from './restrictions.repository';

/** Shows restrictions to whoever sees what they are on: why, whom they name, until when, and what was done to them. */
@Injectable()
export class RestrictionsReading {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly looks: Looks,
    private readonly practice: Practice,
  ) {}

  /** Why a record may be restricted: the pack. It says nothing of anybody, so reading it leaves no entry. */
  kinds() {
    const { packs } = this.practice;
    const { kinds, reviewWithinDays } = packs.restrictions();
    return { pack: packs.version, kinds, reviewWithinDays };
  }

  ofCase(call: Call, id: string) {
    return this.unit.read({ action: 'case.view', call, objects: [{ t: 'case', id }] }, async (tx) => {
      const row = await visibleCase(tx, id);
      await this.looks.demand(tx, row);
      const items = await restrictionsOfCase(tx, id);
      tx.about({ objects: objectsOf(items), items: ['restrictions'] });
      const may = row.ground === 'part' ? [row.leadOrg] : [];
      return { id, version: row.version, ...(await this.told(tx, items, [id], may)) };
    });
  }

  ofPerson(call: Call, id: string) {
    return this.unit.read({ action: 'person.view', call, objects: [{ t: 'person', id }] }, async (tx) => {
      const person = await visiblePerson(tx, id);
      demand(tx.actor, 'person.view');
      const items = await restrictionsOfPerson(tx, id);
      tx.about({ subjects: [id], objects: objectsOf(items), items: ['restrictions'] });
      const open = person.cases.filter((c) => !c.qualified);
      const told = await this.told(
        tx,
        items,
        person.cases.map((c) => c.id),
        open.map((c) => c.leadOrg),
      );
      return { id, version: person.version, ...told };
    });
  }

  /** Of those who are named only staff of agencies that take part in what the caller sees: others would tell of other cases. */
  private async told(tx: Tx, items: readonly RestrictionRow[], cases: readonly string[], leads: readonly string[]) {
    const orgs = await partakersOf(tx, cases);
    const staff = await staffOf(tx, orgs);
    const known = new Set(staff.map((s) => s.userId));
    return {
      items: items.map(({ appliesTo: _, ...r }) => ({ ...r, named: r.named.filter((n) => known.has(n)) })),
      staff: staff.map(({ userId, orgId }) => ({ userId, orgId })),
      may: { restrict: mayNot(tx.actor, 'restriction.make', { orgs: leads }) === null },
    };
  }
}

const objectsOf = (items: readonly RestrictionRow[]) => items.map((r) => ({ t: 'restriction' as const, id: r.id }));
