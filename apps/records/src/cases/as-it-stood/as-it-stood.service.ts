import { civilDate, endOfDay } from '@concordat/clocks';
import { UnitOfWork } from '@concordat/messaging';
import { Forbidden, Invalid, valid, type Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { shownTo } from '../../confidential';
import { Looks } from '../../looks';
import { visibleCase } from '../../visible-case';
import { AsItStoodDto } from './as-it-stood.dto';
import { caseThen, peopleThen, relationshipsThen } from './as-it-stood.repository';

/**
 * Shows a case as it stood on a day. Who may look is decided by what holds today: an agency that took part then and does not
 * now sees nothing, and one that joined since sees how it was. An emergency opens a case as it is, and not its past.
 */
@Injectable()
export class AsItStoodService {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly looks: Looks,
  ) {}

  /** Throws Invalid, with a code for `on`, for a day to come or before the case was opened. */
  view(call: Call, id: string) {
    return this.unit.read({ action: 'case.view', call, objects: [{ t: 'case', id }] }, async (tx) => {
      const row = await visibleCase(tx, id);
      await this.looks.demand(tx, row);
      if (row.ground === 'glass')
        throw new Forbidden('case.emergency', 'An emergency opens the case as it is now, and not as it was', [
          'case.emergency',
        ]);
      const { on } = valid(AsItStoodDto, call.query);
      demandDay(on, civilDate(row.openedAt), civilDate(tx.now));
      const at = new Date(Math.min(endOfDay(on).getTime(), tx.now.getTime()));
      const [then, people] = [await caseThen(tx, id, at), await peopleThen(tx, id, at)];
      tx.about({
        subjects: people.map((p) => p.id),
        objects: [{ t: 'case', id, ver: String(row.version) }],
        items: ['history'],
        detail: { on },
      });
      const looker = { orgId: tx.actor.orgId ?? null, leads: row.ground === 'part' && row.leadOrg === tx.actor.orgId };
      const { reference, kind, areaId, keyFacts, openedAt } = row;
      return {
        ...{ id, reference, kind, areaId, keyFacts, openedAt, on, at },
        ...then,
        people: people.map((p) => shownTo(looker, p)),
        relationships: await relationshipsThen(tx, id, at),
      };
    });
  }
}

function demandDay(on: string, opened: string, today: string): void {
  if (on > today) throw new Invalid([{ field: 'on', code: 'in-future', message: 'Enter a day that is not to come' }]);
  if (on < opened)
    throw new Invalid([{ field: 'on', code: 'before-opening', message: 'The case was not open on that day yet' }]);
}
