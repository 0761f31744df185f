import { demand } from '@concordat/access';
import { UnitOfWork, type Tx } from '@concordat/messaging';
import { IllegalTransition, Invalid, NotFound, valid, type Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { peopleSeen } from '../people-seen.repository';
import { DecideMatchDto, ReportQueryDto } from './imports.dto';
import { importById, lockImport } from './imports.repository';
import * as store from './matching.repository';

const SHOWN = 10;

/** Who on record may be the people of a file, and what whoever brings it in finds. Nothing is matched but by a person (DUP-2). */
@Injectable()
export class MatchesService {
  constructor(private readonly unit: UnitOfWork) {}

  /** Each with what the file says of them, and those whom the caller may see now. */
  list(call: Call, id: string) {
    return this.unit.read({ action: 'import.view', call, objects: [{ t: 'import', id }] }, async (tx) => {
      const work = await importById(tx, id);
      if (!work) throw new NotFound('import');
      demand(tx.actor, 'import.view');
      const { page = 1, limit = SHOWN } = valid(ReportQueryDto, call.query);
      const rows = await store.matchRows(tx, id, { offset: (page - 1) * limit, limit });
      const seen = await this.seen(tx, rows);
      const items = rows.map(({ total: _total, candidates, ...row }) => ({
        ...row,
        candidates: candidates.flatMap((c) => (seen.has(c.id) ? [{ ...c, ...seen.get(c.id)! }] : [])),
      }));
      tx.about({ subjects: [...seen.keys()], items: ['matches'] });
      const pages = Math.max(1, Math.ceil((rows[0]?.total ?? 0) / limit));
      return { id, state: work.state, version: work.version, undecided: work.undecided, items, page, pages };
    });
  }

  /** One row's. It is carried out when the row is brought in, and can be changed until then. */
  async decide(call: Call, id: string, number: number) {
    const act = { action: 'import.decide', call, objects: [{ t: 'import' as const, id }] } as const;
    const done = await this.unit.run(act, async (tx) => {
      await lockImport(tx, id);
      const work = await importById(tx, id);
      const row = work && Number.isInteger(number) ? await store.lockMatchRow(tx, id, number) : undefined;
      if (!work || !row) throw new NotFound('import');
      demand(tx.actor, 'import.decide');
      const { personId } = valid(DecideMatchDto, call.body);
      if (personId === undefined)
        throw new Invalid([{ field: 'personId', code: 'required', message: 'Say who they are' }]);
      if (work.state !== 'checked')
        throw new IllegalTransition(
          'import.not-checked',
          'This file is being looked at, or has been dealt with',
          work.state,
        );
      const seen = await this.seen(tx, [row]);
      if (personId !== null && !seen.has(personId))
        throw new Invalid([
          { field: 'personId', code: 'person.unknown', message: 'Choose one of those who are offered' },
        ]);
      await store.keepDecision(tx, id, number, personId);
      tx.about({
        subjects: personId === null ? seen.keys() : [personId],
        decision: personId === null ? 'different-people' : 'same-person',
      });
      return { id, number, version: work.version };
    });
    return { ...done.value, receipt: done.receipt };
  }

  private async seen(tx: Tx, rows: readonly Pick<store.MatchRow, 'candidates'>[]) {
    const ids = [...new Set(rows.flatMap((row) => row.candidates.map((c) => c.id)))];
    return new Map((await peopleSeen(tx, ids)).map((p) => [p.id, p]));
  }
}
