import { civilDate } from '@concordat/clocks';
import { ChronologyChanged, nameId, type FieldProblem } from '@concordat/contracts';
import { UnitOfWork, type Tx } from '@concordat/messaging';
import { RuleBroken, valid, type Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { peopleIn } from '../case-people';
import { differingParts } from '../chronology';
import { ImportActs, type Brought, type CheckedRow, type FileOrigin, type ReadyRow } from '../import-acts';
import { repeated, type FileRow } from '../imported-file';
import { rowsOfRecords } from '../imported-records';
import { NO_CASE, readRow, recordedLate, wrongRow } from '../imported-row';
import { casesByReference, nhsNumbersIn } from '../origins.repository';
import { Practice } from '../practice';
import { demandWriting, lockedCase } from '../visible-case';
import { keepVersion, versionsOf } from './chronology.repository';
import { checkedContent, misfits } from './entry-content';
import { ImportedEntryDto, ImportedRowDto } from './importing.dto';

/**
 * Adds one row of an import to the chronology of its case, in a unit of work of its own. Its entry's id is made of the agency,
 * the case and what the other system calls the record: brought in twice it is there once.
 */
@Injectable()
export class ImportingService {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly practice: Practice,
    acts: ImportActs,
  ) {
    acts.bring('chronology', {
      check: (tx, rows, file) => this.check(tx, rows, file),
      checkRecords: (tx, content, reference) => this.checkRecords(tx, content, reference),
      bringIn: (call, row, work) => this.bringIn(call, row, work.id),
    });
  }

  private async check(tx: Tx, rows: readonly FileRow[], { source }: FileOrigin): Promise<CheckedRow[]> {
    const references = rows.map((row) => row.cells['case']).filter((r): r is string => typeof r === 'string');
    const cases = await casesByReference(tx, [...new Set(references)], source);
    const twice = repeated(rows);
    return rows.map(({ number, cells }) => {
      const { dto, problems } = readRow('chronology', ImportedRowDto, cells);
      if (dto)
        problems.push(...misfits(dto, this.practice, tx.now), ...recordedLate(dto.recordedOn, civilDate(tx.now)));
      const caseId = cases.get(String(cells['case'])) ?? null;
      if (!caseId && !problems.some((p) => p.field === 'case')) problems.push(NO_CASE);
      problems.push(...[twice.get(number) ?? []].flat());
      if (problems.length > 0 || !dto || !caseId) return wrongRow(number, problems, caseId);
      const { record, case: _case, ...entry } = dto;
      const entryId = nameId(`import/${tx.actor.orgId}/${caseId}/${record}`);
      return { number, caseId, entryId, state: 'ready', problems, content: { ...entry, sourceRef: record } };
    });
  }

  /** Records of the ontology of Social Care Data, as entries of one case; what they say of somebody who is not in it is wrong. */
  private async checkRecords(tx: Tx, content: string, reference: string): Promise<CheckedRow[]> {
    const rows = rowsOfRecords(content, reference, this.practice.packs.mais());
    const entries = rows.filter((row) => row.problems.length === 0 && !row.leftOut);
    const checked = await this.check(tx, entries, { source: null, areaId: null });
    const known = await nhsNumbersIn(tx, [...new Set(checked.flatMap(({ caseId }) => caseId ?? []))]);
    const byNumber = new Map(checked.map((row) => [row.number, row]));
    return rows.map(({ number, problems, leftOut, subjects }): CheckedRow => {
      const found = byNumber.get(number);
      if (leftOut) return { ...wrongRow(number, [], null), state: 'refused', code: 'import.no-entry' };
      if (!found) return wrongRow(number, problems, null);
      if (found.caseId === null || subjects.every((of) => known.has(of))) return found;
      return wrongRow(number, [...found.problems, STRANGER], found.caseId);
    });
  }

  /** Throws RuleBroken, `import.already-otherwise`, when the record was brought in before and said something else then. */
  private async bringIn(call: Call, row: ReadyRow, importId: string): Promise<Brought> {
    const [caseId, entryId] = [row.caseId!, row.entryId!];
    const objects = [
      { t: 'import' as const, id: importId },
      { t: 'case' as const, id: caseId },
    ];
    const done = await this.unit.run({ action: 'chronology.import', call, objects }, async (tx) => {
      const { row: record, stream } = await lockedCase(tx, caseId);
      demandWriting(tx, record, 'chronology.import');
      const { author, recordedOn, ...dto } = valid(ImportedEntryDto, call.body);
      const original = { ...(author && { author }), ...(recordedOn && { recordedOn }) };
      const content = { ...(await checkedContent(tx, record, dto, this.practice)), original };
      tx.about({ subjects: await peopleIn(tx, caseId), objects: [{ t: 'chronology-entry', id: entryId, ver: '1' }] });
      const first = (await versionsOf(tx, caseId, entryId)).at(-1);
      if (first && !isSame(first.content, content))
        throw new RuleBroken('import.already-otherwise', 'This record was brought in before and said something else');
      if (first) return { id: entryId, version: 1, state: 'unchanged' as const };
      const orgId = tx.actor.orgId ?? '';
      const entry = { id: entryId, version: 1, caseId, orgId, firstRecordedAt: tx.now, reason: null, content };
      await keepVersion(tx, { ...entry, what: 'recorded' }, this.practice.packs.version);
      stream.publish(ChronologyChanged, { caseId, entryId, version: 1, orgId, what: 'recorded' });
      tx.about({ rule: this.practice.packs.version });
      return { id: entryId, version: 1, state: 'added' as const };
    });
    return { state: done.value.state };
  }
}

const STRANGER: FieldProblem = {
  ...{ field: 'subjectPerson', code: 'record.subject-unknown' },
  message: 'This must be somebody who is in the case with this NHS number',
};

type Told = Parameters<typeof differingParts>[0];

const isSame = (a: Told, b: Told): boolean =>
  differingParts(a, b).length === 0 &&
  a.original?.author === b.original?.author &&
  a.original?.recordedOn === b.original?.recordedOn;
