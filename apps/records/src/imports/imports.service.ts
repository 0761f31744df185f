import { demand } from '@concordat/access';
import { newId, type ImportKind } from '@concordat/contracts';
import { UnitOfWork, type Tx } from '@concordat/messaging';
import { expectVersion, IllegalTransition, Invalid, NotFound, RuleBroken, valid, type Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { ImportActs, type FileOrigin } from '../import-acts';
import { rowsOf } from '../imported-file';
import { CheckFileDto, ListImportsDto, ReportQueryDto, StartImportDto } from './imports.dto';
import * as store from './imports.repository';

/** Rows of a report that are shown at a time, unless said. */
const SHOWN = 100;
/** Files that are listed at a time, unless said. */
const LISTED = 25;

/**
 * Brings cases, people, relationships and chronologies in from another system. A file is checked first, row by row, and adds nothing; what was checked is then
 * added as a job, and only when no row of it is wrong.
 */
@Injectable()
export class ImportsService {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly acts: ImportActs,
  ) {}

  /** The dry run. Throws Invalid on `content` for a file that cannot be read; what is wrong in a row is told by the report. */
  async check(call: Call) {
    const done = await this.unit.run({ action: 'import.check', call }, async (tx) => {
      demand(tx.actor, 'import.check');
      const dto = valid(CheckFileDto, call.body);
      const { kind = 'chronology', format, content, ...of } = dto;
      const file = { source: of.source ?? null, areaId: of.areaId ?? null };
      if (kind !== 'chronology' && file.source === null)
        throw new Invalid([{ field: 'source', code: 'required', message: 'Say which system it comes from' }]);
      const rows = await this.rows(tx, dto, kind, file);
      const id = newId();
      // While a row is wrong nothing can be started, so nobody is looked for.
      const state = kind === 'people' && rows.every((r) => r.state === 'ready') ? 'matching' : 'checked';
      await store.keepImport(tx, { id, kind, state, ...file }, rows);
      if (state === 'matching')
        tx.enqueue({ name: 'run-import', key: `import/${id}/1`, runAt: tx.now, payload: { id, version: 1 } });
      const cases = [...new Set(rows.flatMap((row) => row.caseId ?? []))];
      tx.about({
        objects: [{ t: 'import', id }, ...cases.map((of) => ({ t: 'case' as const, id: of }))],
        items: [kind, format],
      });
      return { id, version: 1, status: state };
    });
    return { ...done.value, receipt: done.receipt };
  }

  /** Throws Invalid on `format` for a kind of file that is not written so. */
  private rows(tx: Tx, { format, content, case: reference }: CheckFileDto, kind: ImportKind, file: FileOrigin) {
    const act = this.acts.of(kind);
    if (format !== 'mais') return act.check(tx, rowsOf(kind, format, content), file);
    if (act.checkRecords) return act.checkRecords(tx, content, reference!);
    throw new Invalid([
      {
        field: 'format',
        code: 'import.not-of-kind',
        message: 'Records of Social Care Data are entries of chronologies',
      },
    ]);
  }

  list(call: Call) {
    return this.unit.read({ action: 'import.view', call }, async (tx) => {
      demand(tx.actor, 'import.view');
      const { page = 1, limit = LISTED } = valid(ListImportsDto, call.query);
      const items = await store.latestImports(tx, { offset: (page - 1) * limit, limit });
      tx.about({ objects: items.map((w) => ({ t: 'import', id: w.id })) });
      return { items, page, pages: Math.max(1, Math.ceil((await store.countImports(tx)) / limit)) };
    });
  }

  view(call: Call, id: string) {
    return this.unit.read({ action: 'import.view', call, objects: [{ t: 'import', id }] }, async (tx) => {
      const work = await store.importById(tx, id);
      if (!work) throw new NotFound('import');
      demand(tx.actor, 'import.view');
      const { page = 1, limit = SHOWN, only: asked } = valid(ReportQueryDto, call.query);
      const only = asked === 'to-mend' ? (work.counts.wrong > 0 ? 'wrong' : null) : (asked ?? null);
      const rows = only ? work.counts[only] : Object.values(work.counts).reduce((sum, n) => sum + n, 0);
      const items = await store.reportOf(tx, id, { only, offset: (page - 1) * limit, limit });
      const cases = [...new Set(items.flatMap((row) => row.caseId ?? []))];
      tx.about({ objects: cases.map((of) => ({ t: 'case', id: of })) });
      return { ...work, items, page, pages: Math.max(1, Math.ceil(rows / limit)) };
    });
  }

  /**
   * Throws RuleBroken, `import.has-errors`, while a row is wrong: a file is brought in wholly or not at all; and `import.undecided` while
   * nobody has said whether somebody is who they almost certainly are. With `corrections`, what the file says otherwise than when it
   * was brought in before is corrected, row by row; without, it is left as it is here.
   */
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
        throw new IllegalTransition(
          'import.not-checked',
          'This file is being looked at, or has been dealt with',
          work.state,
        );
      if (work.undecided > 0)
        throw new RuleBroken('import.undecided', 'Say of everybody who may be on record whether they are');
      const { corrections = false } = valid(StartImportDto, call.body ?? {});
      if (corrections) tx.about({ items: ['corrections'] });
      const version = await store.startImport(tx, work, corrections);
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
}
