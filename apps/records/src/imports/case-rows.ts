import { demand } from '@concordat/access';
import { civilDate } from '@concordat/clocks';
import { CaseAccessChanged, CaseBroughtIn, nameId, referenceFrom, type FieldProblem } from '@concordat/contracts';
import { UnitOfWork, type Tx } from '@concordat/messaging';
import { Forbidden, Invalid, NotFound, RuleBroken, valid, type Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import {
  ImportActs,
  type Brought,
  type CheckedRow,
  type FileOrigin,
  type ImportUnderWay,
  type ReadyRow,
} from '../import-acts';
import { repeated, type FileRow } from '../imported-file';
import { corrected, differs, leftAsItIs, readRow, recordedLate, wrongRow } from '../imported-row';
import { peopleIn } from '../case-people';
import { Practice } from '../practice';
import { addToTimeline } from '../timeline';
import { demandWriting, lockedCase } from '../visible-case';
import { broughtInCase, caseMisfits, correctedHere, differingColumns, ImportedCaseDto } from './case-row';
import * as store from './case-rows.repository';

/**
 * Cases from another system. Whoever brings them in does so for their own agency: it leads them, and nobody else takes part, whoever
 * the file names. A case that was brought in before stays as it is; one that has been erased since does not come back.
 */
@Injectable()
export class CaseRows {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly practice: Practice,
    acts: ImportActs,
  ) {
    acts.bring('cases', {
      check: (tx, rows, file) => this.check(tx, rows, file),
      bringIn: (call, row, work) => this.bringIn(call, row, work),
    });
  }

  private async check(tx: Tx, rows: readonly FileRow[], { source, areaId }: FileOrigin): Promise<CheckedRow[]> {
    if (!areaId || !(await store.isTheirArea(tx, areaId)))
      throw new Invalid([{ field: 'areaId', code: 'area.unknown', message: 'Choose an area that you cover' }]);
    const today = civilDate(tx.now);
    const kinds = this.practice.packs.pathways().map((p) => p.code);
    const records = rows.map(({ cells }) => String(cells['record']));
    const known = await store.recordsKnown(tx, source!, records, this.idsOf(tx, source!, records));
    const there = new Map((await store.casesBroughtIn(tx, source!, records)).map((c) => [c.record, c]));
    const twice = repeated(rows);
    return rows.map(({ number, cells }) => {
      const { dto, problems } = readRow('cases', ImportedCaseDto, cells);
      if (dto) problems.push(...caseMisfits(dto, kinds, today), ...recordedLate(dto.recordedOn, today));
      problems.push(...[twice.get(number) ?? []].flat());
      if (dto && known.get(dto.record) === 'erased') problems.push(ERASED);
      if (problems.length > 0 || !dto) return wrongRow(number, problems);
      const before = there.get(dto.record);
      const columns = before ? differingColumns(before.said, broughtInCase(dto, areaId, today).said) : [];
      const code = !before ? null : columns.length > 0 ? 'import.already-otherwise' : 'import.there-already';
      const [entryId] = this.idsOf(tx, source!, [dto.record]);
      return {
        number,
        caseId: before?.caseId ?? null,
        entryId: entryId!,
        state: 'ready',
        code,
        problems: differs(columns),
        content: { ...dto },
      };
    });
  }

  private async bringIn(call: Call, row: ReadyRow, { id: importId, source, areaId }: ImportUnderWay): Promise<Brought> {
    const caseId = row.entryId!;
    if (row.corrects) return this.correct(call, caseId, { importId, source, areaId });
    const objects = [
      { t: 'import' as const, id: importId },
      { t: 'case' as const, id: caseId, ver: '1' },
    ];
    const done = await this.unit.run({ action: 'case.bring-in', call, objects }, async (tx) => {
      demand(tx.actor, 'case.bring-in');
      if (!source || !areaId || !(await store.isTheirArea(tx, areaId)))
        throw new Forbidden('case.forbidden', 'You may not do this', ['area.not-covered']);
      const dto = valid(ImportedCaseDto, call.body);
      const given = broughtInCase(dto, areaId, civilDate(tx.now));
      await store.holdSource(tx, source);
      const standing = (await store.recordsKnown(tx, source, [dto.record], [caseId])).get(dto.record);
      if (standing === 'erased') throw new RuleBroken(ERASED.code, ERASED.message);
      if (standing === 'there') {
        const [before] = await store.casesBroughtIn(tx, source, [dto.record]);
        const columns = before ? differingColumns(before.said, given.said) : [];
        return { id: caseId, state: columns.length > 0 ? ('refused' as const) : ('unchanged' as const), columns };
      }
      const reference = referenceFrom('C', await store.nextCase(tx));
      await store.bringInCase(tx, { ...given, id: caseId, reference, kind: dto.kind, areaId, source, importId });
      const leadOrg = tx.actor.orgId!;
      await addToTimeline(tx, caseId, { at: tx.now, what: 'case-brought-in', orgId: leadOrg, byId: tx.actor.id });
      const stream = tx.open(caseId);
      const { opened: openedOn, kind } = dto;
      stream.publish(CaseBroughtIn, { caseId, leadOrg, areaId, kind, openedOn, closed: given.isClosed });
      const part = { caseId, orgId: leadOrg, level: 'lead', restricted: false, from: tx.now.toISOString() } as const;
      stream.publish(CaseAccessChanged, part);
      tx.about({ rule: this.practice.packs.version, recipients: [{ org: leadOrg, role: 'lead' }] });
      return { id: caseId, state: 'added' as const, columns: [] };
    });
    const { state, columns } = done.value;
    const outcome = { state, caseId, recordId: caseId };
    return state === 'refused' ? { ...outcome, code: 'import.already-otherwise', problems: differs(columns) } : outcome;
  }

  /** A case that was brought in before: the days and words of where it comes from, of which those of before are kept. */
  private async correct(
    call: Call,
    caseId: string,
    { importId, source, areaId }: { importId: string; source: string | null; areaId: string | null },
  ): Promise<Brought> {
    const objects = [
      { t: 'import' as const, id: importId },
      { t: 'case' as const, id: caseId },
    ];
    const done = await this.unit.run({ action: 'case.correct-origin', call, objects }, async (tx) => {
      const { row } = await lockedCase(tx, caseId);
      demandWriting(tx, row, 'case.correct-origin');
      if (!source || !areaId) throw new RuleBroken('import.no-source', 'It is not known where this comes from');
      const dto = valid(ImportedCaseDto, call.body);
      const given = broughtInCase(dto, areaId, civilDate(tx.now));
      await store.holdSource(tx, source);
      const [before] = await store.casesBroughtIn(tx, source, [dto.record]);
      if (!before) throw new NotFound('case');
      const here = correctedHere(before.said, given.said);
      if (here.length > 0) return { code: 'import.correct-here' as const, columns: here };
      const columns = differingColumns(before.said, given.said);
      await store.correctOrigin(tx, caseId, given, importId);
      tx.about({ subjects: await peopleIn(tx, caseId), items: columns });
      return { columns };
    });
    const { code, columns } = done.value;
    return code ? leftAsItIs(code, caseId, columns) : corrected(caseId, caseId, columns);
  }

  /** A case's id is made of who brings it in and what it is called there, so that what stays of an erased one tells it again. */
  private idsOf(tx: Tx, source: string, records: readonly string[]): string[] {
    return records.map((record) => nameId(`import/${tx.actor.orgId}/${source}/case/${record}`));
  }
}

const ERASED: FieldProblem = {
  ...{ field: 'record', code: 'import.erased' },
  message: 'This case was brought in before, and has been erased since',
};
