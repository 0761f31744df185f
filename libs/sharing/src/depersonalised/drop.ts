import { addDays, addMonths } from '@concordat/clocks';
import type { AgencyType } from '../agreement';
import { csvRows } from './csv-rows';

/** What a column may hold. There is none for free text: nobody can be named in one. */
export const columnKinds = ['day', 'count', 'outward-postcode', 'area-code', 'category'] as const;

export interface DropColumn {
  readonly name: string;
  readonly kind: (typeof columnKinds)[number];
  /** Of a category: what there is to choose from. */
  readonly values?: readonly string[];
}

/** A set that is shared each quarter without anybody's personal data in it; which there are, a pack says. */
export interface DepersonalisedSet {
  readonly code: string;
  readonly title: string;
  /** Kinds of agency that owe it. */
  readonly from: readonly AgencyType[];
  readonly columns: readonly DropColumn[];
}

/** A quarter about which sets are shared, and by when: the end of the next (SI 2007/1831). Days are inclusive. */
export interface Quarter {
  readonly from: string;
  readonly to: string;
  readonly dueOn: string;
}

/** The first of the consecutive periods of three months. */
const FIRST = '2007-07-01';

/** quarterOf is the quarter that begins on a day; null when none does. */
export function quarterOf(from: string): Quarter | null {
  if (!/^\d{4}-(?:01|04|07|10)-01$/.test(from) || from < FIRST) return null;
  return { from, to: addDays(addMonths(from, 3), -1), dueOn: addDays(addMonths(from, 6), -1) };
}

/** Why a file is refused. A finding says where, and never what stands there. */
export type DropFindingCode =
  | 'unreadable'
  | 'columns-differ'
  | 'personal-column'
  | 'too-few-values'
  | 'full-postcode'
  | 'possible-date-of-birth'
  | 'possible-name'
  | 'nhs-number'
  | 'contact'
  | 'not-of-its-kind';
export interface DropFinding {
  readonly code: DropFindingCode;
  readonly line: number;
  /** Counted from 1; null for a whole line. */
  readonly column: number | null;
}
export interface DropCheck {
  readonly rows: number;
  readonly verdict: 'accepted' | 'refused';
  /** The first of them, in the order of the file. */
  readonly findings: readonly DropFinding[];
  /** How many there are of each. */
  readonly counts: Readonly<Partial<Record<DropFindingCode, number>>>;
}

/** Ten digits of which the last checks the others (modulo 11), as NHS numbers are made. */
function isNhsNumber(value: string): boolean {
  const digits = value.replaceAll(/[ -]/g, '');
  if (!/^\d{10}$/.test(digits)) return false;
  const sum = [...digits.slice(0, 9)].reduce((total, digit, i) => total + Number(digit) * (10 - i), 0);
  return (11 - (sum % 11)) % 11 === Number(digits[9]);
}

const MOST_TOLD = 100;
const FULL_POSTCODE = /\b[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}\b/i;
const OUTWARD = /^[A-Z]{1,2}\d[A-Z\d]?$/;
const AREA = /^[EW]\d{8}$/;
const DAY = /\b(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/. ](?:\d{1,2}|[A-Za-z]{3,9})[-/. ]\d{2,4})\b/;
const CONTACT = /@|(?:^|\D)(?:\+44|0)(?:[ ()-]?\d){9,10}(?:\D|$)/;
const NAME = /^\p{Lu}[\p{L}'’-]+(?:[ ,]+\p{Lu}[\p{L}'’.-]*)+$/u;
const PERSONAL_COLUMN = /name|birth|\bdob\b|address|postcode|nhs|phone|email|gender|ethnic/i;

/**
 * checkDrop says whether a file is a set about a quarter and holds nobody's data: its columns are those of the set, each value
 * is of its column's kind, and nowhere is there a full postcode, a date outside the quarter (which may be one of birth), a
 * name, an NHS number or a contact. Whatever is found refuses the whole file. Pure.
 */
export function checkDrop(text: string, set: DepersonalisedSet, quarter: Quarter): DropCheck {
  const rows = csvRows(text);
  if (!rows || rows.length === 0) return told(0, [{ code: 'unreadable', line: 1, column: null }]);
  const [head, ...body] = rows;
  const names = head!.values.map((name) => name.trim().toLowerCase());
  const findings: DropFinding[] = names.flatMap((name, i) => {
    const known = set.columns.some((column) => column.name === name);
    return !known && PERSONAL_COLUMN.test(name) ? [{ code: 'personal-column' as const, line: 1, column: i + 1 }] : [];
  });
  const columns = names.map((name) => set.columns.find((column) => column.name === name));
  const same =
    names.length === set.columns.length && new Set(columns).size === names.length && !columns.includes(undefined);
  if (!same) findings.push({ code: 'columns-differ', line: 1, column: null });
  for (const { line, values } of body) {
    if (same && values.length !== columns.length) findings.push({ code: 'too-few-values', line, column: null });
    values.forEach((value, i) => {
      const code = personalIn(value.trim(), quarter) ?? (same ? unlike(value.trim(), columns[i], quarter) : null);
      if (code) findings.push({ code, line, column: i + 1 });
    });
  }
  return told(body.length, findings);
}

/** What of somebody a value may hold, whatever its column. */
function personalIn(value: string, { from, to }: Quarter): DropFindingCode | null {
  if (FULL_POSTCODE.test(value)) return 'full-postcode';
  if (DAY.test(value) && !(/^\d{4}-\d{2}-\d{2}$/.test(value) && value >= from && value <= to))
    return 'possible-date-of-birth';
  if (CONTACT.test(value)) return 'contact';
  if (isNhsNumber(value)) return 'nhs-number';
  return NAME.test(value) ? 'possible-name' : null;
}

function unlike(value: string, column: DropColumn | undefined, { from, to }: Quarter): DropFindingCode | null {
  const fits: Record<DropColumn['kind'], () => boolean> = {
    day: () => /^\d{4}-\d{2}-\d{2}$/.test(value) && value >= from && value <= to,
    count: () => /^\d{1,9}$/.test(value),
    'outward-postcode': () => OUTWARD.test(value),
    'area-code': () => AREA.test(value),
    category: () => column?.values?.includes(value) ?? false,
  };
  return column && fits[column.kind]() ? null : 'not-of-its-kind';
}

function told(rows: number, findings: readonly DropFinding[]): DropCheck {
  const counts: Partial<Record<DropFindingCode, number>> = {};
  for (const { code } of findings) counts[code] = (counts[code] ?? 0) + 1;
  return {
    ...{ rows, counts, findings: findings.slice(0, MOST_TOLD) },
    verdict: findings.length === 0 ? 'accepted' : 'refused',
  };
}
