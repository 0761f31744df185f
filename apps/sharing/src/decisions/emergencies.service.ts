import { demand } from '@concordat/access';
import { UnitOfWork } from '@concordat/messaging';
import { valid, type Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { emergenciesIn } from './emergencies.repository';
import { ListEmergenciesDto } from './emergencies.dto';

/** The register of what was shared in an emergency, whatever an agreement says, and of its reviews. */
@Injectable()
export class EmergenciesService {
  constructor(private readonly unit: UnitOfWork) {}

  list(call: Call) {
    return this.unit.read({ action: 'emergency.list', call }, async (tx) => {
      demand(tx.actor, 'emergency.list');
      const page = await emergenciesIn(tx, valid(ListEmergenciesDto, call.query));
      tx.about({ objects: page.items.map(({ id }) => ({ t: 'question', id })) });
      return page;
    });
  }
}
