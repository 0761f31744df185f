import { importColumns, type FieldProblem, type ImportKind } from '@concordat/contracts';
import { Invalid, valid } from '@concordat/platform';
import type { Brought, CheckedRow } from './import-acts';
import type { FileRow } from './imported-file';

/** A row as its rules read it: what it says, or what is wrong with it by column. */
export interface RowRead<T> {
  readonly dto?: T;
  readonly problems: FieldProblem[];
}

/**
 * readRow reads the cells of a row by the rules of a DTO. `given` is the row as the DTO has it, and `columnOf` the column of a path in
 * that; cells as they are unless said. Of several things that are wrong in a column it tells one; of a column that is needed, that.
 */
export function readRow<T extends object>(
  kind: ImportKind,
  type: new () => T,
  cells: FileRow['cells'],
  { given = cells, columnOf = (path: string) => path }: { given?: object; columnOf?: (path: string) => string } = {},
): RowRead<T> {
  if (Object.keys(cells).some((name) => !Object.hasOwn(importColumns[kind], name)))
    return { problems: [{ field: '', code: 'unknown-field', message: 'This row has a column that is not known' }] };
  try {
    return { dto: valid(type, given), problems: [] };
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    const found = (error.details.errors ?? []).map((p) => ({ ...p, field: columnOf(p.field) }));
    const first = new Map([...found].reverse().map((problem) => [problem.field, problem]));
    const problems = [...first.values()].reverse();
    return { problems: problems.map((p) => (p.field in cells ? p : needed(p.field))) };
  }
}

const needed = (field: string): FieldProblem => ({ field, code: 'required', message: 'This is needed' });

/** A row that cannot be brought in as it is. */
export const wrongRow = (
  number: number,
  problems: readonly FieldProblem[],
  caseId: string | null = null,
): CheckedRow => ({ number, caseId, entryId: null, state: 'wrong', problems, content: null });

/** What says something else than when the record was brought in before, by column. What is there stands. */
export const differs = (columns: readonly string[]): FieldProblem[] =>
  columns.map((field) => ({
    ...{ field, code: 'import.differs' },
    message: 'It was brought in before and said something else here',
  }));

/** Absent and hidden look alike. */
export const NO_CASE: FieldProblem = {
  ...{ field: 'case', code: 'case.unknown' },
  message: 'This must be the reference of a case that your agency works on',
};

/** The day on which somebody wrote it down there has come. */
export const recordedLate = (recordedOn: string | undefined, today: string): FieldProblem[] =>
  (recordedOn ?? '') > today
    ? [{ field: 'recordedOn', code: 'date.in-future', message: 'This must not be after today' }]
    : [];

/** A row that was brought in before: what it says otherwise is corrected, or why it is not. */
export const corrected = (caseId: string, recordId: string, columns: readonly string[]): Brought => ({
  ...{ state: 'corrected', code: 'import.corrected', problems: differs(columns), caseId, recordId },
});

/** One that is left as it is here: `columns` say why. */
export const leftAsItIs = (
  code: 'import.already-otherwise' | 'import.changed-here' | 'import.correct-here',
  recordId: string,
  columns: readonly string[],
): Brought => ({ state: 'refused', code, problems: differs(columns), recordId });
