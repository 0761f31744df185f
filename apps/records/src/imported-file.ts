import { importColumns, type FieldProblem, type ImportKind } from '@concordat/contracts';
import { Invalid } from '@concordat/platform';
import { CsvError, parse } from 'csv-parse/sync';

/** `mais`: records of the ontology of Social Care Data, in JSON-LD. */
export const importFormats = ['csv', 'json', 'mais'] as const;
export type ImportFormat = (typeof importFormats)[number];

/** Rows of one file at most. */
export const IMPORT_CAP = 2_000;

/** A row as it stands in the file, by its number as a spreadsheet counts: the row of headings is the first of a CSV file. */
export interface FileRow {
  readonly number: number;
  readonly cells: Readonly<Record<string, unknown>>;
}

const YES_OR_NO: readonly string[] = ['about', 'thirdParty', 'sensitive', 'visitInPairs'];

/**
 * rowsOf reads a file. An empty cell is as good as none. Throws Invalid on `content` for what is no such file, without a word of
 * what is in it: `not-csv`, `not-json`, `import.columns`, `import.empty`, `import.too-many`.
 */
export function rowsOf(kind: ImportKind, format: Exclude<ImportFormat, 'mais'>, content: string): FileRow[] {
  const rows = format === 'csv' ? csvRows(kind, content) : jsonRows(content);
  if (rows.length === 0) throw wrong('import.empty', 'There are no rows in the file');
  if (rows.length > IMPORT_CAP) throw wrong('import.too-many', `A file may have ${IMPORT_CAP} rows at most`);
  return rows;
}

/** What is wrong with rows as they stand beside each other: one record, of one case where rows name one, is in a file once. By row number. */
export function repeated(rows: readonly FileRow[]): Map<number, FieldProblem> {
  const seen = new Set<string>();
  const found = new Map<number, FieldProblem>();
  for (const { number, cells } of rows) {
    const key = JSON.stringify([cells['case'], cells['record']]);
    if (seen.has(key))
      found.set(number, { field: 'record', code: 'import.repeated', message: 'An earlier row has this record' });
    seen.add(key);
  }
  return found;
}

function csvRows(kind: ImportKind, content: string): FileRow[] {
  let lines: string[][];
  try {
    lines = parse(content, { bom: true, trim: true, relax_column_count: true });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const at = typeof error.lines === 'number' ? `, at line ${error.lines}` : '';
    throw wrong('not-csv', `The file cannot be read as CSV${at}`);
  }
  const [headings = [], ...rest] = lines;
  checkColumns(kind, headings);
  return rest.flatMap((cells, i) => {
    if (cells.every((cell) => cell === '')) return [];
    if (cells.length !== headings.length)
      throw wrong('not-csv', `Row ${i + 2} of the file does not have as many cells as the first`);
    const given = headings.flatMap((name, at) => (cells[at] ? [[name, cellOf(name, cells[at])]] : []));
    return [{ number: i + 2, cells: Object.fromEntries(given) as Record<string, unknown> }];
  });
}

function jsonRows(content: string): FileRow[] {
  let read: unknown;
  try {
    read = JSON.parse(content.replace(/^\uFEFF/, ''));
  } catch {
    throw wrong('not-json', 'The file cannot be read as JSON');
  }
  if (!Array.isArray(read) || read.some((row) => typeof row !== 'object' || row === null || Array.isArray(row)))
    throw wrong('not-json', 'The file must be a list of objects');
  return (read as Record<string, unknown>[]).map((row, i) => ({
    number: i + 1,
    cells: Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null && value !== '')),
  }));
}

function checkColumns(kind: ImportKind, headings: readonly string[]): void {
  const known = Object.keys(importColumns[kind]);
  const missing = known.filter((name) => importColumns[kind][name] && !headings.includes(name));
  const strange = headings.some((name) => !known.includes(name)) || new Set(headings).size < headings.length;
  if (missing.length > 0)
    throw wrong('import.columns', `The first row must name these columns too: ${missing.join(', ')}`);
  if (strange) throw wrong('import.columns', `The first row may name these columns only, once: ${known.join(', ')}`);
}

/** `yes` and `no` are what people write; anything else stays as it is, to be found wrong where it stands. */
const cellOf = (name: string, cell: string): unknown =>
  YES_OR_NO.includes(name) && ['yes', 'no'].includes(cell.toLowerCase()) ? cell.toLowerCase() === 'yes' : cell;

const wrong = (code: string, message: string): Invalid => new Invalid([{ field: 'content', code, message }]);
