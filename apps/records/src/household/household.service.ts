import { UnitOfWork } from '@concordat/messaging';
import type { Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { peopleIn } from '../case-people';
import { Looks } from '../looks';
import { visibleCase } from '../visible-case';
import { relationshipsOver } from './household.repository';

/** How the people of a case are and were related, for the drawing of it. Who they are is in the case itself. */
@Injectable()
export class HouseholdService {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly looks: Looks,
  ) {}

  relationships(call: Call, id: string) {
    return this.unit.read({ action: 'case.view', call, objects: [{ t: 'case', id }] }, async (tx) => {
      await this.looks.demand(tx, await visibleCase(tx, id));
      const items = await relationshipsOver(tx, id);
      tx.about({ subjects: await peopleIn(tx, id), items: ['relationships'] });
      return { items };
    });
  }
}
