import { demand } from '@concordat/access';
import { civilDate } from '@concordat/clocks';
import { nameId, newId, type FieldProblem } from '@concordat/contracts';
import { UnitOfWork, type Tx } from '@concordat/messaging';
import { expectVersion, IllegalTransition, Invalid, NotFound, RuleBroken, valid, type Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { importColumns, repeated, rowsOf, type FileRow } from '../../imported-file';
import { rowsOfRecords } from '../../imported-records';
import { Practice } from '../../practice';
import { misfits } from '../entry-content';
import { CheckFileDto, ImportedRowDto, ReportQueryDto } from './imports.dto';
import * as store from './imports.repository';

/** Rows of a report that are shown at a time. */
const SHOWN = 100;

/**
 * Brings chronologies in from another system. A file is checked first, row by row, and adds nothing; what was checked is then
 * added as a job, and only when no row of it is wrong.
 */
@Injectable()
export class ImportsService {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly practice: Practice,
  ) {}

  /** The dry run. Throws Invalid on `content` for a file that cannot be read; what is wrong in a row is told by the report. */
  async check(call: Call) {
    const done = await this.unit.run({ action: 'import.check', call }, async (tx) => {
      demand(tx.actor, 'import.check');
      const dto = valid(CheckFileDto, call.body);
      const { format, content } = dto;
      const rows = await (format === 'mais'
        ? this.records(tx, content, dto.case!)
        : this.checked(tx, rowsOf(format, content)));
      const id = newId();
      await store.keepImport(tx, id, rows);
      const cases = [...new Set(rows.flatMap((row) => row.caseId ?? []))];
      tx.about({
        objects: [{ t: 'import', id }, ...cases.map((of) => ({ t: 'case' as const, id: of }))],
        items: [format],
      });
      return { id, version: 1, status: 'checked' };
    });
    return { ...done.value, receipt: done.receipt };
  }

  list(call: Call) {
    return this.unit.read({ action: 'import.view', call }, async (tx) => {
      demand(tx.actor, 'import.view');
      const items = await store.latestImports(tx);
      tx.about({ objects: items.map((w) => ({ t: 'import', id: w.id })) });
      return { items };
    });
  }

  view(call: Call, id: string) {
    return this.unit.read({ action: 'import.view', call, objects: [{ t: 'import', id }] }, async (tx) => {
      const work = await store.importById(tx, id);
      if (!work) throw new NotFound('import');
      demand(tx.actor, 'import.view');
      const { page = 1, only } = valid(ReportQueryDto, call.query);
      const rows = only ? work.counts[only] : Object.values(work.counts).reduce((sum, n) => sum + n, 0);
      const items = await store.reportOf(tx, id, { only: only ?? null, offset: (page - 1) * SHOWN, limit: SHOWN });
      const cases = [...new Set(items.flatMap((row) => row.caseId ?? []))];
      tx.about({ objects: cases.map((of) => ({ t: 'case', id: of })) });
      return { ...work, items, page, pages: Math.max(1, Math.ceil(rows / SHOWN)) };
    });
  }

  /** Throws RuleBroken, `import.has-errors`, while a row is wrong: a file is brought in wholly or not at all. */
  async start(call: Call, id: string) {
    const act = { action: 'import.start', call, objects: [{ t: 'import' as const, id }] } as const;
    const done = await this.unit.run(act, async (tx) => {
      await store.lockImport(tx, id);
      const work = await store.importById(tx, id);
      if (!work) throw new NotFound('import');
      expectVersion(call, 'import', work.version, []);
      demand(tx.actor, 'import.start');
      if (work.counts.wrong > 0)
        throw new RuleBroken('import.has-errors', 'Put the rows right that are wrong, and check the file again');
      if (work.state !== 'checked')
        throw new IllegalTransition('import.not-checked', 'This file has been dealt with', work.state);
      const version = await store.startImport(tx, work);
      const job = {
        name: 'run-import',
        key: `import/${id}/${version}`,
        runAt: tx.now,
        payload: { id, version },
      } as const;
      tx.enqueue(job);
      return { id, version, status: 'running' };
    });
    return { ...done.value, receipt: done.receipt };
  }

  /** Records of the ontology of Social Care Data, as entries of one case; what they say of somebody who is not in it is wrong. */
  private async records(tx: Tx, content: string, reference: string): Promise<store.CheckedRow[]> {
    const rows = rowsOfRecords(content, reference, this.practice.packs.mais());
    const checked = await this.checked(
      tx,
      rows.filter((row) => row.problems.length === 0 && !row.leftOut),
    );
    const known = await store.nhsNumbersIn(tx, [...new Set(checked.flatMap(({ caseId }) => caseId ?? []))]);
    const byNumber = new Map(checked.map((row) => [row.number, row]));
    return rows.map((row): store.CheckedRow => {
      const found = byNumber.get(row.number);
      const none = { number: row.number, caseId: found?.caseId ?? null, entryId: null, content: null };
      if (!found)
        return row.leftOut
          ? { ...none, state: 'refused', problems: [], code: 'import.no-entry' }
          : { ...none, state: 'wrong', problems: row.problems };
      if (found.caseId === null || row.subjects.every((number) => known.has(number))) return found;
      return { ...none, state: 'wrong', problems: [...found.problems, STRANGER] };
    });
  }

  private async checked(tx: Tx, rows: readonly FileRow[]): Promise<store.CheckedRow[]> {
    const references = rows.map((row) => row.cells['case']).filter((r): r is string => typeof r === 'string');
    const cases = await store.casesByReference(tx, [...new Set(references)]);
    const twice = repeated(rows);
    return rows.map(({ number, cells }) => {
      const { dto, problems } = this.read(cells, tx.now);
      const caseId = cases.get(String(cells['case'])) ?? null;
      if (!caseId && !problems.some((p) => p.field === 'case')) problems.push(NO_CASE);
      problems.push(...[twice.get(number) ?? []].flat());
      if (problems.length > 0 || !dto || !caseId)
        return { number, caseId, entryId: null, state: 'wrong', problems, content: null };
      const { record, case: _case, ...entry } = dto;
      const entryId = nameId(`import/${tx.actor.orgId}/${caseId}/${record}`);
      return { number, caseId, entryId, state: 'ready', problems, content: { ...entry, sourceRef: record } };
    });
  }

  private read(cells: FileRow['cells'], now: Date): { dto?: ImportedRowDto; problems: FieldProblem[] } {
    const unknown = Object.keys(cells).filter((name) => !Object.hasOwn(importColumns, name));
    if (unknown.length > 0)
      return { problems: [{ field: '', code: 'unknown-field', message: 'This row has a column that is not known' }] };
    try {
      const dto = valid(ImportedRowDto, cells);
      const problems = misfits(dto, this.practice, now);
      if ((dto.recordedOn ?? '') > civilDate(now))
        problems.push({ field: 'recordedOn', code: 'date.in-future', message: 'This must not be after today' });
      return { dto, problems };
    } catch (error) {
      if (!(error instanceof Invalid)) throw error;
      return { problems: oneEach(cells, error.details.errors ?? []) };
    }
  }
}

/** One thing that is wrong in each column is enough to put it right; of a cell that is needed and empty, that. */
function oneEach(cells: FileRow['cells'], problems: readonly FieldProblem[]): FieldProblem[] {
  const first = new Map([...problems].reverse().map((problem) => [problem.field, problem]));
  return [...first.values()]
    .reverse()
    .map((p) => (p.field in cells ? p : { field: p.field, code: 'required', message: 'This is needed' }));
}

const STRANGER: FieldProblem = {
  ...{ field: 'subjectPerson', code: 'record.subject-unknown' },
  message: 'This must be somebody who is in the case with this NHS number',
};

/** Absent and hidden look alike. */
const NO_CASE: FieldProblem = {
  ...{ field: 'case', code: 'case.unknown' },
  message: 'This must be the reference of a case that your agency works on',
};
