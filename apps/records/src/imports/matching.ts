import { UnitOfWork } from '@concordat/messaging';
import { Injectable } from '@nestjs/common';
import { actorNow, bookkeeping, callAbout, callFor } from '../in-their-name';
import { SamePerson } from '../same-person';
import type { ClaimedImport } from './imports.repository';
import * as store from './matching.repository';

/** So many of those who may be somebody are kept at most, the likeliest first. */
const KEPT = 5;

/**
 * Looks who on record may be the people of a file that has been checked, in the name of whoever sent it and among those whom they
 * may see. It matches nobody: it says whom a person has to look at.
 */
@Injectable()
export class Matching {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly same: SamePerson,
  ) {}

  /** The next rows. Whether there may be more; after the last the file is checked. */
  async some(work: ClaimedImport, atOnce: number, seconds: number): Promise<boolean> {
    const rows = await bookkeeping(this.unit, (tx) => store.rowsToMatch(tx, work.id, atOnce));
    const actor = await actorNow(this.unit, work);
    const found: store.RowMatched[] = [];
    for (const { number, person, isKnown } of rows) {
      const candidates = actor && !isKnown ? await this.same.it.find(callFor(work, actor), person) : [];
      found.push({
        number,
        candidates: candidates.slice(0, KEPT).map(({ id, band, reasons }) => ({ id, band, reasons })),
      });
    }
    const objects = [{ t: 'import' as const, id: work.id }];
    await this.unit.run({ action: 'import.advance', call: callAbout(work), objects }, (tx) =>
      store.noteMatched(tx, work.id, found, seconds),
    );
    return rows.length === atOnce;
  }
}
