import { demand } from '@concordat/access';
import { UnitOfWork } from '@concordat/messaging';
import { Invalid, RuleBroken, valid, type Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { concernedIn } from '../case-people';
import { recordsOf } from '../given-records';
import { Practice } from '../practice';
import { isRestricted } from '../restricting';
import { Looks } from '../looks';
import { visibleCase } from '../visible-case';
import { WholeCases } from '../whole-cases';
import { GiveRecordsDto } from './record-copies.dto';
import * as held from './record-copies.repository';

/**
 * Gives a case to another agency's system, as records of Social Care Data (MAIS): by the agency that leads it, which holds it, and only
 * where an agreement allows that agency all that a case may hold. A restricted case is given to nobody as a file.
 */
@Injectable()
export class RecordCopiesService {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly looks: Looks,
    private readonly whole: WholeCases,
    private readonly practice: Practice,
  ) {}

  /** Throws NotShared when no agreement allows it, Unavailable when it cannot be decided. */
  give(call: Call, id: string) {
    return this.unit.read({ action: 'case.give-records', call, objects: [{ t: 'case', id }] }, async (tx) => {
      const row = await visibleCase(tx, id);
      await this.looks.demand(tx, row);
      demand(tx.actor, 'case.give-records', { orgs: [row.leadOrg] });
      const { toOrg, ...said } = valid(GiveRecordsDto, call.body);
      if (toOrg === row.leadOrg || !(await held.isAgency(tx, toOrg)))
        throw new Invalid([
          { field: 'toOrg', code: 'organisation.unknown', message: 'Choose another agency of the partnership' },
        ]);
      if (await isRestricted(tx, id))
        throw new RuleBroken(
          'case.restricted-not-copied',
          'A restricted case is not given to another system as a file',
        );
      const sharing = this.whole.said(tx, row, said);
      const people = await concernedIn(tx, id);
      const byId = tx.actor.id;
      await this.whole.permit(tx, { kind: 'DISCLOSE', fromOrg: row.leadOrg, toOrg, byId, people, sharing });
      const entries = await held.ownEntries(tx, id, row.leadOrg);
      tx.about({
        objects: entries.map((e) => ({ t: 'chronology-entry' as const, id: e.id, ver: String(e.version) })),
        items: ['mais'],
      });
      const given = {
        ...{ id, reference: row.reference, kind: row.kind, areaId: row.areaId, leadOrg: row.leadOrg },
        ...{ openedAt: row.openedAt, entries, subjects: await held.subjectsOf(tx, id) },
        ofOthers: await held.entriesOfOthers(tx, id, row.leadOrg),
      };
      return { name: `${row.reference}.mais.json`, records: recordsOf(given, this.practice.packs.mais()) };
    });
  }
}
