import { civilDate } from '@concordat/clocks';
import { actionInWords, dayInWords, NotFound, type HeldItem } from '@concordat/contracts';
import { UnitOfWork } from '@concordat/messaging';
import { serviceActorId, type Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { Details } from '../details';
import { inUnit } from '../log.repository';
import { describe } from '../reading';
import { recordsAt } from '../records.repository';
import { placesOf } from '../trail.repository';

const RECORDS = serviceActorId('records');
/** Acts that are looked through: the newest. What somebody is told is by agency, day and act, so this is far more than is read. */
const MOST = 5_000;

/**
 * Gives the records service, for somebody who has asked what is held about them, which agencies did what with it on which day,
 * and to whom it was disclosed: recipients by agency, and never which member of staff. To anybody else there is nothing here.
 */
@Injectable()
export class HeldAboutService {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly details: Details,
  ) {}

  give(call: Call, personId: string) {
    const objects = [{ t: 'person' as const, id: personId }];
    return this.unit.read({ action: 'access-request.gather', call, objects }, async (tx) => {
      if (tx.actor.kind !== 'service' || tx.actor.id !== RECORDS) throw new NotFound('held-about');
      const query = inUnit(tx);
      const places = await placesOf(
        query,
        { handles: [{ kind: 's', ids: [personId] }], outcome: 'done' },
        { limit: MOST },
      );
      const records = await recordsAt(
        query,
        places.map((p) => p.idx),
      );
      tx.about({ subjects: [personId], items: ['accesses'] });
      const lines = new Set<string>();
      for (const record of records) {
        const { action, at, actorOrg, recipients } = describe(record, this.details);
        const to = recipients.map((r) => r.org).filter((org) => org !== actorOrg);
        const told = to.length > 0 ? `, to ${to.join(', ')}` : '';
        if (action && actorOrg) lines.add(`${civilDate(new Date(at))} ${actionInWords(action)}, by ${actorOrg}${told}`);
      }
      const items: HeldItem[] =
        lines.size === 0
          ? []
          : [
              {
                ...{ kind: 'accesses', id: `${personId}/${places[0]!.idx}`, at: places[0]!.at.toISOString() },
                ...{
                  title: 'Which agencies have used what is held',
                  text: [...lines].sort().map(withItsDay).join('\n'),
                  others: false,
                },
              },
            ];
      return { items };
    });
  }
}

/** Lines begin with their day as it sorts; people read it in words. */
const withItsDay = (line: string): string => `${dayInWords(line.slice(0, 10))}: ${line.slice(11)}`;
