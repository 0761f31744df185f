import { Invalid } from '@concordat/contracts';
import type * as csv from 'csv-parse/sync';
import type * as yaml from 'yaml';
import type { WordingLine } from './wording';

/** JSON is read as YAML, of which it is a part. */
export const wordingFormats = ['csv', 'json', 'yaml'] as const;
export type WordingFormat = (typeof wordingFormats)[number];

/** Lines of one file at most. */
const MOST_LINES = 500;

/**
 * linesOf reads a file of wording: of CSV, the columns `key` and `text`; of JSON and YAML, one object of texts by key. Throws
 * Invalid on `content` for what is no such file, without a word of what is in it: `not-csv`, `not-yaml`, `wording.columns`,
 * `wording.not-texts`, `wording.too-many`.
 */
export function linesOf(format: WordingFormat, content: string): WordingLine[] {
  const lines = format === 'csv' ? csvLines(content) : yamlLines(content);
  if (lines.length > MOST_LINES) throw wrong('wording.too-many', `A file may have ${MOST_LINES} lines at most`);
  return lines;
}

function csvLines(content: string): WordingLine[] {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- nobody reads files of wording often
  const { CsvError, parse } = require('csv-parse/sync') as typeof csv;
  let rows: { record: string[]; info: { lines: number } }[];
  try {
    rows = parse(content.replace(/\r\n?/g, '\n'), {
      bom: true,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
    }) as never;
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const at = typeof error.lines === 'number' ? `, at line ${error.lines}` : '';
    throw wrong('not-csv', `It cannot be read as CSV${at}`);
  }
  const [headings, ...rest] = rows;
  const names = headings?.record.map((name) => name.trim().toLowerCase()) ?? [];
  const [keyAt, textAt] = [names.indexOf('key'), names.indexOf('text')];
  if (keyAt < 0 || textAt < 0) throw wrong('wording.columns', 'The first line must name the columns key and text');
  return rest.map(({ record, info }) => ({
    ...{ line: info.lines, key: (record[keyAt] ?? '').trim(), text: record[textAt] ?? '' },
  }));
}

/** Nodes are read one by one: a key that is there twice is found, and no alias is followed. */
function yamlLines(content: string): WordingLine[] {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- see above
  const { isMap, isScalar, LineCounter, parseDocument } = require('yaml') as typeof yaml;
  const counter = new LineCounter();
  const document = parseDocument(content.replace(/^\uFEFF/, ''), { uniqueKeys: false, lineCounter: counter });
  const [error] = document.errors;
  if (error) throw wrong('not-yaml', `It cannot be read, at line ${error.linePos?.[0].line ?? 1}`);
  if (!isMap(document.contents)) throw wrong('wording.not-texts', 'It must be texts by their keys, and nothing else');
  return document.contents.items.map(({ key, value }) => {
    const line = isScalar(key) && key.range ? counter.linePos(key.range[0]).line : 1;
    const text = isScalar(value) ? (value.value ?? '') : value === null ? '' : undefined;
    if (!isScalar(key) || typeof key.value !== 'string' || typeof text !== 'string')
      throw wrong('wording.not-texts', `Line ${line} must be a key with a text`);
    return { line, key: key.value, text };
  });
}

const wrong = (code: string, message: string): Invalid => new Invalid([{ field: 'content', code, message }]);
