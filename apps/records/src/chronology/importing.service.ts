import { civilDate } from '@concordat/clocks';
import { ChronologyChanged, nameId, type FieldProblem } from '@concordat/contracts';
import { UnitOfWork, type Tx } from '@concordat/messaging';
import { valid, type Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { peopleIn } from '../case-people';
import { correctedBy, correctionOf, type ChronologyContent } from '../chronology';
import { ImportActs, type Brought, type CheckedRow, type FileOrigin, type ReadyRow } from '../import-acts';
import { repeated, type FileRow } from '../imported-file';
import { rowsOfRecords } from '../imported-records';
import { corrected, differs, leftAsItIs, NO_CASE, readRow, recordedLate, wrongRow } from '../imported-row';
import { casesByReference, nhsNumbersIn } from '../origins.repository';
import { Practice } from '../practice';
import { demandWriting, lockedCase } from '../visible-case';
import { entriesFromFiles, keepVersion, versionsOf } from './chronology.repository';
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
    const checked = rows.map(({ number, cells }): CheckedRow => {
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
    return this.foreseen(tx, checked);
  }

  /** What is to be expected of rows that are ready: nothing of what is new. */
  private async foreseen(tx: Tx, rows: readonly CheckedRow[]): Promise<CheckedRow[]> {
    const ids = rows.flatMap(({ state, entryId }) => (state === 'ready' && entryId ? [entryId] : []));
    const known = new Map((await entriesFromFiles(tx, ids)).map((entry) => [entry.id, entry]));
    return rows.map((row) => {
      const entry = row.state === 'ready' ? known.get(row.entryId ?? '') : undefined;
      if (!entry) return row;
      const { otherwise } = correctionOf(entry.said, contentOf(row.content as ImportedEntryDto), entry.here);
      const code = otherwise.length > 0 ? 'import.already-otherwise' : 'import.there-already';
      return { ...row, code, problems: differs(otherwise) };
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
      return wrongRow(number, [...(found.state === 'wrong' ? found.problems : []), STRANGER], found.caseId);
    });
  }

  /**
   * Brought in before, and saying something else now, it is corrected where whoever started the import has that done: the version
   * before stays, and what was changed here since stands.
   */
  private async bringIn(call: Call, row: ReadyRow, importId: string): Promise<Brought> {
    const [caseId, entryId] = [row.caseId!, row.entryId!];
    const action = row.corrects ? 'chronology.correct' : 'chronology.import';
    const objects = [
      { t: 'import' as const, id: importId },
      { t: 'case' as const, id: caseId },
    ];
    const done = await this.unit.run({ action, call, objects }, async (tx) => {
      const { row: record, stream } = await lockedCase(tx, caseId);
      demandWriting(tx, record, action);
      const dto = valid(ImportedEntryDto, call.body);
      const { author: _author, recordedOn: _recordedOn, ...entryDto } = dto;
      const [entry] = await entriesFromFiles(tx, [entryId]);
      await checkedContent(tx, record, entryDto, this.practice, entry?.here.category);
      const said = contentOf(dto);
      const orgId = tx.actor.orgId ?? '';
      const keeping = async (version: number, what: 'recorded' | 'corrected', kept: KeptVersion): Promise<void> => {
        tx.about({ subjects: await peopleIn(tx, caseId), rule: this.practice.packs.version });
        tx.about({ objects: [{ t: 'chronology-entry', id: entryId, ver: String(version) }] });
        await keepVersion(tx, { id: entryId, version, caseId, orgId, what, ...kept }, this.practice.packs.version);
        stream.publish(ChronologyChanged, { caseId, entryId, version, orgId, what });
      };
      if (!entry) {
        await keeping(1, 'recorded', { firstRecordedAt: tx.now, reason: null, content: said });
        return { state: 'added' as const };
      }
      tx.about({ subjects: await peopleIn(tx, caseId), objects: [{ t: 'chronology-entry', id: entryId }] });
      const { otherwise, changedHere, toChange } = correctionOf(entry.said, said, entry.here);
      if (otherwise.length === 0) return { state: 'unchanged' as const };
      if (!row.corrects) return { code: 'import.already-otherwise' as const, columns: otherwise };
      if (entry.what === 'withdrawn' || changedHere.length > 0)
        return { code: 'import.changed-here' as const, columns: changedHere };
      tx.about({ items: toChange });
      const [first] = (await versionsOf(tx, caseId, entryId)).slice(-1);
      const content = correctedBy(entry.here, said, toChange);
      const { firstRecordedAt } = first!;
      await keeping(entry.version + 1, 'corrected', { firstRecordedAt, reason: REASON, content, said });
      return { state: 'corrected' as const, columns: otherwise };
    });
    const { state, code, columns = [] } = done.value as Outcome;
    if (code) return leftAsItIs(code, entryId, columns);
    return state === 'corrected' ? corrected(caseId, entryId, columns) : { state: state! };
  }
}

type KeptVersion = Pick<Parameters<typeof keepVersion>[1], 'firstRecordedAt' | 'reason' | 'content' | 'said'>;

interface Outcome {
  readonly state?: 'added' | 'unchanged' | 'corrected';
  readonly code?: 'import.already-otherwise' | 'import.changed-here';
  readonly columns?: readonly string[];
}

/** Why a version took the place of the one before: nobody gives reasons row by row. */
const REASON = 'Corrected in the system that it was brought in from';

/** What a row says, as an entry keeps it. */
function contentOf({ author, recordedOn, ...entry }: ImportedEntryDto): ChronologyContent {
  return { ...entry, original: { ...(author && { author }), ...(recordedOn && { recordedOn }) } };
}

const STRANGER: FieldProblem = {
  ...{ field: 'subjectPerson', code: 'record.subject-unknown' },
  message: 'This must be somebody who is in the case with this NHS number',
};
